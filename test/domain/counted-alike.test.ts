import { expect, test } from 'vitest';
import { themeLines } from '../../client/web/inspection/themes.ts';
import { endOfDay } from '../../domain/audit/audit.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { closableInWords } from '../../domain/closing/closable.ts';
import { namesOf } from '../../domain/closed-table.ts';
import type { Command, CommandName } from '../../domain/commands/commands.ts';
import { onTimeByQuarter } from '../../domain/figures/on-time.ts';
import { dutiesBefore } from '../../domain/figures/past.ts';
import { quartersTo } from '../../domain/figures/periods.ts';
import { stoodInWords, themesOverTime } from '../../domain/figures/themes.ts';
import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { endedOnInWords } from '../../domain/milestone/ended-on.ts';
import { standingOf } from '../../domain/milestone/milestone-state.ts';
import { MILESTONE_STANDINGS, type MilestoneStanding } from '../../domain/milestone/statuses.ts';
import { Story } from '../../domain/preview/story.ts';
import { actionLines } from '../../domain/progress/action-lines.ts';
import { BY_DATES, byDates } from '../../domain/progress/by-dates.ts';
import { progressReport, REPORT_SECTIONS } from '../../domain/progress/report.ts';
import { seriesIn } from '../../domain/progress/series.ts';
import { publicPage } from '../../domain/publication/public-page.ts';
import { action as actionSchema } from '../../domain/schemas/plan.ts';
import { calendar, startOf } from '../support/facts.ts';

// One and the same action in each standing, in every place that counts it: whether it is done is one thing.

const ACTION = 'improvement-actions/audit';
const NOW = '2025-02-20T10:00:00.000Z';
const DUE = '2025-04-30';
const LATER = '2025-05-14T10:00:00.000Z';

const action = (acceptedBy?: object) => ({
  ...{ id: 'audit', title: 'Audit', theme: 'quality', owner: 'team-manager', due: DUE, recommendations: ['1'] },
  ...(acceptedBy === undefined ? {} : { acceptedBy }),
});
const accepted = action({ role: 'director' });
const begun = (of: ReturnType<typeof action>) =>
  new Story(
    startOf({
      reference: '2025',
      fieldwork: { from: '2024-11-25', until: '2024-12-13' },
      report: { published: '2025-02-19' },
      recommendations: [{ id: '1', text: 'Audit files.' }],
      themes: [{ id: 'quality', title: 'Quality of practice', officer: 'director', recommendations: ['1'] }],
      actions: [of],
    }),
    NOW,
  ).command(
    { name: 'progress', payload: { milestone: ACTION, rating: 'amber', percent: 80 } },
    { id: 'x', role: 'team-manager' },
  );
const give = (story: Story, name: CommandName, role: string, payload: object = {}) =>
  story.command({ name, payload: { milestone: ACTION, ...payload } } as Command, { id: role, role });
const reason = 'agreed';
const submitted = () => give(begun(accepted), 'submit', 'team-manager');
const item = actionSchema.parse(action());
const revised = (story: Story) =>
  story.command(
    { name: 'revise', payload: { edits: [{ kind: 'put', what: 'action', item }], reason } },
    { id: 'x', role: 'democratic-services' },
  );

type Counted = 'done' | 'waiting' | 'to do' | 'overdue' | 'gone';

/** What each place says of an action that counts as it does; with its day long past, where the story goes on until then. */
const EXPECTED: Record<
  Counted,
  { left: string; stood: string; standing: string; isClosable: boolean; onTime: string; section: string[] }
> = {
  done: {
    ...{ left: 'nothing', stood: '1 of 1 done', standing: '1 of 1 action of the plan is done.' },
    ...{ isClosable: true, onTime: 'on time', section: ['met'] },
  },
  waiting: {
    left: '1 submitted, waiting to be accepted',
    stood: '0 of 1 done, 1 submitted, waiting to be accepted',
    standing: '0 of 1 action of the plan are done. 1 more is submitted, waiting to be accepted.',
    ...{ isClosable: false, onTime: 'not counted', section: ['submitted'] },
  },
  'to do': {
    ...{ left: '1 not late', stood: '0 of 1 done', standing: '0 of 1 action of the plan are done.' },
    ...{ isClosable: false, onTime: 'not counted', section: [] },
  },
  overdue: {
    ...{ left: '1 overdue', stood: '0 of 1 done, 1 overdue', standing: '0 of 1 action of the plan are done.' },
    ...{ isClosable: false, onTime: 'not done', section: ['missed'] },
  },
  gone: {
    ...{ left: '1 no longer to be done', stood: '0 of 0 done', standing: '0 of 1 action of the plan are done.' },
    ...{ isClosable: false, onTime: 'not counted', section: ['noLonger'] },
  },
};

