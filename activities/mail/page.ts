import { capitalised } from '../../domain/words.ts';
import { type CivilDate, formatDate, formatShortDate } from '../../domain/calendar/civil-date.ts';
import { timeLeft, workingDaysInWords } from '../../domain/calendar/lateness.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { countsOf, type Digest, type Notice, type NoticeLine, type Recipient } from '../../domain/lifecycle/digest.ts';
import { type Standing, standingOf } from '../../domain/lifecycle/urgency.ts';
import { NOTICE_KINDS, overOf } from '../../domain/milestone/notice-kinds.ts';
import { inspectionLink, milestoneLink, progressFormLink } from './milestone-link.ts';
import { plainLine, shortened } from './plain-line.ts';
import { coversSentence, greetingOf, standsInSentence } from './recipient-words.ts';
import { someOf } from '../../domain/some-of.ts';
import { unstopped } from '../../domain/unstopped.ts';

/** What the templates show: clean sentences, nothing to work out. */
export interface Page {
  title: string;
  authority: string;
  greeting: string;
  /** Why somebody gets it who does not hold the role; '' for all others. */
  standsIn: string;
  /** Whose mail it is while they are away; '' for all others. */
  covers: string;
  /** That the inspection was withdrawn, by whom and why, a sentence each; empty in all other mails. */
  withdrawn: string[];
  /** For want of which facts nothing is planned, a sentence each; empty in all but a starter’s first mail. */
  waiting: string[];
  /** What the second attachment is for; '' where there is none. */
  finished: string;
  /** Where informational copies are stopped; '' for what somebody has to act on. */
  unsubscribe: string;
  notices: PageNotice[];
  /** Those that are no more than named; what stands above them, '' where there are none. */
  others: string;
  lines: PageLine[];
  /** That there are more, and where they are all shown; '' where there are none. */
  more: string;
  /** Where the inspection is shown; '' where there is no board. */
  link: string;
  /** What the attached calendar leaves out; '' where that is nothing. */
  leftOut: string;
}

/** A duty in a line. */
interface PageLine {
  title: string;
  tone: Standing;
  when: string;
  link: string;
}

export interface PageNotice {
  title: string;
  /** Said in words as well, never by colour alone. */
  tone: Standing;
  when: string;
  due: string;
  because: string;
  said: string[];
  /** What stands under a label of its own. */
  labelled: Labelled[];
  why: string[];
  link: string;
}

interface Labelled {
  label: string;
  text: string;
}

/**
 * What a mail does with each field of a notice: a line under a label, in this order; a part of its sentences; or nothing
 * that a reader sees. A field that a notice gets does not compile until it is here.
 */
const FIELDS: Record<keyof Notice, ((notice: Notice) => Labelled) | 'in its sentences' | 'not shown'> = {
  act: (notice) => ({
    label: notice.kind === 'information' ? 'What its owner is to do' : 'What to do',
    text: overOf(notice)?.act ?? notice.act,
  }),
  title: 'in its sentences',
  kind: 'in its sentences',
  step: 'in its sentences',
  due: 'in its sentences',
  dueAt: 'in its sentences',
  ended: 'in its sentences',
  workingDaysLeft: 'in its sentences',
  overdue: 'in its sentences',
  provisional: 'in its sentences',
  ownerTitle: 'in its sentences',
  citation: 'in its sentences',
  explanation: 'in its sentences',
  stricter: 'in its sentences',
  movedFrom: 'in its sentences',
  text: 'in its sentences',
  // Put into the text before the mail is composed.
  quote: 'not shown',
  // For the link, the thread and the calendar entry.
  milestone: 'not shown',
  dueVersion: 'not shown',
  strand: 'not shown',
  strength: 'not shown',
};

/** Characters of a title where a duty has a line only. */
const MAX_LINE_TITLE = 120;

/**
 * A digest in the words its reader sees.
 *
 * @param inCalendar how many of its duties are in the attached calendar
 */
export function pageOf(digest: Digest, inCalendar: number, boardUrl?: string, unsubscribe = ''): Page {
  const { recipient, notices, lines = [], unnamed } = digest;
  const { count } = countsOf(digest);
  return {
    title: plainLine(digest.inspectionTitle),
    authority: plainLine(digest.authority.name),
    greeting: greetingOf(recipient),
    standsIn: standsInSentence(recipient, count),
    covers: coversSentence(recipient),
    withdrawn: withdrawnSentences(digest),
    waiting: (digest.waiting ?? []).map(plainLine),
    finished: finishedSentence(digest),
    unsubscribe,
    notices: notices.map((notice) => pageNotice(notice, digest, boardUrl)),
    others: othersSentence(notices.length, lines.length),
    lines: lines.map((line) => pageLine(line, digest, boardUrl)),
    more: unnamed === undefined ? '' : moreSentence(unnamed.count, digest, boardUrl),
    link: inspectionLink(digest, boardUrl),
    leftOut: leftOutSentence(inCalendar, count),
  };
}

