import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import { shortened } from './plain-line.ts';
import { mostUrgentFirst, type Standing, standingOf } from './urgency.ts';

const LONGEST = 150;
const SAYS: Record<Standing, string> = { late: 'Overdue since', today: 'Due', coming: 'Due', past: 'Was due' };

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
  const [first, ...others] = mostUrgentFirst(digest);
  if (first === undefined) return digest.inspectionTitle;
  const standing = standingOf(first, digest);
  const date = formatShortDate(first.due);
  if (others.length === 0) return `${SAYS[standing]} ${date}: ${first.title}, ${digest.inspectionTitle}`;
  const late = digest.notices.filter((notice) => notice.overdue).length;
  const next = late > 0 ? `, ${late} overdue` : standing === 'past' ? '' : `, first due ${date}`;
  return `${digest.notices.length} duties${next}: ${digest.inspectionTitle}`;
}
