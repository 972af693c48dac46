import { formatDate } from '../../domain/calendar/civil-date.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';

/** What the templates show: sentences, nothing to work out. */
export interface Page {
  title: string;
  authority: string;
  greeting: string;
  standsIn: string;
  notices: PageNotice[];
}

export interface PageNotice {
  title: string;
  /** `late`, `today` or `coming`: said in words as well, never by colour alone. */
  tone: 'late' | 'today' | 'coming';
  when: string;
  due: string;
  because: string;
  act: string;
  said: string[];
  why: string[];
  link: string;
}

/** A digest in the words its reader sees. */
export function pageOf(digest: Digest, boardUrl?: string): Page {
  const count = digest.notices.length;
  return {
    title: digest.inspectionTitle,
    authority: digest.authority.name,
    greeting: digest.recipient.roles.map((role) => role.title).join(' and ') || 'To the administrator',
    standsIn:
      digest.recipient.standsInFor.length === 0
        ? ''
        : `You get ${count === 1 ? 'this' : 'some of these'} because nobody holds the role of ${digest.recipient.standsInFor.join(', ')}. Please give the role an address, or the duty to somebody else.`,
    notices: digest.notices.map((notice) => pageNotice(notice, digest, boardUrl)),
  };
}

function pageNotice(notice: Notice, digest: Digest, boardUrl: string | undefined): PageNotice {
  return {
    title: notice.title,
    tone: notice.overdue ? 'late' : notice.workingDaysLeft === 0 ? 'today' : 'coming',
    when: when(notice),
    due: `${formatDate(notice.due)}; late after ${formatInstant(notice.dueAt)}`,
    because: reasonFor(notice),
    act: notice.act,
    said: [
      ...(notice.text === null ? [] : [notice.text]),
      ...(notice.movedFrom === null
        ? []
        : [
            `Moved from ${formatDate(notice.movedFrom.due)} to ${formatDate(notice.due)}, because ${notice.movedFrom.because}.`,
          ]),
      ...(notice.stricter === null
        ? []
        : [`By a stricter reading it is due on ${formatDate(notice.stricter.due)}: ${notice.stricter.why}.`]),
      ...(notice.provisional
        ? ['This date is provisional: it rests on bank holidays that are not published yet.']
        : []),
    ],
    why: notice.explanation,
    link:
      boardUrl === undefined
        ? ''
        : `${boardUrl.replace(/\/$/, '')}/inspections/${[digest.authority.id, digest.reference].map(encodeURIComponent).join('/')}/milestones/${notice.milestone.split('/').map(encodeURIComponent).join('/')}`,
  };
}

function when({ overdue, workingDaysLeft }: Notice): string {
  const days = (n: number) => `${n} working day${n === 1 ? '' : 's'}`;
  if (overdue) return workingDaysLeft === 0 ? 'Overdue' : `Overdue by ${days(-workingDaysLeft)}`;
  return workingDaysLeft === 0 ? 'Due today' : `${days(workingDaysLeft)} left`;
}

function reasonFor({ kind, step, ownerTitle, workingDaysLeft, overdue }: Notice): string {
  if (kind === 'escalation' && step !== null && step !== 'owner')
    return `It belongs to ${ownerTitle} and has not been met${workingDaysLeft < 0 ? `, ${-workingDaysLeft} working day${workingDaysLeft === -1 ? '' : 's'} after it was due` : ''}. You are the next in the chain.`;
  if (kind === 'started')
    return `This inspection has just been started in duecourse. The duty belongs to ${ownerTitle}.`;
  if (kind === 'reassigned') return 'This duty is now yours.';
  return overdue ? `It belongs to ${ownerTitle} and has not been met.` : `It belongs to ${ownerTitle}.`;
}
