import type { Client } from '@temporalio/client';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openRegister, type Register } from '../register/register.ts';
import { Engine, workflowId } from '../client/engine.ts';
import { clientOf } from '../platform/temporal-client.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { localDate } from '../domain/calendar/london.ts';
import { ACTION, LATER_ACTION, nationwide, OWNER } from './load-inspections.ts';
import { type Figure, median, round } from './measure.ts';
import { type Arrival, compiled, type Part, startPart, type Usage } from './processes.ts';
import { openSite, type Site } from './site.ts';
import { type InspectionRef, partsOf } from '../domain/inspection-ref.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const LIFECYCLES = Number(process.env['BENCH_LIFECYCLES'] ?? 10_000);
/** What is compared at the beginning and at the end. */
const WINDOW = LIFECYCLES / 10;
/** Starts or updates under way at once. */
const CLIENTS = 50;
const UPDATES = Math.min(1000, WINDOW);
const LISTED = 100;
const WARM_UP = 100;
const QUEUE = 'bench-load';
const BARE = 'bench-bare';
/** Nothing that is waited for here takes longer, or the bench fails. */
const PATIENCE_MS = 15 * 60_000;
const sourceOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the load runs on. */
interface Rig {
  client: Client;
  engine: Engine;
  register: Register;
  database: pg.Client;
  bareWorkers: Part<number>[];
}

/**
 * The whole country: 10,000 lifecycles on a cluster of two nodes with two workers, each worker on a node of its own, the
 * client on the second. Bare workflows of the same number of events run on the same servers, before and after.
 */
