import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { runCli } from '../../test/support/cli.ts';
import { feed } from '../../test/support/facts.ts';
import type { Checked } from '../checker.ts';
import { isWorkingDay, workingDaysFrom } from '../checker/days.ts';
import { endsWell, inAnOffice } from './office.ts';
import type { Scenario } from './scenario.ts';

const IMPORTED = 200;
const RECOVERED = 30;
const SET_UPS = 5;
const PLAN = 'plan-submission/written-action-plan';
/** The framework's own number. */
const PLAN_WORKING_DAYS = 70;

/** Commands that go to many inspections, or prepare everything, killed in the middle (SIGKILL) and run again. */
export const KILLED_COMMANDS = {
  'import-killed': {
    proves: `import of ${IMPORTED} killed twice in the middle and run again: each inspection is started once, and its people hear of it once`,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: IMPORTED }, async ({ folder, killedAt, well, checked }) => {
        await killedAt(['import', folder, '--at-once', '8'], ['40 of 201', '120 of 201']);
        await well(['import', folder, '--at-once', '8']);
        return checked({ once: ['inspection-started'] });
      }),
  },
  'calendar-approve-killed': {
    proves: `calendar approve for ${IMPORTED} inspections killed twice, and a worker with it, and run again: each counts by the new day, and says so once`,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: IMPORTED }, async (office) => {
        const { authority, folder, inspections, crew, killedAt, well, checked } = office;
        await well(['import', folder, '--at-once', '8']);
        const { file, due } = newHoliday(folder);
        const as = ['--as', 'democratic-services', '--implausible'];
        const approve = ['calendar', 'approve', file, '--authority', authority, ...as];
        await killedAt(approve, [' inspections, ']);
        await crew.replace(0);
        await killedAt(approve, [' inspections, ']);
        await well(approve);
        const stands = new Map(inspections.map((each) => [`${each} ${PLAN}`, { due }]));
        return checked({ once: ['inspection-started', 'calendar-changed', 'milestone-moved'], stands, mayDouble: 5 });
      }),
  },
  'authority-apply-killed': {
    proves: `authority apply to ${IMPORTED} inspections killed twice in the middle and run again: each has the file, and says so once`,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: IMPORTED }, async ({ folder, killedAt, well, checked, councilFile }) => {
        await well(['import', folder, '--at-once', '8']);
        const file = councilFile((council) => ({
          ...council,
          roles: council.roles.map((role) =>
            role.id === 'director' ? { ...role, email: 'new-director@anyborough.example.org' } : role,
          ),
        }));
        await killedAt(['authority', 'apply', file], [`40 of ${IMPORTED}`, `120 of ${IMPORTED}`]);
        await well(['authority', 'apply', file]);
        return checked({ once: ['inspection-started', 'authority-changed'] });
      }),
  },
  'recover-killed': {
    proves: `recover of ${RECOVERED} inspections killed twice in the middle and run again: each clock goes on from the register, once`,
    run: (site, { worker }) =>
      inAnOffice(site, { worker, inspections: RECOVERED }, async (office) => {
        const { folder, inspections, killedAt, well, checked, terminate } = office;
        await well(['import', folder, '--at-once', '8']);
        await checked();
        await terminate(inspections);
        const recover = ['recover', '--all', '--yes'];
        await killedAt(recover, ['6 of ', '8 of ']);
        await well(recover);
        await well(recover);
        return checked({ once: ['inspection-started', 'clock-recovered'] });
      }),
  },
  'setup-killed': {
    proves: `setup killed at ${SET_UPS} moments, each on new servers' places, and run again: everything is there, and an import runs`,
    async run(site, { worker }) {
      const places: Checked[] = [];
      let wholeMs = 0;
      for (let turn = 0; turn <= SET_UPS; turn++) {
        // The first is left alone: its time says when the others are killed.
        const setUp = async (variables: Record<string, string>): Promise<void> => {
          const begun = performance.now();
          if (turn > 0) await killedAfter((wholeMs * turn) / (SET_UPS + 1), variables);
          await endsWell(['setup'], variables);
          if (turn === 0) wholeMs = performance.now() - begun;
        };
        places.push(
          await inAnOffice(site, { worker, inspections: 2, setUp }, async ({ folder, well, checked }) => {
            await well(['import', folder]);
            await well(['register', 'verify']);
            return checked({ once: ['inspection-started'] });
          }),
        );
      }
      return together(places);
    },
  },
} satisfies Record<string, Scenario>;

/** A bank holiday three weeks from now, more than has been published, and when a plan received yesterday is due with it. */
function newHoliday(folder: string): { file: string; due: string } {
  const today = localDate(new Date().toISOString());
  const known = feed['england-and-wales'].events.map(({ date }) => date);
  let day = addDays(today, 21);
  while (!isWorkingDay(day, new Set(known))) day = addDays(day, 1);
  const file = join(folder, 'new-day.json');
  const { 'england-and-wales': here, scotland, 'northern-ireland': there } = feed;
  const event = { title: 'A day of rest', date: day, notes: '', bunting: false };
  const events = [...here.events, event].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  writeFileSync(
    file,
    JSON.stringify({ 'england-and-wales': { ...here, events }, scotland, 'northern-ireland': there }),
  );
  return { file, due: workingDaysFrom(addDays(today, -1), PLAN_WORKING_DAYS, new Set([...known, day])) };
}

async function killedAfter(ms: number, variables: Record<string, string>): Promise<void> {
  const running = runCli(['setup'], variables);
  await sleep(ms);
  running.process.kill('SIGKILL');
  await running.ended;
}

function together(all: readonly Checked[]): Checked {
  const sum = (part: 'inspections' | 'entries' | 'mails' | 'owed') => all.reduce((so, each) => so + each[part], 0);
  return {
    findings: all.flatMap(({ findings }) => findings),
    inspections: sum('inspections'),
    entries: sum('entries'),
    mails: sum('mails'),
    owed: sum('owed'),
  };
}
