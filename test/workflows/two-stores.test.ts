import { describe, expect, test } from 'vitest';
import { compareInspection } from '../../client/recover/compare.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { type KeptRequest, stateFromPieces } from '../../domain/lifecycle/kept-state.ts';
import type { TextPiece } from '../../domain/lifecycle/pieces.ts';
import { workflowId } from '../../client/engine.ts';
import { entry } from '../register/support.ts';
import { startOf } from '../support/facts.ts';
import { openRig, type Rig } from '../support/rig.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const as = (role: string) => ({ id: 'someone', role });
const actions = [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }];
const inspectionOf = (rig: Rig) => rig.start(startOf({ actions }), START);
type Inspection = Awaited<ReturnType<typeof inspectionOf>>;

const stateOf = (rig: Rig, inspection: Inspection, recorded: number) =>
  stateFromPieces((piece) =>
    rig.client.workflow
      .getHandle(workflowId(inspection))
      .query<TextPiece | null, [KeptRequest]>('stateToKeep', { recorded, piece }),
  );

const keptOf = ({ register }: Rig, inspection: Inspection) => {
  const { authority, reference } = partsOf(inspection);
  return register.recovery.kept(authority, reference);
};

const recordedTo = ({ register }: Rig, inspection: Inspection, seq: number): Promise<boolean> => {
  const { authority, reference } = partsOf(inspection);
  return register.reached(authority, reference, seq, 10_000);
};

describe('the register keeps what a lifecycle needs to go on', () => {
  test('with each entry, of a command and of time; and nothing of it once the inspection has ended', async () => {
    const rig = await openRig();
    const inspection = await inspectionOf(rig);
    await rig.advanceTo(inspection, '2016-05-03T12:00:00.000Z');
    const { seq } = await rig.engine.command(
      inspection,
      'acknowledge',
      { milestone: PLAN, promisedOn: '2016-06-01' },
      as('head-of-service'),
    );
    expect(await recordedTo(rig, inspection, seq)).toBe(true);
    const kept = await keptOf(rig, inspection);
    expect(kept).toMatchObject({ recorded: seq, state: { seq, unrecorded: [], status: 'open' } });
    // No mail has gone since: it is what the lifecycle itself has.
    expect(kept?.state).toEqual(await stateOf(rig, inspection, seq));
    expect(kept?.state.kept['improvement-actions/audit']).toMatchObject({ missed: true });
    expect(await compareInspection(rig, inspection)).toMatchObject({
      difference: 'same',
      register: seq,
      engine: { seq, recorded: seq },
      standing: 'running',
    });
    await rig.engine.command(inspection, 'submit', { milestone: PLAN }, as('head-of-service'));
    await rig.engine.command(inspection, 'complete', { milestone: PLAN }, as('director'));
    await rig.engine.command(inspection, 'complete', { milestone: 'audit' }, as('director'));
    await rig.engine.command(
      inspection,
      'close',
      { reason: 're-inspected and judged good', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
      as('director'),
    );
    await rig.engine.result(inspection);
    expect(await keptOf(rig, inspection)).toBeNull();
    expect((await compareInspection(rig, inspection)).difference).toBe('same');
  });

  test('all of a plan that goes to the register in several parts, once the last is there', async () => {
    const rig = await openRig();
    const many = Array.from({ length: 400 }, (_, n) => ({ ...actions[0], id: `a${n}`, title: 'x'.repeat(400) }));
    const inspection = await rig.start(startOf({ actions: many }), START);
    await rig.advanceTo(inspection, '2016-02-19T12:00:00.000Z');
    const { seq } = await rig.engine.view(inspection);
    expect(seq).toBeGreaterThan(400);
    expect(await keptOf(rig, inspection)).toMatchObject({ recorded: seq, state: { seq, unrecorded: [] } });
  });
});

describe('a lifecycle that differs from the register', () => {
  test.each<[string, (rig: Rig, inspection: Inspection) => Promise<void>, RegExp]>([
    [
      'another entry stands under its next number',
      async (rig, inspection) => {
        const { authority, reference } = partsOf(inspection);
        const { seq } = await rig.engine.view(inspection);
        const key = { authority, reference, inspectionTitle: reference };
        await rig.register.append(key, [entry(seq + 1, { text: 'by somebody else' })]);
      },
      /already has another entry under lifecycle/,
    ],
    [
      'the register has gone on without it',
      async (rig, inspection) => {
        const { authority, reference } = partsOf(inspection);
        const { seq } = await rig.engine.view(inspection);
        const key = { authority, reference, inspectionTitle: reference };
        await rig.register.append(key, [entry(seq + 1), entry(seq + 2), entry(seq + 3)]);
      },
      /has an entry \d+, and the inspection's clock has counted to \d+ only/,
    ],
  ])('waits for an operator, and says so, where %s', async (_what, meddle, why) => {
    const rig = await openRig();
    const inspection = await inspectionOf(rig);
    await rig.advanceTo(inspection, '2016-03-01T12:00:00.000Z');
    await meddle(rig, inspection);
    const before = rig.sent.length;
    await rig.engine.command(
      inspection,
      'acknowledge',
      { milestone: PLAN, promisedOn: '2016-06-01' },
      as('head-of-service'),
    );
    await expect
      .poll(async () => (await compareInspection(rig, inspection)).diverged, { timeout: 10_000 })
      .toMatch(why);
    expect(await compareInspection(rig, inspection)).toMatchObject({ difference: 'engine-behind' });
    const refused = rig.engine.command(inspection, 'submit', { milestone: PLAN }, as('head-of-service'));
    await expect(refused).rejects.toMatchObject({
      code: 'register-differs',
      message: expect.stringContaining(`duecourse recover ${inspection}`) as string,
    });
    // It does not spin: time goes by, and nothing is tried, sent, or written to its history but the moves of its clock.
    const attempts = async () =>
      ((await rig.client.workflow.getHandle(workflowId(inspection)).fetchHistory()).events ?? []).filter(
        (event) => event.activityTaskScheduledEventAttributes ?? event.workflowTaskCompletedEventAttributes,
      ).length;
    const tried = await attempts();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await attempts()).toBe(tried);
    expect(rig.sent.length).toBe(before);
    // What it looks like can be seen all the same.
    expect((await rig.engine.view(inspection)).status).toBe('open');
  });
});
