import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from '../../platform/temporal-client.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { openRegister } from '../../register/register.ts';
import { Engine } from '../../client/engine.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { cli, type Running, runCli } from '../../test/support/cli.ts';
import { council, feed } from '../../test/support/facts.ts';
import { mailSink } from '../../test/support/mail-sink.ts';
import { owners } from '../../test/support/many-owners.ts';
import type { Checked, Known } from '../checker.ts';
import type { Council } from '../checker/owed.ts';
import type { Site } from '../site.ts';
import { ownDatabase } from './database.ts';
import { type Crew, startCrew } from './crew.ts';
import { recorded, settled } from './load.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

/** A council as an operator runs it: files, the built command in real time, two workers, a namespace and a register of its own. */
export interface Office {
  authority: string;
  /** Its files: `council.yaml`, and one for each inspection. */
  folder: string;
  /** A second folder of the same council, with its last inspections. */
  later: string;
  inspections: readonly InspectionRef[];
  crew: Crew;
  engine: Engine;
  databaseUrl: string;
  /** Runs the command to its end; throws with what it said where it ends otherwise than well. */
  well(args: string[]): Promise<void>;
  /** Begins the command; each time it has come so far that it says one of these, it is killed (SIGKILL), and begun again. */
  killedAt(args: string[], says: readonly string[]): Promise<void>;
  /** Writes another version of the council's file, and returns its name. */
  councilFile(change: (authority: typeof council) => typeof council): string;
  /** Ends clocks behind the register's back. */
  terminate(references: readonly InspectionRef[]): Promise<void>;
  /** Ends the workers and starts others. */
  otherWorkers(): Promise<void>;
  /** Waits until the first mails of these inspections have gone, and all that has happened in them is on record. */
  mailed(inspections: readonly InspectionRef[]): Promise<void>;
  /** Waits until all is sent and on record, and has it checked. */
  checked(known?: Pick<Known, 'once' | 'stands' | 'mayDouble'>): Promise<Checked>;
}

const OWNERS = 8;
const WORKERS = 2;
/** To those who own something, and to whoever started it. */
const FIRST_MAILS = 3;
/** Long enough for a first mail, and too short for a reminder: the plan is due after seventy working days. */
const LOOKED_AHEAD_DAYS = 6;
const SENDING = { time: '00:00', from: '00:00', until: '24:00' };

export interface OfficeOptions {
  worker: string;
  /** How many files its folder has. */
  inspections: number;
  /** How many of them are in the second. */
  later?: number;
  /** How it is set up, by these variables; left out, by `duecourse setup`, once. */
  setUp?: (variables: Record<string, string>) => Promise<void>;
}

