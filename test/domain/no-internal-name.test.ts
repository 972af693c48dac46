import { describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import { story as demonstration } from '../../client/demonstration/story.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { apply } from '../../domain/commands/apply.ts';
import { type Command, COMMAND_NAMES } from '../../domain/commands/commands.ts';
import { waitingSentences } from '../../domain/plan/waiting.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import { coverageGaps } from '../../domain/progress/coverage.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { everyDocument } from '../support/documents.ts';
import { ADMINISTRATOR, BEFORE, by, copyOf, EXTREMES, OWNER, start, START, story } from '../support/every-command.ts';
import { example } from '../support/example.ts';
import { internalNames, linesNaming } from '../support/internal-names.ts';
import { refusalIn } from '../support/refusals.ts';

// Nobody but a program reads what a duty, a theme, a rule or a role is called inside: a sentence has what people call it.

const MORNING = 'T10:00:00.000Z';

/** What a story puts on record, explains and mails, line by line, where a name of the inside stands in it. */
function namedIn(told: Story): string[] {
  const { facts } = told.state;
  const view = viewOf(told.state, told.now);
  const ids = [...view.milestones.map(({ id }) => id), ...Object.keys(told.state.ended)];
  const mails = told.mails.map((each) => composeMail(each, { from: 'duecourse@example.org' }));
  return linesNaming(internalNames(facts, ids), [
    ...told.entries.map(({ text }) => text),
    ...view.milestones.flatMap(({ title, act, explanation }) => [title, act, ...explanation]),
    ...mails.flatMap(({ subject, text }) => [subject, text]),
    ...waitingSentences(facts),
    ...coverageGaps(facts.inspection),
    ...Object.values(view.homes),
  ]);
}

const after = (days: number, told: Story): Story => told.until(`${addDays(localDate(told.now), days)}${MORNING}`);

/** Each example, and the day on which it is started. */
const EXAMPLES = {
  'middlesbrough-2011': '2011-06-01',
  'middlesbrough-2016': '2016-02-20',
  'middlesbrough-2020': '2020-02-01',
  'stockton-on-tees-2010': '2010-11-01',
  'worcestershire-2016': '2017-01-26',
  'every-key/inspection': '2026-11-26',
};

describe('no name of the inside stands in a sentence', () => {
  test.each(Object.entries(EXAMPLES))('of the example %s, in its first months', (name, day) => {
    expect(namedIn(after(150, new Story(example(name), `${day}${MORNING}`)))).toEqual([]);
  });

  test('of the demonstration', () => {
    for (const start of demonstration('2026-11-27').inspections) {
      const startedBy = { id: 'x', role: start.facts.authority.chain.administrator };
      expect(namedIn(after(60, new Story({ ...start, startedBy }, `2026-11-27${MORNING}`)))).toEqual([]);
    }
  });

  test.each(COMMAND_NAMES)('that comes of %s', (name) => {
    const before = BEFORE[name]?.(story()) ?? story();
    const actor = by(OWNER.has(name) ? 'team-manager' : ADMINISTRATOR.role);
    const taken = EXTREMES[name].filter(
      (payload) => refusalIn(() => apply(before.state, { name, payload } as Command, actor, before.now)) === undefined,
    );
    expect(taken.length).toBeGreaterThan(0);
    for (const payload of [taken[0], taken.at(-1)])
      expect(namedIn(after(15, copyOf(before).command({ name, payload } as Command, actor)))).toEqual([]);
  });

  test('that comes of a plan whose actions are divided, moved and passed on', () => {
    const item = { owner: 'team-manager', due: '2016-05-31' };
    const put = (action: object) => ({ kind: 'put', what: 'action', item: { ...item, ...action } });
    const themes = [{ id: 'so-1', title: 'Practice', officer: 'director' }];
    const told = new Story(
      start({
        themes,
        recommendations: [
          { id: 'first-one', text: 'Read every case file.' },
          { id: 'r2', text: 'Train.' },
        ],
      }),
      START,
    );
    const edits = [
      { kind: 'withdraw', what: 'action', id: 'done' },
      put({ id: 'done-2', title: 'Read the new files', recommendations: ['first-one', 'r2'], replaces: ['done'] }),
      put({ id: 'audit', title: 'Audit', owner: 'vacant-post', recommendations: ['r2'], theme: 'so-1' }),
    ];
    told.command({ name: 'revise', payload: { edits, reason: 'agreed' } } as Command, ADMINISTRATOR);
    expect(namedIn(after(5, told))).toEqual([]);
    const gone = { name: 'complete', payload: { milestone: 'improvement-actions/done' } } as const;
    expect(refusalIn(() => told.command(gone, ADMINISTRATOR))?.message).toMatch(
      / In its place: "Read the new files"\.$/,
    );
    expect(told.entries.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('Action "Done" withdrawn (in its place: "Read the new files")'),
    );
    expect(told.milestones['improvement-actions/audit']?.explanation).toContain('It answers recommendation 2.');
    expect(told.milestones['improvement-actions/done-2']?.explanation).toContain(
      'It answers recommendations "Read every case file.", "Train.".',
    );
  });

  test('of the documents that leave', () => {
    const { 'rule book': _rules, ...documents } = everyDocument();
    const names = internalNames(example('middlesbrough-2016').facts, []);
    for (const document of Object.values(documents))
      expect(linesNaming(names, [documentAsMarkdown(document)])).toEqual([]);
  });
});
