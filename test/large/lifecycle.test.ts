import proto from '@temporalio/proto';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import { inspectionFiles } from '../../client/export/inspection-files.ts';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { type CommandName, type CommandPayload, COMMANDS } from '../../domain/commands/commands.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { measure as measureSchema } from '../../domain/schemas/measures.ts';
import { promise as promiseSchema } from '../../domain/schemas/promise.ts';
import { LARGE_PAYLOAD_BYTES } from '../../platform/large-payloads.ts';
import { ownDatabase, rows } from '../register/support.ts';
import { largeStart } from '../support/large.ts';
import { historiesOf, openRig, type Rig, workflowBundle } from '../support/rig.ts';
import { notice } from '../support/instruments.ts';

const START = '2016-02-22T10:00:00.000Z';
const ACTIONS = 3000;
const ROLES = 500;
/** Temporal's own limits, as Temporal Cloud has them: bytes of an event, and of a history. */
const MAX_EVENT = 2 * 1024 * 1024;
const MAX_HISTORY = 50 * 1024 * 1024;

const large = largeStart({ actions: ACTIONS, roles: ROLES });
// With a rule that counts from a notice.
const rules = [...large.facts.rules, ...resolveRules(loadRulePack('cqc'))];
const actions = large.facts.inspection.actions.map((each, index) =>
  // One that has to be accepted, and is asked about again.
  index === 0 ? { ...each, acceptedBy: { role: 'chief-executive', within: 10 }, sustained: { after: [3] } } : each,
);
const measures = [
  measureSchema.parse({
    ...{ id: 'cases', title: 'Cases', unit: 'cases', direction: 'down', source: 'a count' },
    target: { value: 10, by: '2016-12-31' },
  }),
];
// With a cycle that can be changed.
const commitments = [promiseSchema.parse({ rule: 'cabinet-update' })];
const inspection = { ...large.facts.inspection, actions, measures, commitments };
const start = { ...large, facts: { ...large.facts, rules, inspection } };
const { roles } = start.facts.authority;
const PLAN = 'plan-submission/written-action-plan';
const action = (n: number) => `improvement-actions/a${n}`;
const ownerOf = (n: number) => start.facts.inspection.actions[n - 1]?.owner ?? '';
const reason = 'because of the budget';

function largeAction(n: number) {
  const found = start.facts.inspection.actions[n - 1];
  if (found === undefined) throw new Error(`there is no action ${n}`);
  return found;
}

interface Step<N extends CommandName> {
  payload: CommandPayload<N>;
  by?: string;
}

