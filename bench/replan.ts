import { calendarDataOf } from '../domain/lifecycle/state.ts';
import { keepCalendar } from '../domain/calendar/kept-calendar.ts';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { openRegister } from '../register/register.ts';
import { Engine } from '../client/engine.ts';
import { calendarFromFeed } from '../domain/calendar/holidays.ts';
import { publishedHolidays } from '../domain/calendar/published-holidays.ts';
import { changeCalendar } from '../domain/commands/change-calendar.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleStart, LifecycleState } from '../domain/lifecycle/state.ts';
import { createCalendar } from '../domain/calendar/working-calendar.ts';
import { plan } from '../domain/plan/plan.ts';
import { feed, startOf } from '../test/support/facts.ts';
import { createWorker } from '../worker/create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { type Figure, round } from './measure.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const HOLIDAY = '2022-09-19';
const AT = '2022-09-12T10:00:00.000Z';
const LIFECYCLES = 1000;
const RUNNING = 200;
const events = feed['england-and-wales'].events;
const published = publishedHolidays(
  'england-and-wales',
  events.filter(({ date }) => date >= '2019' && date < '2029'),
);
const approver = { id: 'bench', role: 'democratic-services' };

/** A hundred milestones, counted in working days from May 2022: some end before the new holiday, most cross it. */
function hundred(reference: string): LifecycleStart {
  const actions = Array.from({ length: 99 }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1}`,
    owner: 'head-of-service',
    due: { n: 82 + index, unit: 'working-day', from: 'report-received' },
  }));
  const given = startOf({
    reference,
    fieldwork: { from: '2022-03-01', until: '2022-03-25' },
    report: { received: '2022-05-13' },
    actions,
  });
  const without = { division: 'england-and-wales', events: events.filter(({ date }) => date !== HOLIDAY) };
  return {
    ...given,
    calendar: keepCalendar(calendarFromFeed({ ...feed, 'england-and-wales': without }, 'england-and-wales')),
  };
}

/** A holiday is proclaimed: 100,000 open milestones are worked out again, without the engine and as running workflows. */
export async function replanning(): Promise<Figure[]> {
  return [...pure(), ...(await running())];
}

function pure(): Figure[] {
  const states: LifecycleState[] = Array.from({ length: LIFECYCLES }, (_, index) =>
    openLifecycle(hundred(`bench-${index}`), AT),
  );
  const milestones = states.reduce((sum, state) => sum + Object.keys(state.kept).length, 0);
  const planned = seconds(() => {
    for (const state of states)
      plan(state.facts, createCalendar(calendarDataOf(state)), { cycles: { today: '2022-09-12', ahead: 2 } });
  });
  let moved = 0;
  const took = seconds(() => {
    for (const state of states) {
      const after = changeCalendar.apply(state, { published }, { actor: approver, now: AT });
      for (const [id, { due }] of Object.entries(after.kept)) if (due !== state.kept[id]?.due) moved++;
    }
  });
  return [
    {
      what: `replanning ${milestones} open milestones after a holiday change, without the engine (${moved} moved)`,
      value: `${round(took)} s on one core; ${round(took / planned)} times as long as planning them once`,
      against: `${round(planned)} s to plan them from nothing`,
      goal: 'under 5 s',
      met: took < 5,
    },
  ];
}

function seconds(work: () => void): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1000;
}

async function running(): Promise<Figure[]> {
  installRuntime('silent');
  const quiet = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet }),
    startPostgres({ log: quiet }),
  ]);
  const register = openRegister({ url: postgres.url });
  await register.migrate();
  // The worker's own is busy while everything starts.
  const lists = openRegister({ url: postgres.url });
  const connection = await openConnection({ address: temporal.address });
  const native = await NativeConnection.connect({ address: temporal.address });
  const worker = await createWorker({
    dataConverter: dataConverterOf([], register.payloads),
    connection: native,
    namespace: 'default',
    taskQueue: 'bench-replan',
    workflowBundle: await bundleWorkflows(fileURLToPath(new URL('../workflows/workflows.ts', import.meta.url))),
    activities: {
      register,
      post: outboxTransport(join(home, 'outbox')),
      from: 'duecourse@example.org',
      timeSkipping: true,
    },
  });
  const ended = worker.run();
  try {
    const engine = new Engine(new Client({ connection }), {
      taskQueue: 'bench-replan',
      address: temporal.address,
      patienceMs: 120_000,
    });
    const shiftMs = Date.parse(AT) - Date.now();
    for (let index = 0; index < RUNNING; index++) await engine.start(hundred(`bench-${index}`), { clock: { shiftMs } });
    const open = async () => (await lists.list(AT)).filter((each) => each.authority === 'anyborough' && each.open > 0);
    while ((await open()).length < RUNNING) await new Promise((resolve) => setTimeout(resolve, 500));
    const begun = performance.now();
    const { done } = await engine.replanAll('anyborough', published, approver);
    const took = (performance.now() - begun) / 1000;
    return [
      {
        what: `the same as ${done} running workflows of 100 milestones each, on the engine with register and one worker`,
        value: `${round(took)} s: ${round(done / took)} lifecycles, ${round((done * 100) / took)} milestones a second`,
      },
    ];
  } finally {
    worker.shutdown();
    await ended;
    await Promise.all([register.close(), lists.close(), native.close(), connection.close()]);
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}
