import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { countsOf, type Digest } from '../../domain/lifecycle/digest.ts';
import { byUrgency, type Standing, standingOf } from '../../domain/lifecycle/urgency.ts';
import { overOf } from '../../domain/milestone/notice-kinds.ts';
import { shortened } from './plain-line.ts';

const LONGEST = 150;
const SAYS: Record<Standing, string> = {
  late: 'Overdue since',
  today: 'Due',
  coming: 'Due',
  past: 'Was due',
  gone: 'No longer due',
};

/**
 * The duty and the date first: what a phone shows of a subject.
 *
 * @example
 * subjectOf(digest) // 'Due Thu 30 June 2016: written action plan to Ofsted, Middlesbrough 2016'
 */
export function subjectOf(digest: Digest): string {
  // What looks like an encoded word (RFC 2047) would be shown decoded, not as it was typed.
  return shortened(subject(digest).replaceAll('=?', '= ?'), LONGEST);
}

function subject(digest: Digest): string {
  if (digest.withdrawn !== undefined) return `Withdrawn: ${digest.inspectionTitle}`;
  const [first] = digest.notices.toSorted(byUrgency(digest.day));
  if (first === undefined) return digest.inspectionTitle;
  const standing = standingOf(first, digest.day);
  const date = formatShortDate(first.due);
  const { count, overdue } = countsOf(digest);
  if (count === 1)
    return `${overOf(first)?.subject ?? `${SAYS[standing]} ${date}`}: ${first.title}, ${digest.inspectionTitle}`;
  const next =
    overdue > 0 ? `, ${overdue} overdue` : standing === 'past' || standing === 'gone' ? '' : `, first due ${date}`;
  return `${count} duties${next}: ${digest.inspectionTitle}`;
}
