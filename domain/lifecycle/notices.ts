import { hasLapsed } from '../milestone/statuses.ts';
import { homeInWords } from '../closing/homes.ts';
import { homeOfDuty } from '../closing/unfinished.ts';
import { NOTICE_KINDS } from '../milestone/notice-kinds.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { workingDaysLeft } from '../calendar/lateness.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { localDate } from '../calendar/london.ts';
import { roleTitle } from '../authority/roles.ts';
import { jsonBytes } from '../json-bytes.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isBeside } from '../milestone/beside.ts';
import { missedInWords } from '../milestone/missed-before.ts';
import { EVENTS } from '../facts/events.ts';
import { isEnded, isOverdue, isPending } from '../milestone/milestone-state.ts';
import type { TriggerEvent } from '../schemas/rule-pack.ts';
import { citationSentence } from '../plan/citation.ts';
import { roundWords } from '../rounds/round-words.ts';
import { answersToInclude } from '../questions/answers.ts';
import type { Digest, Notice, NoticeLine } from './digest.ts';
import type { DueNotice } from './due-notices.ts';
import { milestoneOf } from './milestones.ts';
import type { SendingHours } from './sending-hours.ts';
import type { LifecycleState } from './state.ts';
import { byUrgency } from './urgency.ts';

/**
 * Bytes of JSON that a digest takes of notices in full, and of lines: it goes through the engine, which limits a payload to
 * 2 MiB, with others beside it. A mail has room for less still.
 */
const MAX_FULL_BYTES = 60_000;
const MAX_LINES_BYTES = 60_000;
/** Characters of a title where a duty has a line only. */
const MAX_LINE_TITLE = 150;

/** One notice for all the roles in which a reader is told of a milestone. */
export interface MergedNotice extends DueNotice {
  roles: readonly string[];
  /** What is told to each of them in words of its own, each once. */
  said: readonly string[];
}

/** What somebody is to be told of a milestone. */
interface Told {
  due: MergedNotice;
  milestone: Milestone;
  line: NoticeLine;
}

/**
 * What a digest says of these notices: the most urgent in full, as many as there is room for; of the others a line each; and
 * how many there are beyond that. The most urgent is there in full, however long it is.
 */
export function noticesOf(
  due: readonly MergedNotice[],
  state: LifecycleState,
  now: string,
  hours: SendingHours,
): Pick<Digest, 'notices' | 'lines' | 'unnamed'> {
  const told = due
    .flatMap((each) => {
      const milestone = milestoneOf(state, each.milestone);
      return milestone === undefined ? [] : [{ due: each, milestone, line: lineOf(each, milestone, now) }];
    })
    .sort((a, b) => byUrgency(localDate(now))(a.line, b.line));
  const notices = firstWithin(told, MAX_FULL_BYTES, (each) => inFull(each, state, now, hours));
  const lines = firstWithin(told.slice(notices.length), MAX_LINES_BYTES, ({ line }) => line);
  const rest = told.slice(notices.length + lines.length);
  return {
    notices,
    ...(lines.length === 0 ? {} : { lines }),
    ...(rest.length === 0
      ? {}
      : { unnamed: { count: rest.length, overdue: rest.filter(({ line }) => line.overdue).length } }),
  };
}

/** The first of a list that are within so many bytes of JSON; always one at least. Those after them are never made. */
function firstWithin<T, Made>(list: readonly T[], max: number, make: (item: T) => Made): Made[] {
  const made: Made[] = [];
  let bytes = 0;
  for (const item of list) {
    const next = make(item);
    bytes += jsonBytes(next);
    if (bytes > max && made.length > 0) break;
    made.push(next);
  }
  return made;
}

function lineOf({ to, rung, announcement, dueVersion }: DueNotice, milestone: Milestone, now: string): NoticeLine {
  return {
    milestone: milestone.id,
    title: shortTitle(milestone.title),
    kind: kindOf(rung, announcement, milestone, localDate(now)),
    step: rung?.step ?? (isBeside(milestone, to) ? 'beside' : null),
    due: milestone.due,
    dueAt: milestone.dueAt,
    dueVersion,
    overdue: isOverdue(milestone, now),
    ...(isEnded(milestone) ? { ended: true } : {}),
  };
}

