import { localDate } from '../calendar/london.ts';
import { delivered, markTold } from './delivered.ts';
import type { Digest } from './digest.ts';
import type { KeptMilestone, PlannedMilestone } from '../milestone/milestone.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import { cycleOf, isEnded } from '../milestone/milestone-state.ts';
import type { DigestOutcome, RegisterEntry } from './entry.ts';
import { measuresOf, takenBackIn, valuesIn, withoutDay, withValue } from '../measures/measures.ts';
import type { NewestReport } from '../progress/newest-report.ts';
import { type ReportData, seriesIn } from '../progress/series.ts';
import { wordsOf } from '../questions/words.ts';
import { plannedOf } from './milestones.ts';
import type { EndedMilestone, LifecycleState } from './state.ts';
import { wake } from './wake.ts';

/** A mail of an inspection that has ended, as the register knows it: what was in it, and how it ended. */
export interface SettledMail {
  digest: Digest;
  outcome: Extract<DigestOutcome['outcome'], 'sent' | 'undeliverable'>;
  reason: string | null;
}

/** All that the register knows of an open inspection. */
export interface KnownLifecycle {
  /** As it was kept with one of its entries: the last, most often. */
  state: LifecycleState;
  /** The number of its newest entry. */
  seq: number;
  /** Its entries after the state's, in order. */
  later: readonly RegisterEntry[];
  mails: readonly SettledMail[];
}

/**
 * The state from which an inspection's clock starts again when the engine has lost it. Its numbers go on after the
 * register's last; what was on its way to the register then is still to be recorded.
 *
 * Where entries are later than the state, its duties are brought to where these say they are. What else they tell of (facts,
 * decisions, questions) is on record only, and has to be said to the clock again.
 */
export function lifecycleFrom({ state, seq, later, mails }: KnownLifecycle): LifecycleState {
  const { diverged: _diverged, ...kept } = state;
  const numbered: LifecycleState = {
    ...kept,
    seq: Math.max(state.seq, seq),
    unrecorded: state.unrecorded.filter((entry) => entry.seq > seq),
  };
  return withSettledMails(withRows(plannedAsOf(numbered, later), later), mails);
}

/** Cycles have gone on with the later entries: what these name is planned. */
function plannedAsOf(state: LifecycleState, later: readonly RegisterEntry[]): LifecycleState {
  const last = later.at(-1);
  if (last === undefined) return state;
  const today = localDate(last.at);
  const next = today > state.plannedOn ? { ...state, plannedOn: today } : state;
  const cyclesTo = { ...state.cyclesTo };
  for (const { milestone: id } of later) {
    const milestone = id === null ? undefined : plannedOf(next).get(id);
    const cycle = milestone === undefined ? undefined : cycleOf(milestone);
    if (cycle !== undefined) cyclesTo[cycle] = Math.max(cyclesTo[cycle] ?? 0, milestone?.occurrence ?? 0);
  }
  return { ...next, cyclesTo };
}

/** Duties as later entries have them. */
function withRows(state: LifecycleState, later: readonly RegisterEntry[]): LifecycleState {
  return later.reduce((before, entry) => {
    const { kind, at, row } = entry;
    if (row === null) return withLaterValue(before, entry);
    const { [row.milestone]: old, ...others } = before.kept;
    if (isEnded(row)) {
      const gone = kind === 'milestone-withdrawn' ? { gone: true as const } : {};
      return { ...before, kept: others, ended: { ...before.ended, [row.milestone]: { ...endOf(row, at), ...gone } } };
    }
    const marks = marksOf(row, old ?? { due: row.due }, at, plannedOf(before).get(row.milestone));
    const missed = kind === 'milestone-missed' ? { missed: true } : {};
    const progress = progressAfter(old?.progress, entry);
    const { [row.milestone]: _reopened, ...ended } = before.ended;
    return {
      ...before,
      ended,
      kept: { ...others, [row.milestone]: { ...marks, ...missed, ...progress, ...askedBy(entry) } },
    };
  }, state);
}

/** A round in which owners have been asked is not opened again. */
const askedBy = ({ kind, at }: RegisterEntry): Pick<KeptMilestone, 'round'> =>
  kind === 'progress-asked' ? { round: { askedAt: at } } : {};

