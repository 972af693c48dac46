import { expect, test } from 'vitest';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { startInspection } from '../../client/start-inspection.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const administrator = { id: 'test', role: 'democratic-services' };

test('an inspection started by mistake is withdrawn: off every list, its people told once, its record whole', async () => {
  const rig = await openRig();
  const start = startOf({
    actions: [
      {
        ...{ id: 'audit', title: 'Audit of case files', due: '2016-04-29' },
        owner: 'team-manager',
        with: ['scrutiny-chair'],
      },
    ],
  });
  const id = await rig.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 60 });
  const { authority, reference } = partsOf(id);
  await rig.advanceTo(id, '2016-05-05T20:00:00.000Z');
  const now = '2016-05-05T20:00:00.000Z';
  const page = { offset: 0, limit: 50 };
  const { board } = rig.register;
  // Other tests' inspections are of the same council.
  const own = (rows: readonly { reference: string }[]): number =>
    rows.filter((each) => each.reference === reference).length;
  const all = { offset: 0, limit: 5000 };
  const lists = async () => ({
    inspections: own((await board.inspections(now, { authorities: [authority] }, all)).rows),
    overdue: own(await rig.register.overdue(now, { authority })),
    milestones: own(await board.milestones(now, { authorities: [authority] }, all)),
    duties: own(await board.dutiesOf([{ authority, role: 'team-manager' }])),
    morning: own((await rig.register.morning(authority, now)).milestones),
    open: (await rig.register.recovery.open(authority)).filter(({ inspection }) => inspection === id).length,
  });
  const before = await lists();
  expect(Object.values(before)).not.toContain(0);

  const result = await rig.engine.command(id, 'withdraw', { reason: 'it is another council’s' }, administrator);
  expect(result.status).toBe('withdrawn');
  expect(await rig.register.reached(authority, reference, result.seq, 60_000)).toBe(true);
  expect(await lists()).toEqual({ inspections: 0, overdue: 0, milestones: 0, duties: 0, morning: 0, open: 0 });
  expect(await rig.engine.view(id)).toMatchObject({
    status: 'withdrawn',
    withdrawn: { by: 'democratic-services', reason: 'it is another council’s' },
  });

  // In the evening nobody is mailed; the next morning everybody is who had mail about it, and then it is over.
  await rig.advanceTo(id, '2016-05-06T06:00:00.000Z');
  expect(rig.sent.some(({ withdrawn }) => withdrawn !== undefined)).toBe(false);
  await expect(rig.advanceTo(id, '2016-05-06T12:00:00.000Z')).rejects.toThrow('the execution ended');
  expect(await rig.engine.result(id)).toMatchObject({ status: 'withdrawn' });
  const told = rig.sent.filter(({ withdrawn }) => withdrawn !== undefined);
  const mailed = new Set(
    rig.sent.filter(({ withdrawn }) => withdrawn === undefined).map((each) => each.recipient.email),
  );
  // Who is only beside an owner, too.
  expect([...mailed].filter((each) => each.startsWith('scrutiny-chair@'))).toHaveLength(1);
  expect(told.map(({ recipient }) => recipient.email).sort()).toEqual([...mailed].sort());
  expect(told.every(({ day }) => day === '2016-05-06')).toBe(true);

  // Asked for by its name it is there, with all of its record; and nobody can start another one under that name.
  const { rows } = await board.inspections(now, { authorities: [authority], reference }, page);
  expect(rows).toMatchObject([{ reference, status: 'withdrawn', open: 0, overdue: 0, nextDue: null }]);
  expect((await rig.register.list(now)).some((each) => each.reference === reference)).toBe(true);
  const history = await rig.register.history(authority, reference);
  expect(history.some(({ kind }) => kind === 'milestone-missed')).toBe(true);
  expect(history.filter(({ text }) => text.endsWith(': that the inspection was withdrawn.'))).toHaveLength(mailed.size);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
  const again = { ...start, facts: { ...start.facts, inspection: { ...start.facts.inspection, reference } } };
  const { authority: council } = again.facts;
  await expect(
    startInspection(rig, { ...again, facts: { ...again.facts, authority: { ...council, id: authority } } }),
  ).rejects.toThrow(`${id} was started once and withdrawn, and its record keeps the reference.`);
});

test('a decision, a call-in and a question that were recorded by mistake are withdrawn, and what they started lapses', async () => {
  const rig = await openRig();
  const start = startOf();
  const rules = [...start.facts.rules, ...resolveRules(loadRulePack('commitments'))];
  const id = await rig.start({ ...start, facts: { ...start.facts, rules } }, '2016-02-22T10:00:00.000Z');
  const { authority, reference } = partsOf(id);
  const give = <N extends CommandName>(name: N, payload: CommandPayload<N>) =>
    rig.engine.command(id, name, payload, administrator);
  const decided = { takenOn: '2016-02-22', publishedOn: '2016-02-22', key: false, urgent: false };
  await give('decide', { ...decided, id: 'd1', title: 'Adopt the plan' });
  await give('decide', { ...decided, id: 'd2', title: 'Adopt another plan' });
  await give('callIn', { decision: 'd1', by: 'members', reasons: 'the costs' });
  await give('ask', { id: 'q1', by: 'ward 1', text: 'How many?' });
  await rig.advanceTo(id, '2016-02-24T10:00:00.000Z');
  await give('withdrawCallIn', { decision: 'd1', reason: 'not signed' });
  await give('withdrawDecision', { decision: 'd2', reason: 'another board’s' });
  const { seq } = await give('withdrawQuestion', { question: 'q1', reason: 'asked twice' });
  await expect(give('answer', { question: 'q1', text: 'Eleven.' })).rejects.toThrow('Question q1 was withdrawn');
  expect(await rig.register.reached(authority, reference, seq, 60_000)).toBe(true);
  const rows = await rig.register.milestones(authority, reference);
  const status = (name: string) => rows.find(({ milestone }) => milestone === name)?.status;
  expect(status('call-in-window/d1')).toBe('open');
  expect(status('call-in-window/d1-review')).toBe('lapsed');
  expect(status('call-in-window/d2')).toBe('lapsed');
  expect(status('member-briefings/question-q1')).toBe('lapsed');
  // The window that is open again closes of itself.
  await rig.advanceTo(id, '2016-03-01T10:00:00.000Z');
  const kinds = (await rig.register.history(authority, reference)).map(({ kind }) => kind);
  for (const kind of ['decision-withdrawn', 'call-in-withdrawn', 'question-withdrawn', 'window-closed'])
    expect(kinds).toContain(kind);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