export async function underLoad(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'duecourse-load-'));
  const servers = await openSite(process.env, { cluster: true });
  const parts: Part<unknown>[] = [];
  const start = async <T>(file: string, args: string[] = []): Promise<{ part: Part<T>; first: unknown }> => {
    const started = await startPart<T>(file, args);
    parts.unshift(started.part);
    return started;
  };
  const connection = await openConnection({ address: servers.addresses.at(-1) ?? '' });
  const register = openRegister({ url: servers.databaseUrl });
  const database = new pg.Client({ connectionString: servers.databaseUrl });
  try {
    await register.migrate();
    await database.connect();
    const { bundle } = servers;
    const bareBundle = await bundleOf(home, 'bare', './bare-workflow.ts');
    const sink = await start<Arrival[]>('./mail-sink.ts');
    const smtp = `smtp://127.0.0.1:${String(sink.first)}`;
    const workers: Part<Usage>[] = [];
    const bareWorkers: Part<number>[] = [];
    const file = compiled('mail-worker');
    for (const address of servers.addresses) {
      workers.push(
        (await start<Usage>(file, [address, QUEUE, servers.databaseUrl, smtp, bundle, servers.namespace])).part,
      );
      bareWorkers.push(
        (await start<number>('../var/bench/bench/bare-worker.js', [address, BARE, bareBundle, servers.namespace])).part,
      );
    }
    const client = clientOf({
      connection,
      namespace: servers.namespace,
      dataConverter: dataConverterOf([], register.payloads),
    });
    const engine = new Engine(client, {
      taskQueue: QUEUE,
      address: servers.addresses.at(-1) ?? '',
      patienceMs: 120_000,
    });
    return await load({ client, engine, register, database, bareWorkers }, workers, servers);
  } finally {
    for (const part of parts) await part.end();
    await Promise.all([register.close(), database.end(), connection.close()]);
    await servers.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function bundleOf(home: string, name: string, source: string): Promise<string> {
  const file = join(home, `${name}.js`);
  writeFileSync(file, (await bundleWorkflows(sourceOf(source))).code);
  return file;
}

async function load(rig: Rig, workers: Part<Usage>[], servers: Site): Promise<Figure[]> {
  const { client } = rig;
  say(`${LIFECYCLES} lifecycles on ${servers.what}, ${workers.length} workers`);
  // Processes that have just begun are slow for a while: that is not what is measured.
  await lifecycles(rig, LIFECYCLES + LISTED, WARM_UP);
  await bareOnes(rig, 'warm-up', WARM_UP, 1);
  const first = await lifecycles(rig, 0, WINDOW);
  const events = await eventsOf(client, workflowId(nationwide(0).reference));
  // A bare workflow has five events, and six more for each activity.
  const activities = Math.max(1, Math.round((events - 5) / 6));
  const bareFirst = await bareOnes(rig, 'first', WINDOW, activities);
  const bareEvents = await eventsOf(client, 'bare-first-0');
  const middle = LIFECYCLES - 2 * WINDOW;
  const between = await lifecycles(rig, WINDOW, middle);
  const last = await lifecycles(rig, LIFECYCLES - WINDOW, WINDOW);
  const bareLast = await bareOnes(rig, 'last', WINDOW, activities);
  const updated = await updates(rig);
  const bareUpdated = await touches(rig);
  const listed = await timeToList(rig);
  const bareTime = await bareTimes(rig, activities);
  const usage = await Promise.all(workers.map((worker) => worker.ask()));
  const milestones = await countOf(rig.database, 'milestone');

  const per = (rate: number, each: number) => rate * each;
  const ratio = per(first.settled, events) / per(bareFirst, bareEvents);
  const ratioLast = per(last.settled, events) / per(bareLast, bareEvents);
  const fall = 1 - last.settled / first.settled;
  const total = LIFECYCLES / (WINDOW / first.settled + middle / between.settled + WINDOW / last.settled);
  return [
    {
      what: `${LIFECYCLES} lifecycles with ${milestones} milestones on ${servers.what}, ${workers.length} workers`,
      value: `${round(total)} started, recorded and mailed a second (acknowledged: ${round(first.acknowledged)} a second at first, ${round(last.acknowledged)} at last)`,
    },
    {
      what: `history events a second while starting, ${events} events a lifecycle`,
      value: `${round(per(first.settled, events))} at first, ${round(per(last.settled, events))} at last; ${round(ratio)} and ${round(ratioLast)} of bare workflows'`,
      against: `${round(per(bareFirst, bareEvents))} and ${round(per(bareLast, bareEvents))} by bare workflows of ${bareEvents} events`,
    },
    {
      what: `growth: starts a second from ${WINDOW} to ${LIFECYCLES} lifecycles`,
      value: `${round(first.settled)} to ${round(last.settled)}: ${fall <= 0 ? 'no fall' : `a fall of ${Math.round(fall * 100)}%`}`,
      against: `bare workflows in the same minutes: ${round(bareFirst)} to ${round(bareLast)}`,
      goal: 'a fall of less than a fifth',
      met: fall < 0.2,
    },
    {
      what: `updates a second, ${UPDATES} by ${CLIENTS} clients at once, recorded`,
      value: `${round(updated)}; ${round(updated / bareUpdated)} of bare workflows'`,
      against: `${round(bareUpdated)} updates a second of bare workflows, each with an activity that does nothing`,
    },
    {
      what: `time to the overdue list, ${LISTED} starts and ${LISTED} completions one after the other, all ${milestones} milestones on it`,
      value: `a started inspection's overdue duty is on it ${spread(listed.on)} ms after the start was acknowledged, ${round(median(listed.on) / median(bareTime))} of a bare workflow's time; a completed one off it ${spread(listed.off)} ms after its answer`,
      against: `${spread(bareTime)} ms until a bare workflow of ${bareEvents} events has done all it does`,
    },
    {
      what: 'the list itself: the first page of what is overdue',
      value: `${spread(listed.page)} ms`,
    },
    {
      what: 'on the disk',
      value: await databaseSizes(rig.database),
    },
    {
      what: 'memory of each worker at its most',
      value: usage.map(({ peakMiB }) => `${round(peakMiB)} MiB`).join(', '),
      goal: 'under 512 MiB each',
      met: usage.every(({ peakMiB }) => peakMiB < 512),
    },
  ];
}

/** Lifecycles started by many clients at once: a second, acknowledged; and a second, until the last is recorded and mailed. */
async function lifecycles(
  { engine, database }: Rig,
  from: number,
  count: number,
): Promise<{ acknowledged: number; settled: number }> {
  const before = await countOf(database, 'mail', `state = 'sent'`);
  const begun = Date.now();
  await atOnce(count, (index) => engine.start(nationwide(from + index).start));
  const acknowledged = (count * 1000) / (Date.now() - begun);
  await until(() => countOf(database, 'mail', `state = 'sent'`), before + count);
  const settled = (count * 1000) / (Date.now() - begun);
  say(`${from + count} lifecycles: ${round(acknowledged)} a second acknowledged, ${round(settled)} settled`);
  return { acknowledged, settled };
}

/** Bare workflows the same way: a second, until the last has done all its activities. */
async function bareOnes(rig: Rig, name: string, count: number, activities: number): Promise<number> {
  const before = await bareDone(rig);
  const begun = Date.now();
  await atOnce(count, (index) =>
    rig.client.workflow.start('bare', { taskQueue: BARE, workflowId: `bare-${name}-${index}`, args: [activities] }),
  );
  await until(() => bareDone(rig), before + count * activities);
  const rate = (count * 1000) / (Date.now() - begun);
  say(`${count} bare workflows of ${activities} activities: ${round(rate)} a second`);
  return rate;
}

const bareDone = async ({ bareWorkers }: Rig): Promise<number> =>
  (await Promise.all(bareWorkers.map((each) => each.ask()))).reduce((sum, each) => sum + each, 0);

/** A promise of a date for one duty in each of many inspections: a second, until the last is in the register. */
async function updates({ engine, database }: Rig): Promise<number> {
  const begun = Date.now();
  await atOnce(UPDATES, (index) =>
    engine.command(
      nationwide(index).reference,
      'acknowledge',
      { milestone: LATER_ACTION, promisedOn: localDate(Date.now()) },
      { id: 'bench', role: OWNER },
    ),
  );
  await until(() => countOf(database, 'entry', `kind = 'milestone-acknowledged'`), UPDATES);
  const rate = (UPDATES * 1000) / (Date.now() - begun);
  say(`${UPDATES} updates: ${round(rate)} a second`);
  return rate;
}

async function touches(rig: Rig): Promise<number> {
  const before = await bareDone(rig);
  const begun = Date.now();
  await atOnce(UPDATES, (index) =>
    rig.client.workflow.getHandle(`bare-first-${index % WINDOW}`).executeUpdate('touch'),
  );
  await until(() => bareDone(rig), before + UPDATES);
  return (UPDATES * 1000) / (Date.now() - begun);
}

/** How long after the engine's answer the overdue list shows it, and how long the list takes itself, in milliseconds. */
async function timeToList({ engine, register }: Rig): Promise<{ on: number[]; off: number[]; page: number[] }> {
  const on: number[] = [];
  const off: number[] = [];
  const overdue = async (reference: InspectionRef): Promise<boolean> => {
    const { authority, reference: name } = partsOf(reference);
    const filter = { authorities: [authority], reference: name, status: 'overdue' as const };
    const rows = await register.board.milestones(new Date().toISOString(), filter, { offset: 0, limit: 50 });
    return rows.some((each) => each.milestone === ACTION);
  };
  for (let n = 0; n < LISTED; n++) {
    const { start, reference } = nationwide(LIFECYCLES + n);
    await engine.start(start);
    on.push(await millisecondsUntil(() => overdue(reference)));
    await engine.command(reference, 'complete', { milestone: ACTION }, { id: 'bench', role: OWNER });
    off.push(await millisecondsUntil(async () => !(await overdue(reference))));
  }
  const authorities = Array.from({ length: 153 }, (_, n) => nationwide(n).start.facts.authority.id);
  const pages: number[] = [];
  for (let n = 0; n < 20; n++) {
    const begun = performance.now();
    const filter = { authorities, status: 'overdue' as const };
    await register.board.milestones(new Date().toISOString(), filter, { offset: 0, limit: 50 });
    pages.push(performance.now() - begun);
  }
  return { on, off, page: pages };
}

/** The same of bare workflows, one after the other: from the start's acknowledgement to the end of the last activity. */
async function bareTimes(rig: Rig, activities: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < LISTED; n++) {
    const wanted = (await bareDone(rig)) + activities;
    await rig.client.workflow.start('bare', { taskQueue: BARE, workflowId: `bare-timed-${n}`, args: [activities] });
    times.push(await millisecondsUntil(async () => (await bareDone(rig)) >= wanted));
  }
  return times;
}

