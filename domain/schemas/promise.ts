import { PREPARATION_KINDS } from '../meetings/preparation-kinds.ts';
import { z } from 'zod';
import { beside } from './beside.ts';
import { civilDate, explained, line, slug } from './common.ts';
import { checkChanges, checkCycle, cycle, cycleChange } from './cycle.ts';
import { instrumentId } from './instrument-id.ts';
import { ownDue, setBy } from './own-due.ts';
import { progressRound } from './rounds.ts';
import { dateAt, listAt, partAt, type Say, textAt } from './part.ts';
import { ladder, STRAND_MEANINGS, strandNames } from './rule-pack.ts';

const promisedStrands = strandNames.exclude(['call-in-window', 'improvement-actions', 'progress-rounds']);
/** The lines of duties that a promise in its own words may belong to. */
export const PROMISED_STRANDS = promisedStrands.options;
const promiseStrand = explained(promisedStrands, STRAND_MEANINGS);

/**
 * What the council has promised, or somebody has set it: after a rule, or in its own words; once, or in a cycle; to a body of
 * the council, or to somebody outside.
 */
export const promise = z.strictObject({
  id: slug.optional().meta({
    description:
      'Its short name, unique in the file. Left out: its rule’s. Its duty is called `<strand>/<id>`, in a cycle with a number behind.',
    examples: ['improvement-board'],
  }),
  rule: slug
    .meta({ refersTo: 'rule' })
    .optional()
    .meta({
      description:
        'The rule that it follows: one of the framework’s; see `duecourse rules show FRAMEWORK`. Left out: the promise says all itself, in `title`, `act`, and `every` or `due`.',
      examples: ['cabinet-update'],
    }),
  instrument: instrumentId.meta({
    description:
      'The instrument under which it stands: its rule is one of that instrument’s framework, and it counts from its dates. Left out: the inspection itself.',
    examples: ['improvement-notice'],
  }),
  strand: promiseStrand
    .optional()
    .describe('The line of duties that it belongs to, where it follows no rule. Left out: other-reporting.'),
  title: line.optional().meta({
    description: 'What it is called here. Left out: as the rule calls it.',
    examples: ['Progress report to the Executive'],
  }),
  act: line.optional().meta({
    description: 'What its owner is asked to do, as a mail says it. Left out: as the rule says it.',
    examples: ['Bring a report on the plan to the Improvement Board.'],
  }),
  body: slug
    .meta({ refersTo: 'body' })
    .optional()
    .meta({
      description: 'The body it goes to: each date moves to its next meeting, where one is on file.',
      examples: ['cabinet'],
    }),
  to: line.optional().meta({
    description: 'Who it goes to, where that is nobody of the council’s.',
    examples: ['the Department for Education'],
  }),
  due: ownDue.optional().meta({
    description: 'What comes once: by when. Not where it follows a rule, which says it.',
    examples: ['2027-01-29'],
  }),
  every: cycle.optional().describe('How often, where it is not as the rule says. Of a rule that comes once: how long.'),
  from: civilDate.optional().meta({
    description:
      'The clock starts on this day. Left out: at the rule’s own event; in its own words, at the receipt of the report.',
    examples: ['2026-09-01'],
  }),
  first: civilDate.optional().meta({
    description: 'The first one is on this day, and the others are counted from it.',
    examples: ['2026-09-15'],
  }),
  until: civilDate.optional().meta({
    description: 'The last date of the cycle. Left out: it goes on until the inspection is closed.',
    examples: ['2027-12-31'],
  }),
  changes: z
    .array(cycleChange)
    .max(100)
    .optional()
    .describe('What was changed of the cycle, each from a day on, in order. It keeps its numbers.'),
  setBy: setBy.optional(),
  key: z
    .boolean()
    .optional()
    .describe('It asks the body for a key decision: notice is given 28 clear days before the meeting.'),
  generalException: line.optional().meta({
    description:
      'Why notice of 28 clear days can’t be given of the key decision: it is given by general exception then, five clear days before, and scrutiny’s chair is told.',
    examples: ['the report came after the notice was due'],
  }),
  inPrivate: z
    .boolean()
    .optional()
    .describe(
      'It is to be decided in private: notice of that is given 28 clear days before the meeting, and again, with the reasons, five.',
    ),
  writtenRoute: z
    .strictObject({
      title: line.meta({
        description: 'What the duty is called then.',
        examples: ['Written update to Cabinet members'],
      }),
      act: line.meta({ description: 'What its owner is asked to do then.', examples: ['Send the update in writing.'] }),
    })
    .optional()
    .describe('What takes the meeting’s place where it is cancelled and no other one is left before the next round.'),
  owner: slug
    .meta({ refersTo: 'owner' })
    .optional()
    .meta({
      description: 'Whose duty it is. Left out: whoever `owners` names for the strand.',
      examples: ['assistant-director'],
    }),
  with: beside,
  source: line.optional().meta({
    description: 'Where the council promised it; its dates say so.',
    examples: ['Report to Cabinet, 13 October 2026, paragraph 25'],
  }),
  round: progressRound
    .optional()
    .describe(
      'Before each of its dates the owners of open actions are asked how these stand. Left out: nobody is asked; `{}` asks with the usual days.',
    ),
  ladder: ladder.optional().describe('Its reminders and escalation, where they are not the usual ones.'),
});