function shortTitle(title: string): string {
  const characters = Array.from(title);
  return characters.length <= MAX_LINE_TITLE ? title : `${characters.slice(0, MAX_LINE_TITLE).join('')}…`;
}

function inFull(
  { line, milestone, due: { announcement, roles, said: told } }: Told,
  state: LifecycleState,
  now: string,
  { calendar }: SendingHours,
): Notice {
  const { authority } = state.facts;
  const today = localDate(now);
  const said = [
    ...(milestone.missedBefore === undefined ? [] : [missedInWords(milestone.missedBefore)]),
    ...told,
    ...unfinishedWords(milestone, state),
    ...(milestone.status === 'held' && announcement?.kind !== 'held'
      ? [`On hold until it is reviewed on ${formatDate(milestone.hold?.reviewOn ?? today)}.`]
      : []),
    ...answersToInclude(milestone, state),
    ...roundWords(milestone, state, roles, announcement?.kind),
    ...(asksForFact(milestone, roles, announcement) ? [askedFor(milestone.standIn)] : []),
  ];
  return {
    ...line,
    title: milestone.title,
    strand: milestone.strand,
    act: (announcement === null ? undefined : NOTICE_KINDS[announcement.kind].act) ?? milestone.act,
    workingDaysLeft: workingDaysLeft(milestone.due, today, calendar),
    provisional: milestone.provisional,
    strength: milestone.strength,
    ownerTitle: roleTitle(authority, milestone.owner),
    citation: citationSentence(milestone.rule.citation),
    explanation: milestone.explanation,
    stricter: stricterOf(milestone, today, calendar),
    movedFrom: milestone.movedFrom ?? null,
    text: said.length === 0 ? null : said.join(' '),
    ...(announcement?.quote === undefined ? {} : { quote: announcement.quote }),
  };
}

/** Of what was not finished when the inspection was closed: that, and where it goes. */
function unfinishedWords({ id, status }: Milestone, state: LifecycleState): string[] {
  const home = homeOfDuty(state, id);
  if (home === undefined)
    return state.status === 'closed' && hasLapsed({ status })
      ? ['The inspection is closed: nobody has to do this any more.']
      : [];
  const where = homeInWords(home, state.facts.authority);
  return [`The inspection is closed, and this is not finished: ${where}. Nobody is reminded of it here any more.`];
}

/** Its owner is reminded of it, and the fact from which it counts is not on file. */
function asksForFact(
  milestone: Milestone,
  roles: readonly string[],
  announcement: DueNotice['announcement'],
): milestone is Milestone & { standIn: TriggerEvent } {
  const isReminder = announcement === null || announcement.kind === 'started';
  return milestone.standIn !== undefined && isReminder && isPending(milestone) && roles.includes(milestone.owner);
}

/** The real date is asked for until it comes. */
function askedFor(event: TriggerEvent): string {
  const { whenItWas = 'when that was' } = EVENTS[event];
  return `It is not on file ${whenItWas}: the real date may be earlier than this one. If you know that day, have it put on record.`;
}

/** What a notice says of a stricter reading, with the working days left to its date: negative once it has passed. */
export function stricterOf(
  { stricter }: Pick<Milestone, 'stricter'>,
  today: string,
  calendar: WorkingCalendar,
): Notice['stricter'] {
  if (stricter === undefined) return null;
  const { due, why } = stricter;
  return { due, why, workingDaysLeft: workingDaysLeft(due, today, calendar) };
}

/** A due-day notice that goes out on another day, because it was late, is a reminder. */
function kindOf(
  rung: DueNotice['rung'],
  announcement: DueNotice['announcement'],
  milestone: Milestone,
  today: string,
): Notice['kind'] {
  if (rung === null) return announcement?.kind ?? 'reminder';
  return rung.kind === 'due-today' && milestone.due !== today ? 'reminder' : rung.kind;
}
