import { Client, type Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { openRegister, type Register } from '../register/register.ts';
import { workflowId } from '../client/engine.ts';
import { loadStart } from '../client/files/load-start.ts';
import { Rehearsal } from '../client/rehearsal.ts';
import { script } from '../client/rehearsal-script.ts';
import { advanceTo, timeSkippingInterceptors } from '../client/time-travel.ts';
import { setTimeSkipping } from '../test/support/set-time-skipping.ts';
import { localDate } from '../domain/calendar/london.ts';
import { CYCLES_AHEAD, type LifecycleStart, calendarDataOf, calendarOf } from '../domain/lifecycle/state.ts';
import type { PlannedMilestone } from '../domain/milestone/milestone.ts';
import { plan } from '../domain/plan/plan.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { type Cost, costOf } from './actions.ts';
import { type Figure, round } from './measure.ts';
import type { MilestoneInput } from './naive/milestone-workflow.ts';
import { naiveActivities } from './naive/naive-activities.ts';
import { openPoll, type Poll } from './naive/poll-database.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const FROM = 'duecourse <duecourse@example.org>';
const GOAL = 1 / 3;
const HOUR_MS = 3_600_000;
const sourceOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
type Story = ReturnType<typeof script>;

/** What a design did in the year, and what that has cost. */
interface Year extends Cost {
  notices: number;
  mails: number;
}

/**
 * The 2016 example's year three times on one real engine, the plan missed: as duecourse runs it, as a workflow for each
 * milestone, and as a daily look. Servers of its own, ended at the end; it takes about a minute and a half.
 */
export async function economy(): Promise<Figure[]> {
  installRuntime('silent');
  const log = () => undefined;
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log }),
    startPostgres({ log }),
  ]);
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const register = openRegister({ url: postgres.url });
  try {
    await register.migrate();
    const loaded = loadStart(sourceOf('../examples/middlesbrough-2016.yaml'), {});
    const start = { ...loaded, startedBy: { id: 'bench', role: loaded.facts.authority.chain.administrator } };
    const story = script(start, { miss: ['written-action-plan'] });
    const parts: Parts = { address: temporal.address, register, url: postgres.url, home, start, story };
    const ours = await asOneLifecycle(parts);
    const naive = await withNaiveWorker(parts);
    return figures(ours, naive.milestones, naive.poll);
  } finally {
    await register.close();
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}

interface Parts {
  address: string;
  register: Register;
  url: string;
  home: string;
  start: LifecycleStart;
  story: Story;
}

async function asOneLifecycle({ address, register, home, start, story }: Parts): Promise<Year> {
  let notices = 0;
  let mails = 0;
  const rehearsal = await Rehearsal.open({
    address,
    namespace: 'default',
    taskQueue: 'economy',
    register,
    post: outboxTransport(join(home, 'ours')),
    from: FROM,
    workflowBundle: await bundleWorkflows(sourceOf('../workflows/workflows.ts')),
    onDelivered: ({ digests }) => {
      mails += digests.length;
      notices += digests.reduce((sum, digest) => sum + digest.notices.length, 0);
    },
  });
  try {
    const reference = await rehearsal.start(start, story.begin);
    for (const turn of story.turns) {
      await rehearsal.advanceTo(reference, turn.at);
      await rehearsal.engine.command(reference, turn.name, { milestone: turn.milestone }, turn.actor);
    }
    await rehearsal.advanceTo(reference, story.end);
    return { ...(await costOf(rehearsal.client, [workflowId(reference)])), notices, mails };
  } finally {
    await rehearsal.close();
  }
}

async function withNaiveWorker(parts: Parts): Promise<{ milestones: Year; poll: Year }> {
  const { address, register, url, home, start } = parts;
  const interceptors = timeSkippingInterceptors({ id: 'start', durationMs: 1 });
  const connection = await openConnection({ address, interceptors });
  const native = await NativeConnection.connect({ address });
  const poll = await openPoll(url);
  let mails = 0;
  const written = outboxTransport(join(home, 'naive'));
  const post = {
    ...written,
    send: async (...mail: Parameters<typeof written.send>) => {
      await written.send(...mail);
      mails++;
    },
  };
  const worker = await Worker.create({
    connection: native,
    taskQueue: 'naive',
    workflowBundle: await bundleWorkflows(sourceOf('./naive/workflows.ts')),
    activities: naiveActivities({
      register,
      post,
      from: FROM,
      facts: start.facts,
      calendar: calendarDataOf(start),
      poll,
    }),
  });
  const running = worker.run();
  try {
    const design: Design = { ...parts, connection, client: new Client({ connection }) };
    const milestones = await asMilestones(design);
    const asMilestoneMails = mails;
    const looks = await asDailyLooks(design, poll);
    return {
      milestones: { ...milestones, notices: asMilestoneMails, mails: asMilestoneMails },
      poll: { ...looks, notices: mails - asMilestoneMails, mails: mails - asMilestoneMails },
    };
  } finally {
    worker.shutdown();
    await running;
    await Promise.all([poll.close(), native.close(), connection.close()]);
  }
}