function othersSentence(inFull: number, lines: number): string {
  if (lines === 0) return '';
  const more = `${lines} more ${lines === 1 ? 'duty' : 'duties'}`;
  return inFull === 0 ? more : `The ${inFull === 1 ? 'most urgent is' : `${inFull} most urgent are`} above. ${more}:`;
}

function moreSentence(count: number, { authority, reference }: Digest, boardUrl: string | undefined): string {
  const are = `${count} more ${count === 1 ? 'duty is' : 'duties are'} not named here`;
  if (boardUrl !== undefined) return `${are}. All of them are on the inspection’s page.`;
  return `${are}. They are listed by: duecourse show ${inspectionRef(authority.id, reference)}`;
}

function leftOutSentence(inCalendar: number, count: number): string {
  if (inCalendar >= count) return '';
  return `The attached due-dates.ics has the dates of the ${inCalendar === 1 ? 'most urgent duty' : `${inCalendar} most urgent duties`}; your calendar feed has all of them.`;
}

function pageLine(line: NoticeLine, digest: Digest, boardUrl: string | undefined): PageLine {
  const tone = standingOf(line, digest.day);
  const date = formatShortDate(line.due);
  const WHEN: Record<Standing, string> = {
    late: `Overdue since ${date}`,
    today: `Due today`,
    coming: `Due ${date}`,
    past: `Was due ${date}`,
    gone: overInWords(line),
  };
  return {
    title: shortened(line.title, MAX_LINE_TITLE),
    tone,
    when: WHEN[tone],
    link: noticeLink(digest, line, boardUrl),
  };
}

/** That it is over, here or for its reader. */
const overInWords = (line: NoticeLine): string => overOf(line)?.when ?? '';

function withdrawnSentences({ withdrawn }: Digest): string[] {
  if (withdrawn === undefined) return [];
  const { by, on, reason } = withdrawn;
  return [
    `This inspection was started by mistake, and was withdrawn on ${formatDate(on)} by ${plainLine(by)}: ${insideAnother(reason)}.`,
    'Nobody has to do anything about it any more. You get this once, because you had mail about it; no more will come.',
  ];
}

function finishedSentence({ finished = [] }: Digest): string {
  if (finished.length === 0) return '';
  const duties = finished.length === 1 ? 'one duty that is' : `${finished.length} duties that are`;
  const titles = finished.map(({ title }) => `“${shortened(title, MAX_LINE_TITLE)}”`);
  return `The attached no-longer-due.ics takes ${duties} no longer to be done out of your calendar: ${someOf(titles)}.`;
}

function pageNotice(notice: Notice, digest: Digest, boardUrl: string | undefined): PageNotice {
  const tone = standingOf(notice, digest.day);
  return {
    title: plainLine(notice.title),
    tone,
    when: when(notice, digest.day, tone),
    due: dueSentence(notice, tone),
    because: because(notice, digest.recipient),
    said: said(notice, digest.day).map(plainLine),
    labelled: namesOf(FIELDS).flatMap((name) => labelledIn(FIELDS[name], notice)),
    why: why(notice).map(plainLine),
    link: noticeLink(digest, notice, boardUrl),
  };
}

/** Whoever is asked for their own progress is led to the form of it; who stands in for another, to the round. */
function noticeLink(digest: Digest, notice: NoticeLine, boardUrl: string | undefined): string {
  const { standsInFor, coversFor = [] } = digest.recipient;
  const isOwn = standsInFor.length === 0 && coversFor.length === 0;
  const isAsked = notice.kind === 'progress-asked' || notice.kind === 'progress-reminded';
  return isAsked && isOwn ? progressFormLink(digest, boardUrl) : milestoneLink(digest, notice, boardUrl);
}

function labelledIn(field: (typeof FIELDS)[keyof Notice], notice: Notice): Labelled[] {
  if (typeof field === 'string') return [];
  const { label, text } = field(notice);
  return [{ label, text: plainLine(text) }];
}

/** The due date and its cut-off in words. */
function dueSentence(notice: Notice, tone: Standing): string {
  const { due, dueAt, provisional } = notice;
  if (tone === 'gone') return `${overOf(notice)?.was ?? 'It was due'} ${formatDate(due)}.`;
  const date = `${tone === 'past' ? 'Was due' : 'Due'} ${formatDate(due)}`;
  return `${date}${provisional ? ' (provisional)' : ''}; late after ${formatInstant(dueAt)}.`;
}