export async function inAnOffice(
  site: Site,
  { worker, inspections, later = 0, setUp = setUpOnce }: OfficeOptions,
  work: (office: Office) => Promise<Checked>,
): Promise<Checked> {
  const queue = `office-${randomBytes(4).toString('hex')}`;
  const databaseUrl = await ownDatabase(site.databaseUrl, queue.replace('-', '_'));
  const folder = join(site.home, queue);
  const variables = variablesFor(site, { databaseUrl, namespace: queue, queue, folder });
  const sink = await mailSink();
  const own: Site = { ...site, databaseUrl, namespace: queue };
  const authority = { ...council, id: queue, roles: [...council.roles, ...owners(1, OWNERS)], sending: SENDING };
  const references = Array.from({ length: inspections }, (_, n) => inspectionRef(queue, `i-${n + 1}`));
  const second = `${folder}-later`;
  writeFiles(folder, authority, { from: 1, until: inspections - later });
  writeFiles(second, authority, { from: inspections - later + 1, until: inspections });
  const well = (args: string[]) => endsWell(args, variables);
  await setUp(variables);
  const crew = await startCrew(own, { queue, mail: sink.url, worker, size: WORKERS });
  const connection = await openConnection({ address: site.addresses[0] ?? '' });
  const register = openRegister({ url: databaseUrl });
  const client = clientOf({ connection, namespace: queue, dataConverter: dataConverterOf([], register.payloads) });
  const engine = new Engine(client, { taskQueue: queue, address: '', patienceMs: 60_000 });
  try {
    return await work({
      authority: queue,
      folder,
      later: second,
      inspections: references,
      crew,
      engine,
      databaseUrl,
      well,
      async killedAt(args, says) {
        for (const text of says) await killedWhen(runCli(args, variables), text);
      },
      councilFile(change) {
        const file = join(folder, 'council.yaml');
        writeFileSync(file, JSON.stringify(change(authority)));
        return file;
      },
      async terminate(which) {
        for (const each of which) await client.workflow.getHandle(`inspection/${each}`).terminate('a slip');
      },
      async otherWorkers() {
        for (let n = 0; n < WORKERS; n++) await crew.replace(n);
      },
      async mailed(which) {
        await recorded(own, engine, which);
        const sent = async (each: InspectionRef): Promise<number> =>
          (await register.recovery.settledMails(each)).length;
        for (const each of which) while ((await sent(each)) < FIRST_MAILS) await sleep(200);
      },
      async checked(known = {}) {
        await recorded(own, engine, references);
        return settled(databaseUrl, () => Promise.resolve(sink.received), {
          council: councilOf(authority),
          until: () => `${addDays(localDate(new Date().toISOString()), LOOKED_AHEAD_DAYS)}T12:00:00.000Z`,
          only: new Set(references),
          ...known,
        });
      },
    });
  } finally {
    for (const reference of references) await engine.cancel(reference).catch(() => undefined);
    await crew.end();
    await Promise.all([connection.close(), register.close(), sink.close()]);
  }
}

const setUpOnce = (variables: Record<string, string>): Promise<void> => endsWell(['setup'], variables);

/** Runs the command to its end; throws with what it said where it ends otherwise than well. */
export async function endsWell(args: string[], variables: Record<string, string>): Promise<void> {
  const { code, out, err } = await cli(args, variables);
  if (code !== 0) throw new Error(`duecourse ${args.join(' ')} ended with ${code}:\n${out}${err}`);
}

/** What tells the command where everything is. */
function variablesFor(
  { addresses }: Site,
  place: { databaseUrl: string; namespace: string; queue: string; folder: string },
): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: addresses[0] ?? '',
    TEMPORAL_NAMESPACE: place.namespace,
    DATABASE_URL: place.databaseUrl,
    DUECOURSE_TASK_QUEUE: place.queue,
    DUECOURSE_VAR: join(place.folder, 'var'),
  };
}

async function killedWhen(running: Running, text: string): Promise<void> {
  await running.says(text, 120_000);
  running.process.kill('SIGKILL');
  await running.ended;
}

/** YAML's own subset will do. */
function writeFiles(folder: string, authority: typeof council, { from, until }: { from: number; until: number }): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'council.yaml'), JSON.stringify(authority));
  const today = localDate(new Date().toISOString());
  for (let n = from; n <= until; n++) {
    const owner = `owner-${1 + (n % OWNERS)}`;
    const inspection = {
      reference: `i-${n}`,
      title: `Inspection i-${n}`,
      authority: 'council.yaml',
      framework: 'ilacs-2018',
      fieldwork: { from: addDays(today, -40), until: addDays(today, -30) },
      report: { received: addDays(today, -1) },
      actions: [{ id: 'one', title: `Action of ${n}`, owner, due: addDays(today, 400) }],
      owners: { 'plan-submission': owner },
    };
    writeFileSync(join(folder, `i-${String(n).padStart(3, '0')}.yaml`), JSON.stringify(inspection));
  }
}

function councilOf({ roles, chain }: typeof council): Council {
  return {
    roles,
    director: chain.director,
    chiefExecutive: chain.chiefExecutive,
    holidays: new Set(feed['england-and-wales'].events.map(({ date }) => date)),
    sendingTime: SENDING.time,
  };
}
