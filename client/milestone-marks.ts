import { formatDate } from '../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../domain/calendar/london.ts';
import { namesOf } from '../domain/closed-table.ts';
import type { ViewedMilestone } from '../domain/lifecycle/view.ts';
import type { Marks } from '../domain/milestone/milestone.ts';
import { MILESTONE_STATUSES } from '../domain/milestone/statuses.ts';
import { grantsOf, SLIPPAGES } from '../domain/milestone/slippage.ts';
import { grantInWords } from '../domain/progress/slipped.ts';

/** What people and time have done to a duty, for people: a heading, and what there is to say. */
export interface MarkInWords {
  label: string;
  text: string;
}

/** The marks that people are shown; what is left out is the engine's own, or stands in a list's columns. */
type ShownMark =
  | 'movedFrom'
  | 'hold'
  | 'acknowledged'
  | 'extensionRequested'
  | 'progress'
  | 'submitted'
  | 'completed'
  | 'accepted'
  | 'returned'
  | 'waived'
  | 'outcome';

const WORDS: { readonly [Mark in ShownMark]: { label: string; say(mark: NonNullable<Marks[Mark]>): string } } = {
  movedFrom: { label: 'Moved', say: ({ due, because }) => `from ${formatDate(due)}, because ${because}` },
  hold: {
    label: 'On hold',
    say: ({ reason, awaiting, reviewOn }) =>
      `${reason}${awaiting === undefined ? '' : `; awaiting ${awaiting}`}; to be reviewed on ${formatDate(reviewOn)}`,
  },
  acknowledged: {
    label: 'Acknowledged',
    say: ({ promisedOn, note }) => `promised for ${formatDate(promisedOn)}${note === undefined ? '' : `: ${note}`}`,
  },
  extensionRequested: {
    label: 'A later date is asked for',
    say: ({ to, reason, at }) =>
      `${formatDate(to)}, asked for on ${formatDate(localDate(at))} and not granted or declined yet: ${reason}`,
  },
  progress: {
    label: 'Progress',
    say: ({ percent, forecast, on, reports }) =>
      [
        `reported on ${formatDate(on)}${reports === 1 ? '' : `, report ${reports}`}`,
        ...(percent === undefined ? [] : [`${percent} per cent done`]),
        ...(forecast === undefined ? [] : [`expected by ${formatDate(forecast)}`]),
      ].join('; '),
  },
  submitted: { label: MILESTONE_STATUSES.submitted.words, say: ({ at }) => formatInstant(at) },
  returned: {
    label: 'Sent back',
    say: (rounds) =>
      rounds
        .map(
          ({ submittedAt, on, by, reason }) =>
            `submitted ${formatInstant(submittedAt)}, sent back by ${by} on ${formatDate(on)}: ${reason}`,
        )
        .join('; '),
  },
  accepted: { label: 'Accepted', say: ({ on, by }) => `by ${by} on ${formatDate(on)}` },
  completed: { label: MILESTONE_STATUSES.completed.words, say: ({ at }) => formatInstant(at) },
  waived: { label: MILESTONE_STATUSES.waived.words, say: ({ at, reason }) => `${formatInstant(at)}: ${reason}` },
  outcome: { label: 'How it ended', say: (outcome) => outcome },
};

/** The marks by which a duty has ended, or was submitted: they stand apart where that is said with who put it on record. */
export const MARKS_OF_END: readonly ShownMark[] = ['submitted', 'completed', 'waived'];

/**
 * The marks of one duty, in the order of {@link WORDS}; none where nobody has done anything to it.
 *
 * @param without those that are said elsewhere
 */
export function marksInWords(marks: Partial<Marks>, without: readonly ShownMark[] = []): MarkInWords[] {
  const shown = namesOf(WORDS).filter((name) => !without.includes(name));
  return shown.flatMap((name) => inWords(name, marks[name]) ?? []);
}

function inWords<Mark extends ShownMark>(name: Mark, mark: Marks[Mark] | undefined): MarkInWords | undefined {
  if (mark === undefined || mark === null) return undefined;
  const { label, say } = WORDS[name];
  return { label, text: say(mark) };
}

/**
 * How a duty's date has been granted anew: its first date, how it stands to the end of its theme, and each later date with who
 * asked and who agreed; none where nobody has granted one.
 *
 * @param roleTitle the title of a role
 */
export function slippageInWords(duty: ViewedMilestone, roleTitle: (role: string) => string): MarkInWords[] {
  const grants = grantsOf(duty);
  if (grants.length === 0) return [];
  return [
    { label: 'First due', text: formatDate(duty.firstDue) },
    { label: 'Slipped', text: SLIPPAGES[duty.slippage].words },
    ...grants.map((grant, index) => ({ label: `Later date ${index + 1}`, text: grantInWords(grant, roleTitle) })),
  ];
}
