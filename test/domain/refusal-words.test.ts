import { expect, test } from 'vitest';
import { apply } from '../../domain/commands/apply.ts';
import { type Command, COMMAND_NAMES, definitionOf } from '../../domain/commands/commands.ts';
import { MILESTONE_STATUSES } from '../../domain/milestone/statuses.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { ACTION, ADMINISTRATOR, EXTREMES, reason, story } from '../support/every-command.ts';
import { refusalSentence } from '../support/refusals.ts';

/** Words that carry nothing by themselves, and those for whoever is spoken to or of. */
const SMALL = new Set(
  'a an and as by for from in is it its of on or s somebody that the their them they to was what with you your are'.split(
    ' ',
  ),
);
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 0 && !SMALL.has(word));

/** What is said of the whole inspection where a button speaks of one thing of it, or the other way round. */
const OTHERWISE: Partial<Record<string, string>> = {
  // The command line's own: no page has a button of that name.
  changeAuthority: 'apply',
  // The page says first which decision it is of.
  reconsider: '',
  correctEvent: 'withdraw',
};

test.each(COMMAND_NAMES)('who may not %s is told so in the words of its button', (name) => {
  const { title, verb } = definitionOf(name);
  const said = new Set(wordsOf(verb));
  const missing = wordsOf(title).filter((word) => !said.has(word) && !said.has(`${word}s`));
  expect(missing.filter((word) => word !== OTHERWISE[name])).toEqual([]);
});

/** What nobody reads on a button or a tag: the names of commands and statuses in files and programs. */
const OF_PROGRAMS = /\b(completed?|waived?|held|released?|extend(ed)?|acknowledged?|is open|reassigned)\b/i;

/** An action as each status has it, by what somebody did. */
const STANDING: Record<string, () => ReturnType<typeof story>> = {
  open: () => story(),
  held: () =>
    story().command({ name: 'hold', payload: { milestone: ACTION, reason, reviewOn: '2016-03-01' } }, ADMINISTRATOR),
  submitted: () => story().command({ name: 'submit', payload: { milestone: ACTION } }, ADMINISTRATOR),
  completed: () => story().command({ name: 'complete', payload: { milestone: ACTION } }, ADMINISTRATOR),
  waived: () => story().command({ name: 'waive', payload: { milestone: ACTION, reason } }, ADMINISTRATOR),
};

const cases = Object.keys(STANDING).flatMap((status) => COMMAND_NAMES.map((name) => [status, name] as const));

test.each(cases)('where an action is %s, what %s is refused by says so in the words of pages', (status, name) => {
  const told = (STANDING[status] ?? story)();
  const sentences = EXTREMES[name].map((payload) =>
    refusalSentence(() => apply(told.state, { name, payload } as Command, ADMINISTRATOR, told.now)),
  );
  expect(sentences.filter((sentence) => OF_PROGRAMS.test(sentence))).toEqual([]);
});

test('each status is said after a title as its tag says it', () => {
  for (const status of namesOf(MILESTONE_STATUSES)) {
    const { words, stands } = MILESTONE_STATUSES[status];
    expect(wordsOf(stands)).toEqual(expect.arrayContaining(wordsOf(words)));
  }
});