/** An action's newest report, once an entry has told of another. */
function progressAfter(before: NewestReport | undefined, entry: RegisterEntry): { progress?: NewestReport } {
  const [report] = seriesIn([entry]);
  if (report === undefined) return {};
  const { on, at, by, seq, text } = report;
  const reports = (before?.reports ?? 0) + 1;
  if (before !== undefined && on < before.on) return { progress: { ...before, reports } };
  const { rating, percent, forecast } = (entry.data as Partial<ReportData>).stands ?? {};
  return {
    progress: {
      ...(rating === undefined ? {} : { rating }),
      ...(percent === undefined ? {} : { percent }),
      ...(forecast === undefined ? {} : { forecast }),
      ...{ on, at, by, reports },
      ...(text === null ? {} : { words: wordsOf(text, seq) }),
    },
  };
}

/** A measure's newest value, once an entry has told of another, or that one does not count. */
function withLaterValue(state: LifecycleState, entry: RegisterEntry): LifecycleState {
  const [back] = takenBackIn([entry]);
  if (back !== undefined) return { ...state, measured: withoutDay(state.measured, back.measure, back.on) };
  const [given] = valuesIn([entry]);
  if (given === undefined) return state;
  const { measure, value, on, by, source } = given;
  const usual = measuresOf(state.facts.inspection).find((each) => each.id === measure)?.source;
  const newest = withValue(state.measured?.[measure], {
    ...{ value, on },
    ...(by === null ? {} : { by }),
    ...(source === usual ? {} : { source }),
  });
  return { ...state, measured: { ...state.measured, [measure]: newest } };
}

const endOf = ({ status, due, title, endedAt }: MilestoneRow, at: string): EndedMilestone => ({
  ...{ status, due, title },
  endedAt: endedAt ?? at,
});

/** A row's marks over those before: what it does not say of them stays. */
function marksOf(
  row: MilestoneRow,
  before: KeptMilestone,
  at: string,
  planned: PlannedMilestone | undefined,
): KeptMilestone {
  const { status, due, dueVersion, owner, holdReviewOn } = row;
  // Whose it is, and who is beside them, the row says as of its own entry.
  const { hold, told = {}, moves = [], missed, passedTo: _owner, sharedWith: _beside, ...rest } = before;
  const isMoved = due !== before.due;
  const moved = {
    from: before.due,
    to: due,
    because: 'it was moved before the clock was brought back from the register',
  };
  return {
    ...rest,
    ...{ status, due, dueVersion },
    ...(dueVersion === (before.dueVersion ?? 1) ? { told, ...(missed === undefined ? {} : { missed }) } : {}),
    moves: isMoved ? [...moves, moved] : moves,
    ...(owner === planned?.owner ? {} : { passedTo: owner }),
    ...(row.beside.join() === (planned?.beside ?? []).join() ? {} : { sharedWith: row.beside }),
    ...(holdReviewOn === null ? {} : { hold: holdOf(holdReviewOn, hold, at) }),
  };
}

function holdOf(reviewOn: string, before: KeptMilestone['hold'], since: string): NonNullable<KeptMilestone['hold']> {
  if (before?.reviewOn === reviewOn) return before;
  return { reviewOn, since, reason: 'it is on record why', workingDaysLeft: before?.workingDaysLeft ?? 0 };
}

/**
 * What an inspection's kept state is once it knows of the mails that the register has: what they have told is told, so that
 * nothing goes out again. Time is gone over again from mail to mail, because what a mail told may have come up only just
 * before it. A mail that the state knows of already changes nothing, so this may be done twice.
 *
 * @param state as it was kept with the inspection's last entry, or earlier
 * @param mails all of the inspection's, in any order
 */
export function withSettledMails(state: LifecycleState, mails: readonly SettledMail[]): LifecycleState {
  const news: SettledMail[] = [];
  const after = mails.toSorted(inOrder).reduce((before, mail) => {
    if (isKnown(before, mail)) return before;
    news.push(mail);
    const { digest, outcome, reason } = mail;
    const awake = wake(before, digest.at);
    return delivered(awake.state, [mail], [{ digest: digest.id, outcome, reason }], digest.at);
  }, state);
  // Of two mails of one instant, one may be about the other, which could not be delivered.
  return news.reduce((before, { digest }) => markTold(before, digest), after);
}

/** Mails to one address follow each other, and a state says which was the last. */
function isKnown({ mail }: LifecycleState, { digest: { recipient, day, n } }: SettledMail): boolean {
  const last = mail[recipient.email];
  if (last === undefined) return false;
  return last.day === day ? last.n >= n : last.day > day;
}

function inOrder({ digest: a }: SettledMail, { digest: b }: SettledMail): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.n !== b.n) return a.n - b.n;
  return a.id < b.id ? -1 : 1;
}