function when(notice: Notice, day: CivilDate, tone: Standing): string {
  const { due, workingDaysLeft } = notice;
  switch (tone) {
    case 'late':
      return workingDaysLeft < 0 ? `Overdue by ${workingDaysInWords(-workingDaysLeft)}` : 'Overdue';
    case 'gone':
      return overInWords(notice);
    case 'today':
    case 'past':
    case 'coming':
      return capitalised(timeLeft({ due, left: workingDaysLeft }, day));
  }
}

/** Whose duty it is, and why the reader gets it. */
function because({ kind, step, ownerTitle, workingDaysLeft, overdue }: Notice, { roles }: Recipient): string {
  const own = roles.some((role) => role.title === ownerTitle);
  const lead = plainLine(ownerTitle);
  if (kind === 'taken-over' && own) return `It was yours already, as ${lead}.`;
  if (NOTICE_KINDS[kind].over !== undefined && (own || step === 'beside' || kind === 'taken-over'))
    return step === 'beside'
      ? `It belonged to ${lead}, who led on it; you were beside them.`
      : `Until now it belonged to ${own ? 'you as ' : ''}${lead}.`;
  const belongs =
    step === 'beside'
      ? `belongs to ${lead}, who leads on it; you are beside them`
      : `belongs to ${own ? 'you as ' : ''}${lead}`;
  if (kind === 'started') return `This inspection has just been started in duecourse. The duty ${belongs}.`;
  if (kind === 'reassigned' && own && step !== 'beside') return `This duty is now yours: it ${belongs}.`;
  if (kind === 'stricter-passed')
    return `It ${belongs} and has not been met by the date of the stricter reading; by the one that counts here it is not late yet. You get this because you ${step === 'partner-lead' ? 'answer for that partner here' : 'are the next in the chain'}.`;
  if (step === 'partner-lead')
    return `It ${belongs} and has not been met, ${workingDaysInWords(-workingDaysLeft)} after it was due. It has gone up there; you get this because you answer for that partner here.`;
  if (kind === 'escalation' && step !== null && step !== 'owner' && step !== 'beside') {
    const late = workingDaysLeft < 0 ? `, ${workingDaysInWords(-workingDaysLeft)} after it was due` : '';
    return `It ${belongs} and has not been met${late}. You get this because you are the next in the chain.`;
  }
  if (kind === 'progress-asked' || kind === 'progress-reminded')
    return `You own actions that are still to be done. The answers go to ${lead}.`;
  if (kind === 'progress-silent')
    return 'They were asked, and reminded. You get this because you are the next in the chain.';
  if (kind === 'information')
    return `It ${belongs} and has not been met, ${workingDaysInWords(-workingDaysLeft)} after it was due. You get this once, for information; you don't have to do anything.`;
  return `It ${belongs}${overdue ? ' and has not been met' : ''}.`;
}

function said({ text, movedFrom, due, stricter, provisional }: Notice, day: CivilDate): string[] {
  const sentences = text === null ? [] : [text];
  if (movedFrom !== null)
    sentences.push(
      `Moved from ${formatDate(movedFrom.due)} to ${formatDate(due)}, because ${insideAnother(movedFrom.because)}.`,
    );
  if (stricter !== null) sentences.push(`${stricterDate(stricter, day)}: ${insideAnother(stricter.why)}.`);
  if (provisional) sentences.push('This date is provisional: it rests on bank holidays that are not published yet.');
  return sentences;
}

/** How long there is to the date of the stricter reading, or since when it has passed. */
function stricterDate({ due, workingDaysLeft: left }: NonNullable<Notice['stricter']>, day: CivilDate): string {
  const date = formatDate(due);
  if (due < day)
    return `By the stricter reading it was due on ${date}${left < 0 ? `, ${workingDaysInWords(-left)} ago` : ''}`;
  const words = timeLeft({ due, left }, day);
  if (left > 0) return `By the stricter reading it is due on ${date}, with ${words}`;
  return `By the stricter reading it is ${words}, ${due === day ? '' : 'on '}${date}`;
}

/** The explanation, with the source where it does not name it itself. */
function why({ explanation, citation }: Notice): string[] {
  const named = explanation.some((sentence) => sentence.includes(citation));
  return named ? explanation : [...explanation, `Source: ${insideAnother(citation)}.`];
}

/** As plain text, and without its full stop: the sentence around it has one. */
const insideAnother = (text: string): string => plainLine(unstopped(text.trim()));