/** A change of each kind, in an order in which they make sense. One that is forgotten does not compile. */
const STEPS: { [N in Exclude<CommandName, 'close' | 'withdraw'>]: Step<N> } = {
  submit: { payload: { milestone: PLAN } },
  complete: { payload: { milestone: action(1), evidence: 'https://anyborough.example.org/evidence' } },
  sendBack: { payload: { milestone: PLAN, to: '2016-09-30', reason } },
  accept: { payload: { milestone: action(1) }, by: 'chief-executive' },
  fallBack: { payload: { milestone: `${action(1)}--sustained-1-after-3`, to: '2016-09-30', reason } },
  progress: {
    payload: { milestone: action(2), rating: 'amber', percent: 40, text: 'p'.repeat(10_000) },
    by: ownerOf(2),
  },
  acknowledge: { payload: { milestone: action(2), promisedOn: '2016-03-18' }, by: ownerOf(2) },
  requestExtension: { payload: { milestone: action(3), to: '2016-06-30', reason }, by: ownerOf(3) },
  declineExtension: { payload: { milestone: action(3), reason } },
  extend: { payload: { milestone: action(4), to: '2016-07-29', reason } },
  hold: { payload: { milestone: action(5), reason, reviewOn: '2016-05-31' } },
  release: { payload: { milestone: action(5) } },
  reassign: { payload: { milestone: action(6), to: 'team-manager', reason } },
  // Half of all there is.
  reassignMany: { payload: { from: ownerOf(8), to: 'vacant-post', reason } },
  waive: { payload: { milestone: action(7), reason } },
  reopen: { payload: { milestone: action(7), reason } },
  revise: {
    payload: {
      edits: [
        { kind: 'put', what: 'action', item: { ...largeAction(9), title: 'Another title', due: '2016-09-30' } },
        { kind: 'withdraw', what: 'action', id: 'a10' },
      ],
      reason,
    },
  },
  addEvidence: { payload: { milestone: PLAN, title: 'Minutes', link: 'https://anyborough.example.org/minutes' } },
  event: { payload: { kind: 'notice-received', on: '2016-02-19' } },
  changeCycle: {
    payload: { promise: 'cabinet-update', what: 'paused', from: '2016-03-01', until: '2016-03-31', reason },
  },
  correctEvent: { payload: { kind: 'notice-received', withdraw: true, reason } },
  decide: { payload: { id: 'd0', title: 'Adopt the plan', takenOn: '2016-02-22', key: false, urgent: false } },
  publishDecision: { payload: { decision: 'd0', on: '2016-02-22' } },
  callIn: {
    payload: { decision: 'd0', by: 'five members', reasons: 'the costs' },
    by: 'democratic-services',
  },
  resolveCallIn: { payload: { decision: 'd0', outcome: 'refer-back' } },
  reconsider: { payload: { decision: 'd0', outcome: 'amended' } },
  implement: { payload: { decision: 'd0' } },
  withdrawCallIn: { payload: { decision: 'd0', reason } },
  withdrawDecision: { payload: { decision: 'd0', reason } },
  ask: { payload: { id: 'q1', by: 'ward 1', text: 'q'.repeat(10_000) }, by: 'democratic-services' },
  answer: { payload: { question: 'q1', text: 'a'.repeat(10_000) } },
  openRound: { payload: { by: '2016-03-11', title: 'the board' } },
  postponeRound: { payload: { milestone: 'round-1', to: '2016-03-18', reason } },
  closeRound: { payload: { milestone: 'round-1', reason } },
  recordMeasure: { payload: { measure: 'cases', value: 21.5, on: '2016-02-22' } },
  correctMeasure: { payload: { measure: 'cases', of: '2016-02-22', value: 20, reason } },
  writePart: { payload: { part: 'risk', text: 'r'.repeat(10_000) } },
  withdrawQuestion: { payload: { question: 'q1', reason } },
  recordPlan: { payload: { plan: 'improvement-plan', version: 1, stage: 'draft' } },
  recordAttendance: { payload: { session: 'session', invited: ['ward 1 A'], attended: ['ward 1 A'] } },
  chooseReading: { payload: { rule: 'written-action-plan', reading: 'regulation', reason } },
  correct: { payload: { published: '2016-02-20', reason } },
  addInstrument: {
    payload: {
      instrument: notice('2016-02-22', { framework: 'cqc', events: {}, report: { received: '2016-02-22' } }),
    },
  },
  ruleOut: { payload: { fact: 'notice-received', what: 'none', instrument: 'notice', reason } },
  withdrawInstrument: { payload: { instrument: 'notice', reason } },
  reissue: { payload: { received: '2016-02-22', note: reason } },
  resend: { payload: { messageId: '<m@example.org>', to: ['director'], milestones: [action(8)], day: '2016-02-22' } },
  changeAuthority: {
    payload: { authority: { ...start.facts.authority, name: 'Anyborough City Council' } },
    by: 'democratic-services',
  },
  changeCalendar: {
    payload: {
      published: publishedHolidays('england-and-wales', [{ date: '2034-08-25', title: 'A day off' }]),
    },
    by: 'democratic-services',
  },
};

async function carryOut<N extends CommandName>(
  rig: Rig,
  id: InspectionRef,
  name: N,
  { payload, by = 'director' }: Step<N>,
) {
  return rig.engine.command(id, name, payload, { id: 'x', role: by });
}