export type Promised = z.infer<typeof promise>;

/** What must be right of the promises of a file, each mistake once, at its place. */
export function checkPromises(file: unknown, say: Say): void {
  const seen = new Set<string>();
  listAt(file, 'commitments').forEach((each, index) => {
    const path = ['commitments', index];
    if (typeof each !== 'object' || each === null) return;
    const [own, rule] = [textAt(each, 'id'), textAt(each, 'rule')];
    const id = own ?? rule;
    if (id === undefined) say(path, 'expected an `id`, or the `rule` that it follows');
    else if (seen.has(id))
      say(
        [...path, own === undefined ? 'rule' : 'id'],
        own === undefined
          ? `there is another promise called "${id}": give this one an \`id\` of its own`
          : `"${id}" is defined twice`,
      );
    if (id !== undefined) seen.add(id);
    checkWords(each, path, say);
    checkDays(each, path, say);
    if (textAt(each, 'generalException') !== undefined && partAt(each, 'key') !== true)
      say([...path, 'generalException'], 'only a key decision needs notice: say `key: true`, or leave it out');
  });
  for (const one of seen) {
    const other = OF_ANOTHER.exec(one)?.[1];
    if (other === undefined || !seen.has(other)) continue;
    const index = listAt(file, 'commitments').findIndex((each) => (textAt(each, 'id') ?? textAt(each, 'rule')) === one);
    say(
      ['commitments', index, 'id'],
      `"${one}" is what a round of "${other}", or what it needs, is called: give it another name`,
    );
  }
}

/** How rounds, what is made ready for their meetings, and later events are called: after the promise itself. */
const OF_ANOTHER = new RegExp(`^(.*?)-(?:\\d+|${PREPARATION_KINDS.join('|')}|meetings|event-\\d+)$`);

type Path = (string | number)[];

/** A promise that follows no rule says all that a rule would. */
function checkWords(each: unknown, path: Path, say: Say): void {
  const has = (key: string) => partAt(each, key) !== undefined;
  if (has('rule')) {
    if (has('due'))
      say([...path, 'due'], 'a promise that follows a rule has its date from it: leave out `due` or `rule`');
    if (has('strand')) say([...path, 'strand'], 'the rule says which line of duties it belongs to');
  } else {
    const missing = ['title', 'act'].filter((key) => !has(key));
    if (missing.length > 0)
      say(
        path,
        `a promise that follows no rule says itself what is to be done: ${missing.map((key) => `\`${key}\``).join(' and ')} is missing`,
      );
    if (has('due') === has('every')) say(path, 'expected either `due`, for what comes once, or `every`, for a cycle');
  }
  if (has('body') && has('to'))
    say([...path, 'to'], 'it goes to a body of the council, or to somebody outside, not both');
}

/** What belongs to a cycle stands beside one, and what a body's meetings say beside a body. */
function checkDays(each: unknown, path: Path, say: Say): void {
  const has = (...key: string[]) => partAt(each, ...key) !== undefined;
  checkCycle(each, ['every'], (at, message) => say([...path, ...at], message));
  checkChanges(each, ['changes'], (at, message) => say([...path, ...at], message));
  if (has('due'))
    for (const key of ['from', 'first', 'until', 'changes', 'writtenRoute'])
      if (has(key)) say([...path, key], `"${key}" belongs to a cycle: this comes once`);
  const byMeetings = [each, ...listAt(each, 'changes')].some((part) => partAt(part, 'every', 'meetings') !== undefined);
  if (byMeetings && !has('body')) say([...path, 'every'], 'whose meetings? Name the `body`');
  for (const way of ['dates', 'meetings'])
    if (has('first') && has('every', way)) say([...path, 'first'], `the first one is the first of the ${way}`);
  const [from, first] = [dateAt(each, 'from'), dateAt(each, 'first')];
  if (from !== undefined && first !== undefined && first < from)
    say([...path, 'first'], `the first one (${first}) can't be before the clock starts (${from})`);
}
