import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { lifecycleFrom } from '../../domain/lifecycle/from-register.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { renderDocument } from '../../client/web/render.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { progressReport } from '../../domain/progress/report.ts';
import { reportDocument } from '../../domain/progress/report-document.ts';
import { byDates } from '../../domain/progress/by-dates.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { placeByRag, RAGS } from '../../domain/progress/progress.ts';
import { seriesIn } from '../../domain/progress/series.ts';
import { hashOfText } from '../../domain/questions/words.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { calendar, council, startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const owner: Actor = { id: 'y', role: 'team-manager' };

const begun = () =>
  new Story(
    startOf({
      actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
      commitments: [{ rule: 'cabinet-update' }],
    }),
    NOW,
  );
type Said = Omit<CommandPayload<'progress'>, 'milestone'>;
const report = (story: Story, said: Said, actor = owner, milestone = ACTION) =>
  story.command({ name: 'progress', payload: { milestone, ...said } }, actor);
const refusal = (story: Story, said: Said, actor = owner, milestone = ACTION) =>
  refusalSentence(() => report(story, said, actor, milestone));

describe('reports on an action are a series', () => {
  const tell = () =>
    report(
      report(report(begun(), { rating: 'green', percent: 10, text: 'Begun.' }).until('2016-03-07T10:00:00.000Z'), {
        rating: 'amber',
        percent: 40,
        forecast: '2016-05-06',
        text: 'One team is ill.',
      }).until('2016-03-21T10:00:00.000Z'),
      { noChange: true },
    );

  test('that is kept and shown in order, none in the place of another', () => {
    const told = tell();
    const said = seriesIn(told.entries).map(({ on, rating, counts, percent, forecast, due, text, noChange, by }) =>
      [on, rating, counts, percent, forecast, due, text, noChange, by].join(' | '),
    );
    expect(said).toEqual([
      '2016-02-22 | Green | on-track | 10 |  | 2016-04-29 | Begun. | false | team-manager',
      '2016-03-07 | Amber | at-risk | 40 | 2016-05-06 | 2016-04-29 | One team is ill. | false | team-manager',
      '2016-03-21 | Amber | at-risk | 40 | 2016-05-06 | 2016-04-29 |  | true | team-manager',
    ]);
  });

  test('of which the state has the newest alone, and of its words the hash', () => {
    const told = tell();
    const is = milestoneOf(report(told, { text: 'All is well.' }).state, ACTION)?.progress;
    expect(is).toEqual({
      ...{ rating: 'amber', percent: 40, forecast: '2016-05-06' },
      ...{ on: '2016-03-21', at: '2016-03-21T10:00:00.000Z', by: 'team-manager', reports: 4 },
      words: { seq: expect.any(Number) as number, hash: hashOfText('All is well.') },
    });
    expect(JSON.stringify(told.state.kept)).not.toContain('One team is ill.');
  });

  test('a sentence of the record says it whole', () => {
    const told = tell();
    const sentences = told.entries.filter(({ kind }) => kind === 'progress-reported').map(({ text }) => text);
    expect(sentences.slice(1)).toEqual([
      'Audit of case files: Team Manager reports: Amber; 40 per cent done; expected by Friday 6 May 2016, after its date of Friday 29 April 2016. One team is ill.',
      'Audit of case files: Team Manager reports: no change; Amber; 40 per cent done; expected by Friday 6 May 2016, after its date of Friday 29 April 2016.',
    ]);
  });

  test('one of an earlier day takes its place in the series, and the newest stands', () => {
    const told = tell();
    const late = report(told, { on: '2016-03-01', percent: 20 });
    expect(seriesIn(late.entries).map(({ on, percent }) => `${on} ${percent}`)).toEqual([
      '2016-02-22 10',
      '2016-03-01 20',
      '2016-03-07 40',
      '2016-03-21 40',
    ]);
    expect(milestoneOf(late.state, ACTION)?.progress).toMatchObject({ on: '2016-03-21', percent: 40, reports: 4 });
  });

  test('goes on where the duty is completed and opened again', () => {
    const told = tell();
    const done = told.command({ name: 'complete', payload: { milestone: ACTION } }, owner);
    const put = done.until('2016-04-04T10:00:00.000Z');
    expect(put.state.kept[ACTION]).toBeUndefined();
    const again = put.command(
      { name: 'reopen', payload: { milestone: ACTION, reason: 'it was not' } },
      { id: 'x', role: 'director' },
    );
    expect(milestoneOf(report(again, { percent: 80 }).state, ACTION)?.progress).toMatchObject({
      reports: 4,
      percent: 80,
    });
  });

  test('is carried into a file by its newest report, which a start enters again', () => {
    const told = tell();
    const at = told.now;
    const { inspection, differences } = asFile(told.state, viewOf(told.state, at), told.entries, at);
    expect(inspection.happened).toEqual([
      {
        ...{ milestone: ACTION, what: 'reported', on: '2016-03-21', at: '10:00', by: 'team-manager' },
        ...{ rating: 'amber', percent: 40, forecast: '2016-05-06' },
      },
    ]);
    expect(differences).toEqual([
      "Of each action's reports on its progress the newest is carried; 2 earlier ones are in the history alone.",
    ]);
    const again = new Story({ ...startOf({}), facts: { ...told.state.facts, inspection } }, at);
    expect(seriesIn(again.entries)).toMatchObject([{ on: '2016-03-21', rating: 'Amber', percent: 40 }]);
    expect(again.entries.find(({ kind }) => kind === 'progress-reported')?.text).toBe(
      'Audit of case files: reported on Monday 21 March 2016, before the inspection was started here.',
    );
  });

  test('and is brought back from the register where the clock was lost', () => {
    const told = tell();
    const before = begun();
    const later = told.entries.filter(({ seq }) => seq > before.state.seq);
    const seq = told.entries.at(-1)?.seq ?? 0;
    const { kept } = lifecycleFrom({ state: { ...before.state, unrecorded: [] }, seq, later, mails: [] });
    expect(kept[ACTION]?.progress).toEqual(told.state.kept[ACTION]?.progress);
  });
});

