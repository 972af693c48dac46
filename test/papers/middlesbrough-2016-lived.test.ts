import { expect, test } from 'vitest';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { progressReport } from '../../domain/progress/report.ts';
import type { Edit } from '../../domain/revisions/edits.ts';
import { action as actionSchema, theme as themeSchema } from '../../domain/schemas/plan.ts';
import { example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

const DIRECTOR = 'executive-director';
const PLAN = 'plan-submission/written-action-plan';
const REPORT = 'cabinet-updates/cabinet-update';

/** The inspection on the day of the report: 16 recommendations, and nothing yet that answers them. */
function onTheDay() {
  const start = example('middlesbrough-2016', { received: '2016-02-19' });
  const { inspection } = start.facts;
  const { themes, actions } = inspection;
  return {
    themes,
    actions,
    start: { ...start, facts: { ...start.facts, inspection: { ...inspection, themes: [], actions: [] } } },
  };
}

const put = (what: 'theme' | 'action', item: unknown): Edit =>
  what === 'theme'
    ? { kind: 'put', what, item: themeSchema.parse(item) }
    : { kind: 'put', what, item: actionSchema.parse(item) };

// The Executive's paper of 10 May 2016 tells how the plan came about: the report on 19 February with its recommendations, a draft
// to the lead inspector, the Executive on 10 May, Ofsted by 30 June, and from then on reports to the Executive. The days between
// are this test's own.
test('Middlesbrough 2016 as it was lived: no action on the first day, a plan revised twice, agreed, submitted, reported on for a year', async () => {
  const rig = await openRig();
  const { start, themes, actions } = onTheDay();
  const id = await rig.start(start, '2016-02-19T10:00:00.000Z');
  const { authority, reference } = partsOf(id);
  const give = <N extends CommandName>(name: N, payload: CommandPayload<N>, role = DIRECTOR) =>
    rig.engine.command(id, name, payload, { id: 'x', role });
  const until = (day: string) => rig.advanceTo(id, `${day}T10:30:00.000Z`);
  const duty = async (name: string) => (await rig.engine.view(id)).milestones.find((each) => each.id === name);
  const action = (name: string) => `improvement-actions/${name}`;
  const saidIn = (from: number, role: string) =>
    rig.sent
      .slice(from)
      .filter(({ recipient }) => recipient.roles.some((each) => each.id === role))
      .flatMap(({ day, notices }) => notices.map(({ kind, milestone }) => `${day} ${kind} ${milestone}`));

  // 19 February: the report. The plan is due in 90 working days; nobody has an action.
  const view = await rig.engine.view(id);
  expect(view.improvement.recommendations).toHaveLength(16);
  expect(view.milestones.filter(({ strand }) => strand === 'improvement-actions')).toEqual([]);
  expect((await duty(PLAN))?.due).toBe('2016-06-30');

  // 1 April: the draft. Themes and actions are written into the plan, and each owner hears of theirs once.
  await until('2016-04-01');
  let before = rig.sent.length;
  const board = { acceptedBy: { role: 'assistant-director' } };
  const first = actions.map((each) => (each.id === 'care-plan-audit' ? { ...each, ...board } : each));
  await give('revise', {
    edits: [...themes.map((each) => put('theme', each)), ...first.map((each) => put('action', each))],
    reason: 'the draft plan',
    expect: 1,
  });
  await give('recordPlan', { plan: 'improvement-plan', version: 1, stage: 'draft', on: '2016-04-01' });
  expect((await duty(action('statutory-visits')))?.due).toBe('2016-05-19');
  await until('2016-04-05');
  expect(saidIn(before, 'virtual-school-head').filter((each) => each.includes('planned'))).toEqual([
    '2016-04-04 planned improvement-actions/personal-education-plans',
    '2016-04-04 planned improvement-actions/attendance-and-transition',
  ]);

  // 25 April: after the lead inspector's comments one action is moved, one split in two, one withdrawn.
  await until('2016-04-25');
  before = rig.sent.length;
  await give('recordPlan', { plan: 'improvement-plan', version: 1, stage: 'commented', by: 'the lead inspector' });
  const of = (name: string) => actions.find((each) => each.id === name) ?? {};
  await give('revise', {
    edits: [
      put('action', { ...of('statutory-visits'), due: '2016-07-29' }),
      put('action', {
        ...of('lead-professionals'),
        id: 'lead-professionals-schools',
        replaces: ['lead-professionals'],
      }),
      put('action', { ...of('lead-professionals'), id: 'lead-professionals-health', replaces: ['lead-professionals'] }),
      { kind: 'withdraw', what: 'action', id: 'lead-professionals' },
    ],
    reason: 'the comments of the lead inspector',
    minute: 'Letter of 22 April 2016',
    expect: 2,
  });
  await until('2016-04-27');
  expect(saidIn(before, 'head-of-early-help')).toEqual([
    '2016-04-26 planned improvement-actions/lead-professionals-health',
    '2016-04-26 planned improvement-actions/lead-professionals-schools',
    '2016-04-26 withdrawn improvement-actions/lead-professionals',
  ]);
  expect(await duty(action('statutory-visits'))).toMatchObject({
    due: '2016-07-29',
    moves: [{ from: '2016-05-19', to: '2016-07-29' }],
  });

  // 10 May: the Executive agrees; the version says which revision it was. 28 June: it goes to Ofsted.
  await until('2016-05-10');
  await give('recordPlan', { plan: 'improvement-plan', version: 1, stage: 'agreed', by: 'the Executive' });
  await until('2016-06-28');
  await give('submit', { milestone: PLAN });
  await give('recordPlan', {
    ...{ plan: 'improvement-plan', version: 1, stage: 'submitted' },
    note: 'Scrutiny is to have it in July.',
  });
  const { improvement } = await rig.engine.view(id);
  expect(improvement.plans?.[0]?.stages.map(({ stage, on, revision }) => [stage, on, revision])).toEqual([
    ['draft', '2016-04-01', 2],
    ['commented', '2016-04-25', 2],
    ['agreed', '2016-05-10', 3],
    ['submitted', '2016-06-28', 3],
  ]);

  // A year of monthly progress; in August and in December nobody says anything.
  const MONTHS = ['07', '08', '09', '10', '11', '12']
    .map((month) => `2016-${month}`)
    .concat(['01', '02', '03', '04', '05', '06'].map((month) => `2017-${month}`));
  const reported = ['diverse-communities', 'care-leavers'];
  const reports: { at: string; made: ReturnType<typeof progressReport> }[] = [];
  for (const [index, month] of MONTHS.entries()) {
    await until(`${month}-04`);
    if (month === '2016-09') {
      // Done, but not well enough: the assistant director sends it back, and accepts it in October.
      await give('submit', { milestone: action('care-plan-audit') }, 'head-of-looked-after-children');
      await give(
        'sendBack',
        { milestone: action('care-plan-audit'), reason: 'half of the sample is missing', to: '2016-10-31' },
        'assistant-director',
      );
      expect(await duty(action('care-plan-audit'))).toMatchObject({ status: 'open', due: '2016-10-31' });
    }
    if (month === '2016-10') {
      await give('submit', { milestone: action('care-plan-audit') }, 'head-of-looked-after-children');
      await give('accept', { milestone: action('care-plan-audit') }, 'assistant-director');
      await give('complete', { milestone: action('chronologies') }, 'head-of-safeguarding');
    }
    if (month === '2017-02') {
      await give('reopen', { milestone: action('chronologies'), reason: 'the audit of January found them out of use' });
      expect(await duty(action('chronologies'))).toMatchObject({ status: 'open', due: '2016-08-19' });
    }
    if (month !== '2016-08' && month !== '2016-12')
      for (const name of reported) {
        const owner = (await duty(action(name)))?.owner ?? '';
        if (index === MONTHS.length - 1 || (await duty(action(name)))?.status !== 'open') continue;
        await give(
          'progress',
          { milestone: action(name), percent: Math.min(100, index * 9), text: `As of ${month}: ${index} of 12.` },
          owner,
        );
      }
    if (index % 3 === 2) {
      const now = await rig.engine.view(id);
      expect(await rig.register.reached(authority, reference, now.seq, 60_000)).toBe(true);
      const history = await rig.register.history(authority, reference);
      const calendar = createCalendar(calendarDataOf(start));
      const since = MONTHS[index - 2] ?? '';
      reports.push({
        at: month,
        made: progressReport(now, history, calendar, { since: `${since}-04`, roleTitle: (role) => role }),
      });
    }
  }

  // Four reports to the Executive: each tells its quarter, and nothing that was decided is left out.
  const told = (at: string) => JSON.stringify(reports.find((each) => each.at === at)?.made);
  expect(reports.map(({ at }) => at)).toEqual(['2016-09', '2016-12', '2017-03', '2017-06']);
  expect(told('2016-09')).toContain('half of the sample is missing');
  expect(told('2016-12')).toContain('care plans');
  expect(told('2017-03')).toContain('the audit of January found them out of use');
  const dues = (await rig.register.milestones(authority, reference))
    .filter(({ milestone }) => milestone.startsWith(REPORT))
    .slice(0, 4)
    .map(({ due }) => due);
  expect(dues).toEqual(['2016-05-19', '2016-08-19', '2016-11-21', '2017-02-20']);
  const series = await rig.register.entriesOfKind(
    { authority, reference, kind: 'progress-reported', milestone: action('care-leavers') },
    { offset: 0, limit: 100 },
  );
  expect(series.entries.map(({ at }) => at.slice(0, 7))).toEqual(
    MONTHS.filter((month) => !['2016-08', '2016-12', '2017-06'].includes(month)),
  );
  // Everything that was ever in the plan is in it, or named as withdrawn.
  const { inspection } = (await rig.engine.facts(id)).facts;
  const names = [...inspection.actions, ...(inspection.withdrawn ?? [])].map((each) => each.id);
  for (const each of actions) expect(names).toContain(each.id);
}, 300_000);
