import { unstopped } from '../unstopped.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { formatInstant, instantAt } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { withBeside } from './beside.ts';
import { standingFor } from './missed-before.ts';
import type { DateMove, KeptMilestone, Marks, Milestone, PlannedMilestone } from './milestone.ts';

/** What every milestone begins with. */
const NO_MARKS: Omit<Marks, 'due'> = { status: 'open', dueVersion: 1, moves: [], told: {}, announcements: [] };

/** More sentences than this nobody reads: the oldest go. */
const MAX_SENTENCES = 40;

/**
 * A milestone whole: what is planned, with the marks laid over it. A date that a person has set stands in the place of the
 * planner's, and its explanation before it.
 */
export function join(planned: PlannedMilestone, kept: KeptMilestone, calendar: WorkingCalendar): Milestone {
  const owner = kept.passedTo ?? planned.owner;
  const known = standingFor(planned, kept.missedBefore);
  const whole = withBeside<Milestone>(
    { ...known, ...NO_MARKS, ...kept, owner },
    kept.sharedWith ?? planned.beside ?? [],
  );
  if (whole.moves.length === 0 && kept.due === planned.due) return whole;
  // What people have set rests on no stand-in.
  const { stricter: _planned, standIn: _stood, ...moved } = whole;
  return {
    ...moved,
    dueAt: instantAt(kept.due, planned.cutOff),
    extendable: planned.extendable && setByOthers(whole) === undefined,
    provisional: calendar.isProvisional(kept.due),
    explanation: explanationOf(known, whole.moves),
  };
}

/** Where the plan has caught up with the last date that people set, it explains that itself. */
function explanationOf({ explanation, due, cutOff }: PlannedMilestone, moves: readonly DateMove[]): string[] {
  if (moves.at(-1)?.to !== due) return explainMoves(explanation, moves, cutOff);
  return [...moves.toReversed().flatMap((move) => [movedSentence(move), ...setBySentence(move)]), ...explanation].slice(
    0,
    MAX_SENTENCES,
  );
}

const movedSentence = ({ from, to, because }: DateMove): string =>
  `Moved from ${formatDate(from)} to ${formatDate(to)}, because ${unstopped(because)}.`;

const setBySentence = ({ by }: DateMove): string[] =>
  by === undefined ? [] : [`${by} set this date: it stays on its day, and no later one can be granted here.`];

/** Each date set by a person with its own explanation, before that of the date it replaced. */
export function explainMoves(explanation: string[], moves: readonly DateMove[], cutOff: string): string[] {
  return moves.reduce(
    (before, move) =>
      [
        movedSentence(move),
        ...setBySentence(move),
        `It is late after ${formatInstant(instantAt(move.to, cutOff))}.`,
        'How the date before it was worked out:',
        ...before,
      ].slice(0, MAX_SENTENCES),
    explanation,
  );
}

/** Who set the present date, where that is nobody of the council. */
export function setByOthers({ moves }: Pick<Milestone, 'moves'>): string | undefined {
  return moves.at(-1)?.by;
}

/** Is there nothing in it that is worth keeping? By its mark, so that no mark is forgotten. */
const IS_BLANK: { [M in keyof Required<Marks>]: (value: NonNullable<Marks[M]>) => boolean } = {
  due: () => false,
  status: (status) => status === 'open',
  dueVersion: (version) => version === 1,
  moves: (moves) => moves.length === 0,
  movedFrom: () => false,
  extensionRequested: () => false,
  extensionDeclined: () => false,
  passedTo: () => false,
  sharedWith: () => false,
  hold: () => false,
  acknowledged: () => false,
  progress: () => false,
  round: () => false,
  submitted: () => false,
  completed: () => false,
  accepted: () => false,
  returned: (returned) => returned.length === 0,
  waived: () => false,
  outcome: () => false,
  missed: (missed) => !missed,
  missedBefore: () => false,
  told: (told) => Object.keys(told).length === 0,
  announcements: (announcements) => announcements.length === 0,
};
const MARK_NAMES = Object.keys(IS_BLANK) as (keyof Marks)[];

/** The marks of a whole milestone, without those that every one begins with: all that a lifecycle keeps of it. */
export function keptOf(milestone: Milestone): KeptMilestone {
  const kept: KeptMilestone = { due: milestone.due };
  for (const name of MARK_NAMES) keep(name, milestone, kept);
  return kept;
}

function keep<M extends keyof Marks>(name: M, from: Marks, kept: Partial<Marks>): void {
  const value = from[name];
  if (value !== undefined && value !== null && !IS_BLANK[name](value)) kept[name] = value;
}
