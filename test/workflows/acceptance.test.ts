import { expect, test } from 'vitest';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const administrator = { id: 'test', role: 'democratic-services' };
const STATEMENT = 'plan-submission/written-statement-of-action';
const BOARD_ACTION = 'improvement-actions/joint-offer';

test('Cumbria’s statement of 2019 is sent back, submitted again and accepted; an action waits for its director', async () => {
  const rig = await openRig();
  const given = startOf({
    framework: 'send-2016',
    inspectorate: 'Ofsted and CQC',
    fieldwork: { from: '2019-03-18', until: '2019-03-22' },
    report: { received: '2019-05-14' },
    events: { 'outcome-letter-received': '2019-05-14', 'statement-required': '2019-05-14' },
    actions: [
      { id: 'revisit', title: 'Re-visit', owner: 'director', due: { n: 18, unit: 'month', from: 'plan-accepted' } },
      {
        ...{ id: 'joint-offer', title: 'Joint offer', owner: 'team-manager', due: '2019-09-30' },
        acceptedBy: { role: 'director' },
      },
    ],
  });
  const start = { ...given, facts: { ...given.facts, rules: resolveRules(loadRulePack('send-2016')) } };
  const reference = await rig.start(start, '2019-05-15T10:00:00.000Z', { eventsPerRun: 40 });
  const give = async (
    at: string,
    name: 'submit' | 'sendBack' | 'accept' | 'complete',
    payload: object,
    role?: string,
  ) => {
    await rig.advanceTo(reference, `${at}T10:00:00.000Z`);
    const actor = role === undefined ? administrator : { id: 'test', role };
    return rig.engine.command(reference, name, { milestone: STATEMENT, ...payload }, actor);
  };
  expect((await give('2019-08-20', 'submit', {})).milestone).toMatchObject({ status: 'submitted', due: '2019-08-21' });
  const reason = 'Its outcomes can’t be measured.';
  const returned = await give('2019-09-09', 'sendBack', { reason, to: '2019-10-08' });
  expect(returned.milestone).toMatchObject({ status: 'open', due: '2019-10-08', extendable: false, overdue: false });
  const action = await give('2019-09-20', 'complete', { milestone: BOARD_ACTION }, 'team-manager');
  expect(action.milestone).toMatchObject({ status: 'submitted' });
  await expect(give('2019-09-20', 'accept', { milestone: BOARD_ACTION }, 'team-manager')).rejects.toThrow(
    /nobody accepts their own work/,
  );
  await give('2019-10-07', 'accept', { milestone: BOARD_ACTION }, 'director');
  await give('2019-10-07', 'submit', {});
  await give('2019-10-21', 'accept', { on: '2019-10-18' });
  await rig.advanceTo(reference, '2019-10-23T10:00:00.000Z');

  const [authority = '', inspection = ''] = reference.split('/');
  const rows = await rig.register.milestones(authority, inspection);
  expect(Object.fromEntries(rows.map(({ milestone, due, status }) => [milestone, `${due} ${status}`]))).toEqual({
    [STATEMENT]: '2019-10-08 completed',
    [BOARD_ACTION]: '2019-09-30 completed',
    [`${BOARD_ACTION}--acceptance-1`]: '2019-10-04 completed',
    // 18 months after Friday 18 October 2019 is Sunday 18 April 2021: the council's own goes on to Monday, the inspectors' is
    // to be ready for on the Friday before.
    'improvement-actions/revisit': '2021-04-19 open',
    'other-reporting/re-visit': '2021-04-16 open',
  });
  const entries = await rig.register.historyOf({ authority, reference: inspection, milestone: STATEMENT });
  expect(entries.map(({ text }) => text).filter((text) => /sent back|accepted|submitted by/.test(text))).toEqual([
    'Written statement of action: submitted by Democratic Services Manager.',
    `Written statement of action: sent back by Ofsted and CQC on Monday 9 September 2019, to be submitted again by Tuesday 8 October 2019: ${reason.replace('.', '')}.`,
    'Written statement of action: submitted by Democratic Services Manager.',
    'Written statement of action: accepted by Ofsted and CQC on Friday 18 October 2019.',
  ]);
  const director = rig.sent
    .filter(({ recipient }) => recipient.email === 'director@anyborough.example.org')
    .flatMap(({ notices }) => notices.filter(({ milestone }) => milestone.includes('--acceptance-')))
    .map(({ kind }) => kind);
  expect(director).toEqual(['acceptance-asked', 'reminder', 'reminder', 'due-today']);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