async function millisecondsUntil(reached: () => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  while (!(await reached())) {
    if (performance.now() - begun > 60_000) throw new Error('a minute has passed, and it is not there');
    await sleep(5);
  }
  return performance.now() - begun;
}

/** As median and 95th of 100. */
function spread(milliseconds: number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return `${round(median(milliseconds))} (p95 ${round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)})`;
}

async function eventsOf(client: Client, id: string): Promise<number> {
  // Its last activity's answer may still be on its way.
  for (let before = -1; ;) {
    const { historyLength } = await client.workflow.getHandle(id).describe();
    if (historyLength === before) return historyLength;
    before = historyLength;
    await sleep(500);
  }
}

/** Each database of this PostgreSQL, bare workflows' part of Temporal's included. */
async function databaseSizes(database: pg.Client): Promise<string> {
  const { rows } = await database.query<{ name: string; bytes: string }>(
    `SELECT datname AS name, pg_database_size(datname) AS bytes FROM pg_database
     WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY datname`,
  );
  return rows.map(({ name, bytes }) => `${name} ${round(Number(bytes) / 2 ** 20)} MiB`).join(', ');
}

/** So many pieces of work by so many clients, each of whom takes the next as soon as it is done with one. */
async function atOnce(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function countOf(database: pg.Client, table: string, where = 'true'): Promise<number> {
  const { rows } = await database.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`);
  return Number(rows[0]?.n ?? 0);
}

async function until(count: () => Promise<number>, wanted: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let seen = await count(); seen < wanted; seen = await count()) {
    if (Date.now() > deadline) throw new Error(`${seen} of ${wanted} after ${PATIENCE_MS / 60_000} minutes`);
    await sleep(250);
  }
}

/** Long work shows how it goes. */
function say(line: string): void {
  process.stderr.write(`    ${line}\n`);
}
