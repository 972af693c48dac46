import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { workflowId } from '../client/engine.ts';
import { Rehearsal } from '../client/rehearsal.ts';
import { partsOf } from '../domain/inspection-ref.ts';
import { addMonths } from '../domain/calendar/months.ts';
import { sizesOf } from '../domain/lifecycle/limits.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { promise as promiseSchema } from '../domain/schemas/promise.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { openRegister, type Register } from '../register/register.ts';
import { largeStart } from '../test/support/large.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { type Cost, costOf } from './actions.ts';
import { type Figure, round } from './measure.ts';

const START = '2016-02-22T10:00:00.000Z';
const ACTIONS = 200;
const MONTHS = 12;
/** Every so many owners answer nothing in a round. */
const SILENT = 10;

interface Year extends Cost {
  mails: number;
  notices: number;
  entries: number;
  reports: number;
  stateBytes: number;
}

/**
 * A year of an inspection with 200 actions and a board every month, on a real engine that skips time: with a round before each
 * board, which nine of ten owners answer for each of their actions, beside the same year without rounds and reports, as 0.1 had it.
 */
export async function aYearOfRounds(): Promise<Figure[]> {
  installRuntime('silent');
  const log = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [server, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log }),
    startPostgres({ log }),
  ]);
  const register = openRegister({ url: postgres.url });
  try {
    await register.migrate();
    const parts = { address: server.address, register, home };
    const without = await year(parts, 'without', false);
    const with_ = await year(parts, 'with', true);
    return figures(with_, without);
  } finally {
    await register.close();
    await Promise.all([server.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** A board every month; with a round before it, or without. */
function startOf(reference: string, rounds: boolean): LifecycleStart {
  const start = largeStart({ actions: ACTIONS, roles: 30, characters: 100 });
  const board = promiseSchema.parse({
    ...{ id: 'board', title: 'Report to the improvement board', act: 'Bring the report to the board.' },
    ...{ every: { n: 1, unit: 'month' }, owner: 'director' },
    ...(rounds ? { round: {} } : {}),
  });
  const inspection = { ...start.facts.inspection, reference, commitments: [board] };
  return { ...start, facts: { ...start.facts, inspection } };
}

async function year(
  { address, register, home }: { address: string; register: Register; home: string },
  name: string,
  rounds: boolean,
): Promise<Year> {
  let [mails, notices, reports] = [0, 0, 0];
  const rehearsal = await Rehearsal.open({
    ...{ address, namespace: 'default', taskQueue: `rounds-${name}`, register },
    post: outboxTransport(join(home, name)),
    from: 'duecourse <duecourse@example.org>',
    workflowBundle: await bundleWorkflows(fileURLToPath(new URL('../workflows/workflows.ts', import.meta.url))),
    onDelivered: ({ digests }) => {
      mails += digests.length;
      notices += digests.reduce((sum, digest) => sum + digest.notices.length, 0);
    },
  });
  try {
    const { engine } = rehearsal;
    const id = await rehearsal.start(startOf(name, rounds), START);
    for (let month = 1; month <= MONTHS; month++) {
      // Some days before the board, while its round is open.
      await rehearsal.advanceTo(id, `${addMonths('2016-02-15', month)}T10:30:00.000Z`);
      const { milestones } = await engine.view(id);
      const open = milestones.filter((each) => each.strand === 'improvement-actions' && each.status === 'open');
      const due = open.filter((each) => each.due <= addMonths('2016-02-15', month));
      for (const each of due) await engine.command(id, 'complete', { milestone: each.id }, by(each.owner));
      if (!rounds) continue;
      const owners = [...new Set(open.map((each) => each.owner))].filter((_owner, index) => index % SILENT !== 0);
      for (const each of open.filter((one) => owners.includes(one.owner) && !due.includes(one))) {
        const text = `In month ${month} the work goes on as planned, and the next step is under way.`;
        await engine.command(id, 'progress', { milestone: each.id, percent: month * 8, text }, by(each.owner));
        reports++;
      }
    }
    await rehearsal.advanceTo(id, '2017-02-22T10:00:00.000Z');
    const { state } = await engine.inspect(id);
    const { authority, reference } = partsOf(id);
    if (!(await register.reached(authority, reference, state.seq, 60_000))) throw new Error(`${id} is not on record`);
    const { total } = await register.historyPage({ authority, reference }, { from: 'the oldest', offset: 0, limit: 1 });
    return {
      ...(await costOf(rehearsal.client, [workflowId(id)])),
      ...{ mails, notices, reports, entries: total, stateBytes: sizesOf(state).bytes },
    };
  } finally {
    await rehearsal.close();
  }
}

const by = (role: string) => ({ id: 'bench', role });

function figures(is: Year, was: Year): Figure[] {
  const what = `A year of ${ACTIONS} actions with a round of progress every month (${is.reports} reports)`;
  const beside = (name: string, one: number, other: number, unit = ''): Figure => ({
    what: `${what}: ${name}`,
    value: `${round(one)}${unit}`,
    against: `${round(other)}${unit} without rounds and reports`,
  });
  return [
    beside('mails', is.mails, was.mails),
    beside('notices in them', is.notices, was.notices),
    beside('events in the engine', is.events, was.events),
    beside('bytes of them', is.bytes / 1024, was.bytes / 1024, ' KiB'),
    beside('entries on record', is.entries, was.entries),
    beside('state at the end', is.stateBytes / 1024, was.stateBytes / 1024, ' KiB'),
  ];
}