describe('what makes no sense is refused in a sentence', () => {
  test.each<[Said, string]>([
    [
      {},
      'Say something of it: a rating, how much is done, a forecast, a few words, a measure, or that nothing has changed.',
    ],
    [
      { rating: 'ambr' },
      'This council has no rating "ambr"; did you mean "amber"? It has: red, amber, green, complete.',
    ],
    [
      { noChange: true },
      'There is no report on "Audit of case files" yet from which nothing could have changed; say how it stands.',
    ],
    [
      { noChange: true, percent: 10 },
      'Either nothing has changed, or something of rating, per cent and forecast has: say one of the two.',
    ],
    [
      { forecast: '2016-02-19' },
      "It can't be expected by Friday 19 February 2016, which was over on Monday 22 February 2016. If it is done, mark it as done.",
    ],
    [
      { forecast: '2106-05-06' },
      'The forecast Thursday 6 May 2106 is beyond Tuesday 31 December 2030, the last day for which bank holidays are known. Look at the year.',
    ],
    [
      { percent: 5, on: '2016-02-23' },
      "It can't have been so on Tuesday 23 February 2016, in the future: today is Monday 22 February 2016.",
    ],
    [
      { percent: 5, on: '1916-02-22' },
      'When was it so? Tuesday 22 February 1916 is before the inspection began, on Monday 23 November 2015. Look at the year.',
    ],
  ])('%j', (said, sentence) => {
    expect(refusal(begun(), said)).toBe(sentence);
  });

  test('of a duty that is no action, of one that has ended, and in an inspection that is closed', () => {
    expect(refusal(begun(), { percent: 1 }, { id: 'x', role: 'director' }, 'cabinet-updates/cabinet-update-1')).toBe(
      '"Update to Cabinet, no. 1" is no action of the improvement plan; progress is reported on its actions alone.',
    );
    const done = begun().command({ name: 'complete', payload: { milestone: ACTION } }, owner);
    expect(refusal(done, { percent: 100 })).toBe(
      '"Audit of case files" is done (by Team Manager on Monday 22 February 2016); nothing more can be done to it.',
    );
    const director = { id: 'x', role: 'director' };
    const closed = done
      .command({ name: 'waive', payload: { milestone: 'written-action-plan', reason: 'agreed' } }, director)
      .command(
        {
          name: 'close',
          payload: { reason: 'over', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
        },
        director,
      );
    expect(refusal(closed, { percent: 100 })).toContain('is closed');
  });

  test('of somebody whose action it is not', () => {
    expect(refusal(begun(), { percent: 1 }, { id: 'x', role: 'vacant-post' })).toBe(
      'Virtual School Head may not report on its progress. Its owner (Team Manager), those above them, managers and administrators may.',
    );
    expect(
      milestoneOf(report(begun(), { percent: 1 }, { id: 'x', role: 'head-of-service' }).state, ACTION),
    ).toMatchObject({
      progress: { by: 'head-of-service', percent: 1 },
    });
  });
});

describe('a council’s own ratings', () => {
  const ratings = [
    { id: 'on-target', name: 'On target', meaning: 'It is.', colour: 'green', counts: 'on-track' },
    { id: 'behind', name: 'One month behind', meaning: 'It is not.', colour: 'yellow', counts: 'off-track' },
  ];
  const checked = (more: object[]) =>
    authoritySchema
      .safeParse({ ...council, ratings: [...ratings, ...more] })
      .error?.issues.map(({ message }) => message);

  test('are taken in its own words, and no others', () => {
    const authority = authoritySchema.parse({ ...council, ratings });
    const start = startOf({
      actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
    });
    const story = new Story({ ...start, facts: { ...start.facts, authority } }, NOW);
    expect(refusal(story, { rating: 'green' })).toContain('It has: on-target, behind.');
    const told = report(story, { rating: 'behind' });
    expect(told.entries.at(-1)?.row?.rating).toBe('One month behind');
    // The series says what was said, whatever the council calls it later.
    const renamed = { ...authority, ratings: [ratings[0], { ...ratings[1], name: 'Behind' }] } as typeof authority;
    const after = told.command(
      { name: 'changeAuthority', payload: { authority: renamed } },
      { id: 'x', role: 'democratic-services' },
    );
    expect(seriesIn(after.entries)).toMatchObject([{ rating: 'One month behind', counts: 'off-track' }]);
  });

  test('are there once each', () => {
    expect(checked([])).toBeUndefined();
    expect(checked([{ ...ratings[0], name: 'Other' }])).toEqual(['the rating "on-target" is defined twice']);
    expect(checked([{ ...ratings[0], id: 'other' }])).toEqual(['the rating "On target" is defined twice']);
    expect(checked([{ ...ratings[0], id: 'x', name: 'x', colour: 'pink' }])).toHaveLength(1);
  });
});

describe('by its dates an action is', () => {
  const duty = {
    status: 'open',
    strength: 'commitment',
    due: '2016-04-29',
    dueAt: '2016-04-29T23:00:00.000Z',
  } as const;
  test.each([
    ['on-time', {}, '2016-04-14'],
    // Ten working days: 15 April to 29 April.
    ['due-soon', {}, '2016-04-15'],
    ['late', {}, '2016-04-30'],
    ['will-be-late', { forecast: '2016-04-30' }, '2016-03-01'],
    ['on-time', { forecast: '2016-04-29' }, '2016-03-01'],
    ['forecast-passed', { forecast: '2016-03-01' }, '2016-03-02'],
    ['on-time', { forecast: '2016-03-01' }, '2016-03-01'],
    ['on-hold', { status: 'held' }, '2016-03-01'],
    ['will-be-late', { status: 'held', forecast: '2016-05-01' }, '2016-03-01'],
    ['late', { status: 'missed' }, '2016-03-01'],
    ['submitted', { status: 'submitted', forecast: '2016-05-01' }, '2016-06-01'],
    ['done', { status: 'completed' }, '2016-06-01'],
    ['no-longer-applies', { status: 'waived' }, '2016-06-01'],
    ['on-time', { due: '2090-01-02', dueAt: '2090-01-03T00:00:00.000Z' }, '2016-03-01'],
  ] as const)('%s: %j on %s', (expected, parts, day) => {
    expect(byDates({ ...duty, ...parts }, `${day}T10:00:00.000Z`, calendar)).toBe(expected);
  });

  test('and a forecast shows in the view before it is late', () => {
    const told = report(begun(), { forecast: '2016-05-06' });
    const seen = viewOf(told.state, told.now).milestones.find(({ id }) => id === ACTION);
    expect(seen).toMatchObject({ overdue: false, byDates: 'will-be-late' });
  });
});

describe('the update to Cabinet', () => {
  const actions = ['audit', 'standard', 'vision'].map((id) => ({
    ...{ id, title: `Action ${id}`, owner: 'team-manager', due: '2016-04-29' },
  }));
  const told = () => {
    const story = new Story(startOf({ actions }), NOW);
    report(story, { rating: 'amber', percent: 40, forecast: '2016-05-06', text: 'One | team <b>is</b> ill.' });
    report(story.until('2016-03-07T10:00:00.000Z'), { noChange: true });
    report(story, { rating: 'complete' }, owner, 'improvement-actions/standard');
    story.command({ name: 'complete', payload: { milestone: 'improvement-actions/standard' } }, owner);
    return story.until('2016-03-14T10:00:00.000Z');
  };
  const made = (since: string) => {
    const { state, now, entries } = told();
    return progressReport(viewOf(state, now), entries, calendar, {
      since,
      roleTitle: (role) => roleTitle(state.facts.authority, role),
    });
  };

  test('prints the scheme, both ratings told apart, forecast, per cent and words', () => {
    const { scheme, byDatesRule, actions: lines } = made('2016-02-22');
    expect(scheme.map((each) => each.split(':')[0])).toEqual(['Red', 'Amber', 'Green', 'Complete']);
    expect(byDatesRule).toContain('Will be late (its owner expects it after its date)');
    const owned = { owner: 'Team Manager', due: 'Fri 29 April 2016' };
    expect(lines).toEqual([
      {
        ...{ title: 'Action audit', ...owned, forecast: 'Fri 6 May 2016', byDates: 'Will be late' },
        rating: 'Amber, 40 per cent done, on Mon 7 March 2016',
        said: 'Mon 22 February 2016: One | team <b>is</b> ill.',
      },
      {
        ...{ title: 'Action standard', ...owned, forecast: '', byDates: 'Done on Mon 7 March 2016' },
        ...{ rating: 'Complete, on Mon 7 March 2016', said: '' },
      },
      { title: 'Action vision', ...owned, forecast: '', byDates: 'On time', rating: '', said: '' },
    ]);
  });

  test('names who has not reported, and is text whatever people write', () => {
    expect(made('2016-03-07').unreported).toEqual(['Action vision (Team Manager): never.']);
    expect(made('2016-03-08').unreported).toEqual([
      'Action audit (Team Manager): last on Mon 7 March 2016.',
      'Action vision (Team Manager): never.',
    ]);
    expect(renderDocument(reportDocument(made('2016-02-22')))).toContain('One | team &lt;b&gt;is&lt;/b&gt; ill.');
    expect(documentAsMarkdown(reportDocument(made('2016-02-22')))).toContain('One \\| team \\<b\\>is\\</b\\> ill.');
  });
});

test('themes with the worst first: every rating has its place, what has none comes last', () => {
  const places = [undefined, 'complete', 'amber', 'green', 'red'] as const;
  expect(places.map(placeByRag)).toEqual([6, 4, 1, 3, 0]);
  expect(namesOf(RAGS).map((rag) => RAGS[rag].letter)).toEqual(['R', 'A', 'U', 'G', 'C', '–']);
});