test.each<[string, Counted, MilestoneStanding, () => Story, string]>([
  ['to do', 'to do', 'open', () => begun(action()), NOW],
  ['overdue', 'overdue', 'overdue', () => begun(accepted), LATER],
  ['submitted, and to be accepted', 'waiting', 'submitted', submitted, LATER],
  [
    'marked as done, and to be accepted',
    'waiting',
    'submitted',
    () => give(begun(accepted), 'complete', 'team-manager'),
    LATER,
  ],
  [
    'submitted, where nobody has to accept it',
    'done',
    'completed',
    () => give(begun(action()), 'submit', 'team-manager'),
    LATER,
  ],
  [
    'marked as done, where nobody has to accept it',
    'done',
    'completed',
    () => give(begun(action()), 'complete', 'team-manager'),
    LATER,
  ],
  ['accepted', 'done', 'completed', () => give(submitted(), 'accept', 'director'), LATER],
  [
    'marked as done by whoever has to accept it',
    'done',
    'completed',
    () => give(begun(accepted), 'complete', 'director'),
    LATER,
  ],
  ['submitted, and no longer to be accepted', 'done', 'completed', () => revised(submitted()), LATER],
  ['waived', 'gone', 'waived', () => give(begun(action()), 'waive', 'director', { reason }), LATER],
  ['taken back', 'to do', 'open', () => give(submitted(), 'reopen', 'team-manager', { reason }), NOW],
  ['taken back, and late', 'overdue', 'overdue', () => give(submitted(), 'reopen', 'team-manager', { reason }), LATER],
  ['sent back', 'to do', 'open', () => give(submitted(), 'sendBack', 'director', { reason, to: DUE }), NOW],
  [
    'done, and opened again',
    'to do',
    'open',
    () => give(give(begun(action()), 'submit', 'team-manager'), 'reopen', 'team-manager', { reason }),
    NOW,
  ],
])('an action that is %s counts the same everywhere', (_what, counted, standing, told, until) => {
  const story = told().until(until);
  const { state, now, entries } = story;
  const view = viewOf(state, now);
  const row = entries.findLast(({ milestone, row: is }) => milestone === ACTION && is !== null)?.row;
  if (row === null || row === undefined) throw new Error('nothing on record');
  const expected = EXPECTED[counted];
  const roles = (role: string) => roleTitle(state.facts.authority, role);
  const words = MILESTONE_STANDINGS[standing].words;
  // Lists, downloads, the API: where it stands.
  expect(standingOf(row, true, now)).toBe(standing);
  const place = { reference: '2025', authority: 'anyborough', title: 'Anyborough 2025', status: 'open' as const };
  const facts = { rows: [row], homes: new Map(), titles: new Map(), entry: { number: 1, hash: '' }, ...place };
  expect(publicPage(facts, localDate(now)).actions.map(({ status }) => status)).toEqual([words]);
  // The inspection's page and its bars, the update, briefing and pack.
  const report = progressReport(view, entries, calendar, { since: '2025-02-20', roleTitle: roles });
  const [line] = themeLines({ facts: state.facts, calendar: calendarDataOf(state), state, view });
  expect([report.themes[0]?.left, line?.left, report.standing[0]]).toEqual([
    expected.left,
    expected.left,
    expected.standing,
  ]);
  const [pieces, done] = [line?.bar.map(({ kind }) => kind), counted === 'done' ? 1 : 0];
  const drawn = { done: ['done'], waiting: [], 'to do': [], overdue: ['late'], gone: ['other'] }[counted];
  expect([pieces, line?.done]).toEqual([drawn, done]);
  // What happened is told under what it was, in the update and whatever is made of it.
  const ofAction = (each: string) => each.startsWith('Audit');
  const under = namesOf(REPORT_SECTIONS).filter((name) => report[name].some(ofAction));
  expect(under).toEqual(expect.arrayContaining(expected.section));
  expect(under.includes('met') && !under.includes('reopened')).toBe(counted === 'done');
  expect(closableInWords(view) !== undefined).toBe(expected.isClosable);
  // By its dates and by its rating.
  const dates = byDates(row, now, calendar);
  const [written] = actionLines(view, seriesIn(entries), calendar, roles);
  expect(written?.byDates).toBe(`${BY_DATES[dates].words} ${endedOnInWords(row)}`.trimEnd());
  expect([dates === 'done', dates === 'submitted', row.rating === 'Complete', written?.rating === 'Complete']).toEqual([
    ...[counted === 'done', counted === 'waiting'],
    ...[counted === 'done', counted === 'done'],
  ]);
  // The figures of the day.
  const changes = entries.flatMap(({ seq, at, row: is }) =>
    is === null ? [] : [{ ...is, theme: is.theme ?? null, number: seq, seq, at }],
  );
  const moment = { on: localDate(now), until: endOfDay(localDate(now)) };
  const pasts = dutiesBefore([{ reference: '2025', startedAt: NOW, end: null, changes }], moment.until);
  const [theme] = themesOverTime(pasts, [moment]);
  const stood = theme?.stood[0];
  expect(stood === null || stood === undefined ? undefined : stoodInWords(stood)).toBe(expected.stood);
  const ofDuty = pasts.filter(({ changes: own }) => own[0]?.milestone === ACTION);
  const [quarter] = onTimeByQuarter(ofDuty, quartersTo(DUE, 1), moment.until);
  const said = { onTime: 'on time', late: 'late', notDone: 'not done' } as const;
  const became = (['onTime', 'late', 'notDone'] as const).filter((name) => (quarter?.[name] ?? 0) > 0);
  expect(became.map((name) => said[name])).toEqual(expected.onTime === 'not counted' ? [] : [expected.onTime]);
});
