import { type CivilDate, formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import { unstopped } from '../unstopped.ts';
import type { MilestoneRow } from './columns.ts';
import { MILESTONE_STATUSES } from './statuses.ts';

type Ended = Pick<MilestoneRow, 'status' | 'due' | 'endedAt'> & Partial<Pick<MilestoneRow, 'dueAt'>>;

/** The day on which a duty was done, submitted or came to nothing, from its row; undefined while it is still to do. */
export function endedOn({ due, dueAt, endedAt }: Omit<Ended, 'status'>): CivilDate | undefined {
  if (endedAt === null) return undefined;
  // What passes by itself at midnight ends with its day, not with the next.
  return endedAt === dueAt ? due : localDate(endedAt);
}

/** The same beside where it stands, in lists: 'on Fri 12 March 2027'; '' while it is still to do. */
export function endedOnInWords(row: Ended): string {
  const day = endedOn(row);
  return day === undefined ? '' : `${MILESTONE_STATUSES[row.status].dated} ${formatShortDate(day)}`;
}

/** How a duty ended, or was submitted: as a label, and what there is to say. */
export interface EndInWords {
  label: string;
  text: string;
}

/**
 * What has become of a duty, with the day on which that was and who put it on record when; undefined while it is still to do.
 *
 * @param row how it stands in the register
 * @param entries its entries, oldest first
 * @param roleTitle the title of a role
 * @example
 * // { label: 'Done', text: 'on Friday 12 March 2027, recorded on Monday 15 March 2027 by Head of Service' }
 */
export function endInWords(
  row: Ended,
  entries: readonly RegisterEntry[],
  roleTitle: (role: string) => string,
): EndInWords | undefined {
  const day = endedOn(row);
  if (day === undefined) return undefined;
  const { words: label, dated } = MILESTONE_STATUSES[row.status];
  // By the entry since which it has stood so.
  const before = entries.findLastIndex((each) => each.row !== null && each.row.status !== row.status);
  const entry = entries.slice(before + 1).find((each) => each.row !== null);
  if (entry === undefined) return { label, text: `${dated} ${formatDate(day)}` };
  const recorded = localDate(entry.at);
  const by = entry.actor === null ? 'by itself' : `by ${roleTitle(entry.actor.role)}`;
  const { on, reason } = entry.data as { on?: CivilDate; reason?: string };
  const when =
    entry.kind === 'milestone-accepted'
      ? `accepted on ${formatDate(on ?? recorded)}, as submitted on ${formatDate(day)}`
      : `${dated} ${formatDate(day)}`;
  const isReasoned = row.status === 'waived' || entry.kind === 'milestone-withdrawn';
  const why = isReasoned && reason !== undefined ? `: ${unstopped(reason)}` : '';
  return { label, text: `${when}, recorded on ${formatDate(recorded)} ${by}${why}` };
}