/** What the engine holds of all runs: the largest event, the largest run. */
function measured(histories: temporal.api.history.v1.IHistory[]) {
  const { HistoryEvent } = proto.temporal.api.history.v1;
  const runs = histories.map((history) =>
    (history.events ?? []).map((each) => HistoryEvent.encode(each).finish().length),
  );
  const totals = runs.map((sizes) => sizes.reduce((sum, each) => sum + each, 0));
  return { event: Math.max(...runs.flat()), run: Math.max(...totals), total: totals.reduce((sum, each) => sum + each) };
}

test(`${ACTIONS} actions and ${ROLES} roles: start, a change of each kind, export, the next run, the archive, replay`, async () => {
  // Its own: other tests live years later, and remove what to them is long past.
  const databaseUrl = await ownDatabase();
  const rig = await openRig({ databaseUrl });
  const id = await rig.start(start, START, { eventsPerRun: 120 });
  const { authority, reference } = partsOf(id);
  expect(roles).toHaveLength(ROLES);

  const view = await rig.engine.view(id);
  expect(view.milestones.length).toBeGreaterThan(ACTIONS);
  expect(await rig.register.reached(authority, reference, view.seq, 60_000)).toBe(true);

  for (const name of namesOf(STEPS)) await carryOut(rig, id, name, STEPS[name] as Step<typeof name>);
  // By the receipt, from which every action is counted: 3,000 dates move.
  const moved = await rig.engine.command(
    id,
    'correct',
    { received: '2016-02-18', reason },
    { id: 'x', role: 'director' },
  );
  expect(await rig.register.reached(authority, reference, moved.seq, 60_000)).toBe(true);
  await expect.poll(() => rig.runs(id), { timeout: 60_000 }).toBeGreaterThan(1);

  const entries = await rig.register.history(authority, reference);
  const kinds = new Set(entries.map(({ kind }) => kind));
  for (const name of namesOf(STEPS)) for (const kind of COMMANDS[name].entries) expect(kinds).toContain(kind);

  const [summary] = (
    await rig.register.board.inspections(START, { authorities: [authority], reference }, { offset: 0, limit: 1 })
  ).rows;
  if (summary === undefined) throw new Error('it is on no list');
  const { files, startsFrom, counts } = await inspectionFiles(summary, rig, new Date().toISOString());
  expect(counts.milestones).toBeGreaterThan(ACTIONS);
  // All but the one that was withdrawn from the plan.
  expect(String(files.get(startsFrom ?? '')).match(/^ {2,}- id: a\d+$/gm)?.length).toBe(ACTIONS - 1);

  await carryOut(rig, id, 'submit', { payload: { milestone: PLAN } });
  await carryOut(rig, id, 'accept', { payload: { milestone: PLAN } });
  await carryOut(rig, id, 'close', {
    payload: { reason, homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
  });
  expect(await rig.engine.result(id)).toMatchObject({ status: 'closed' });
  const histories = (await historiesOf(rig.client, id)).map(({ history }) => history);
  const { event, run } = measured(histories);
  expect(event).toBeLessThan(MAX_EVENT);
  expect(run).toBeLessThan(MAX_HISTORY / 10);

  await expect
    .poll(async () => (await rig.register.archive.runs(authority, reference)).length, { timeout: 60_000 })
    .toBe(histories.length);
  expect((await rig.register.verify(authority)).map(({ ok }) => ok)).toEqual([true]);
  const archived = (await rows(
    databaseUrl,
    'SELECT content FROM archived_history WHERE authority = $1 AND reference = $2',
    [authority, reference],
  )) as { content: Buffer }[];
  for (const { content } of archived) {
    const history = proto.temporal.api.history.v1.History.decode(gunzipSync(content));
    // It holds all that it refers to: no store is asked.
    await Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history, workflowId(id));
  }
  const stored = (await rows(
    databaseUrl,
    'SELECT released_at IS NOT NULL AS released FROM large_payload WHERE authority = $1 AND reference = $2',
    [authority, reference],
  )) as { released: boolean }[];
  expect(stored.length).toBeGreaterThan(2);
  expect(stored.every(({ released }) => released)).toBe(true);
  expect(LARGE_PAYLOAD_BYTES * 2).toBeLessThan(MAX_EVENT);
}, 1_500_000);