interface Design extends Parts {
  connection: Connection;
  client: Client;
}

/** The year's milestones; those planned from the first day on are announced then, as the lifecycle's are. */
function milestonesOf({ start, story }: Parts): { milestone: PlannedMilestone; announced: boolean }[] {
  const calendar = calendarOf(start);
  const today = localDate(story.begin);
  const first = new Set(plan(start.facts, calendar, { cycles: { today, ahead: CYCLES_AHEAD } }).map(({ id }) => id));
  const until = localDate(story.end);
  return plan(start.facts, calendar, { cycles: { until } }).map((milestone) => ({
    milestone,
    announced: first.has(milestone.id),
  }));
}

const SIDE_BY_SIDE = 8;

async function asMilestones(design: Design): Promise<Cost> {
  const { start, story, client, connection } = design;
  const { authority, inspection } = start.facts;
  const ids: string[] = [];
  const one = async ({ milestone, announced }: ReturnType<typeof milestonesOf>[number]): Promise<void> => {
    const id = `milestone/${inspection.reference}/${milestone.id}`;
    const shiftMs = Date.parse(story.begin) - Date.now();
    const input: MilestoneInput = {
      milestone,
      authority,
      calendar: calendarDataOf(start),
      reference: `${inspection.reference}-milestones`,
      inspectionTitle: inspection.title,
      startedBy: announced ? start.startedBy.role : null,
      shiftMs,
    };
    const handle = await client.workflow.start('milestoneWorkflow', {
      taskQueue: 'naive',
      workflowId: id,
      args: [input],
    });
    ids.push(id);
    const at = (instant: string) => new Date(Date.parse(instant) - shiftMs);
    const turn = story.turns.find((each) => each.milestone === milestone.id);
    if (turn === undefined) return advanceTo(connection, 'default', id, at(story.end));
    await advanceTo(connection, 'default', id, at(turn.at));
    await handle.executeUpdate('complete', { args: [{ by: turn.actor.role }] });
    await handle.result();
  };
  const all = milestonesOf(design);
  while (all.length > 0) await Promise.all(all.splice(0, SIDE_BY_SIDE).map(one));
  return costOf(client, ids);
}

async function asDailyLooks(design: Design, poll: Poll): Promise<Cost> {
  const { start, story, client, connection } = design;
  const reference = `${start.facts.inspection.reference}-poll`;
  for (const { milestone, announced } of milestonesOf(design)) await poll.add(reference, milestone, announced);
  const id = `poll/${reference}`;
  // Known beforehand, so that the clock goes on in one move: a stop between two runs would set off one more.
  for (const turn of story.turns) await poll.complete(reference, turn.milestone, turn.at);
  // It looks at 09:00, summer time or not before anybody does anything that day.
  const shiftMs = Date.parse(story.begin) - HOUR_MS - Date.now();
  await client.workflow.start('pollWorkflow', {
    taskQueue: 'naive',
    workflowId: id,
    args: [reference, shiftMs],
    cronSchedule: '@every 24h',
  });
  await advanceTo(connection, 'default', id, new Date(Date.parse(story.end) - shiftMs));
  await setTimeSkipping(connection, 'default', id, false);
  await client.workflow.getHandle(id).terminate('the year is over');
  return costOf(client, [id]);
}

function figures(ours: Year, milestones: Year, poll: Year): Figure[] {
  const compared = (what: string, of: (cost: Cost) => number, unit = (n: number) => String(n)): Figure[] =>
    [
      { name: 'one workflow for each milestone', cost: milestones },
      { name: 'a daily look', cost: poll },
    ].map(({ name, cost }) => ({
      what: `${what} of a lifecycle's year, against ${name}`,
      value: `${unit(of(ours))}; ${round(of(ours) / of(cost))} of it`,
      against: unit(of(cost)),
      goal: 'at most a third',
      met: of(ours) / of(cost) <= GOAL,
    }));
  const said = ({ runs, notices, mails }: Year) => `${runs} runs, ${notices} notices in ${mails} mails`;
  return [
    {
      what: 'the 2016 example through its year, the plan missed, on one engine',
      value: `duecourse: ${said(ours)}; a workflow for each milestone: ${said(milestones)}; a daily look: ${said(poll)}`,
    },
    ...compared('Temporal Actions', (cost) => cost.actions),
    ...compared('history events', (cost) => cost.events),
    ...compared(
      'bytes of history',
      (cost) => cost.bytes,
      (n) => `${round(n / 1024)} KiB`,
    ),
  ];
}
