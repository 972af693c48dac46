import { instantAt, localDate, localTime } from '../calendar/london.ts';
import { measuresInFile } from '../measures/file-values.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { endsIt, pastOfEntry } from '../commands/past-command.ts';
import { findRole } from '../authority/roles.ts';
import { type ReportData, seriesIn } from '../progress/series.ts';
import type { Question } from '../questions/questions.ts';
import { hashOfText, type Words } from '../questions/words.ts';
import type { FileQuestion, Happened, Inspection } from '../schemas/inspection.ts';
import { isHolding } from '../sustained/holding.ts';
import { milestonesOf } from './milestones.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import type { RegisterEntry } from './entry.ts';
import { tooLargeToBegin } from './limits.ts';
import { historyTaken, openLifecycle } from './open-lifecycle.ts';
import type { LifecycleStart } from './state.ts';
import type { LifecycleView, ViewedMilestone } from './view.ts';
import { wake } from './wake.ts';

/** An inspection as a file that can be started again. */
export interface InspectionAsFile {
  inspection: Inspection;
  /** What would stand otherwise in a lifecycle started from it: a sentence each. */
  differences: string[];
}

/**
 * A running inspection as a file: its facts as they now stand, and what people have done to its milestones. What it
 * can't carry is found by starting it in thought, and said.
 *
 * @param entries what the register has of it, in order
 * @param now an instant, UTC
 */
export function asFile(
  basis: Pick<LifecycleStart, 'facts' | 'calendar'>,
  view: Pick<LifecycleView, 'milestones'>,
  entries: readonly RegisterEntry[],
  now: string,
): InspectionAsFile {
  const { facts } = basis;
  const startedBy = { id: 'export', role: facts.authority.chain.administrator };
  const start = { ...basis, startedBy };
  const open = (happened: Happened[]) =>
    openLifecycle({ ...start, facts: { ...facts, inspection: { ...facts.inspection, happened } } }, now);
  const planned = open([]).kept;
  const standing = new Map(view.milestones.map((each) => [each.id, each]));
  // Duties that have ended and no longer follow from the facts are left out: a record published, a question answered.
  // What is asked about again follows from what was done.
  const wanted = donePerhaps(entries, standing).filter(
    ({ milestone }) => planned[milestone] !== undefined || isHolding({ id: milestone }),
  );
  const { happened, differences } = carried(wanted, start, now);
  // As it is a moment after its start: cut-offs have passed, and what was missed again and again is one.
  const restarted = wake(open(happened), now).state;
  const again = new Map(milestonesOf(restarted).map((each) => [each.id, each]));
  for (const each of view.milestones.filter(isPending)) {
    const other = again.get(each.id);
    const said = other === undefined ? 'would not be there' : difference(each, other);
    if (said !== undefined) differences.push(`"${each.title}" ${said}.`);
  }
  for (const other of again.values()) {
    if (isPending(other) && !standing.has(other.id)) differences.push(`"${other.title}" would be open as well.`);
  }
  const reports = seriesIn(entries);
  const earlier = reports.length - new Set(reports.map(({ milestone }) => milestone)).size;
  if (earlier > 0)
    differences.push(
      `Of each action's reports on its progress the newest is carried; ${earlier} earlier ${earlier === 1 ? 'one is' : 'ones are'} in the history alone.`,
    );
  const questions = (facts.questions ?? []).flatMap((each) => questionInFile(each, entries) ?? []);
  const measures = measuresInFile(facts.inspection, entries);
  const inspection = { ...facts.inspection, ...measures, ...(questions.length === 0 ? {} : { questions }), happened };
  // A file brings the texts of its questions; a running inspection has them in the register.
  const tooLarge = tooLargeToBegin({ ...facts, questions: [], inspection });
  if (tooLarge !== undefined) differences.push(`It can't be started again as it is. ${tooLarge.message}`);
  return { inspection, differences };
}

/** A question with its texts, which the register has; undefined where they were erased. */
function questionInFile(question: Question, entries: readonly RegisterEntry[]): FileQuestion | undefined {
  const { id, askedOn, by, words, answer, reportedIn, withdrawn } = question;
  const textOf = ({ seq, hash }: Words): string | undefined => {
    const text = entries.find((each) => each.seq === seq)?.data['text'];
    return typeof text === 'string' && hashOfText(text) === hash ? text : undefined;
  };
  const text = textOf(words);
  if (text === undefined) return undefined;
  const answered = answer === undefined ? undefined : textOf(answer.words);
  return {
    ...{ id, askedOn, by, text },
    ...(answer === undefined || answered === undefined ? {} : { answer: { on: answer.on, text: answered } }),
    ...(reportedIn === undefined ? {} : { reportedIn }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

/** As much of it as can be entered again one after the other. */
function carried(
  wanted: Happened[],
  start: LifecycleStart,
  now: string,
): { happened: Happened[]; differences: string[] } {
  const roleless = (each: Happened) => findRole(start.facts.authority, each.by) === undefined;
  const { taken, refused } = historyTaken(
    start,
    wanted.filter((each) => !roleless(each)),
    now,
  );
  const why = new Map(refused.map((each) => [each.past, each.why]));
  const differences = wanted.flatMap((each) => {
    const because = roleless(each) ? `there is no role "${each.by}" any more` : why.get(each);
    return because === undefined
      ? []
      : [`That "${each.milestone}" was ${each.what} on ${each.on} is not carried: ${because}`];
  });
  return { happened: taken, differences };
}

function difference(
  is: Pick<ViewedMilestone, 'due' | 'status' | 'owner' | 'beside'>,
  other: Pick<ViewedMilestone, 'due' | 'status' | 'owner' | 'beside'>,
): string | undefined {
  if (is.due !== other.due) return `is due on ${is.due}; it would be on ${other.due}`;
  if (is.status !== other.status) return `is ${is.status}; it would be ${other.status}`;
  if (is.owner !== other.owner) return `belongs to ${is.owner}; it would to ${other.owner}`;
  const [beside, others] = [is.beside ?? [], other.beside ?? []].map((each) => each.join(', ') || 'nobody');
  return beside === others ? undefined : `has beside its owner: ${beside}; it would have: ${others}`;
}

/** What people have done to milestones, in the file's words. A hold that was released is over, but for the date it moved. */
function donePerhaps(entries: readonly RegisterEntry[], standing: Map<string, ViewedMilestone>): Happened[] {
  const due = new Map<string, string>();
  const reopenedAt = new Map(
    entries.flatMap(({ kind, milestone, seq }) =>
      kind === 'milestone-reopened' && milestone !== null ? [[milestone, seq] as const] : [],
    ),
  );
  const newest = new Map(seriesIn(entries).map(({ milestone, seq }) => [milestone, seq]));
  return entries.flatMap((entry) => {
    const { row, milestone } = entry;
    if (row === null || milestone === null) return [];
    const before = due.get(milestone);
    due.set(milestone, row.due);
    const moved = entry.kind === 'milestone-released' && row.due !== before;
    const what = moved ? 'extended' : pastOfEntry(entry.kind);
    if (what === undefined) return [];
    // What it was opened again from: it has not ended.
    if ((endsIt({ what }) || what === 'held') && entry.seq < (reopenedAt.get(milestone) ?? 0)) return [];
    const hold = standing.get(milestone)?.hold;
    // Of an action's reports the newest: the state has no other, and the record has them all.
    if (what === 'reported' && entry.seq !== newest.get(milestone)) return [];
    if (what === 'held' && (hold === undefined || hold.reviewOn !== row.holdReviewOn)) return [];
    return happenedBy({ ...entry, milestone, row }, what) ?? [];
  });
}

function happenedBy(
  { at: recorded, actor, row, data, milestone }: RegisterEntry & { milestone: string; row: MilestoneRow },
  what: Happened['what'],
): Happened | undefined {
  if (actor === null) return undefined;
  const text = (name: string): string | undefined => {
    const value = data[name];
    return typeof value === 'string' ? value : undefined;
  };
  const at =
    onDayNamed(what, text('on'), recorded) ?? text('at') ?? (endsIt({ what }) ? (row.endedAt ?? recorded) : recorded);
  const particulars = {
    evidence: text('evidence'),
    reason: text('reason'),
    dueOn: what === 'extended' || what === 'returned' ? row.due : undefined,
    body: what === 'extended' ? text('body') : undefined,
    reviewOn: what === 'held' ? (row.holdReviewOn ?? undefined) : undefined,
    awaiting: text('awaiting'),
    owner: what === 'reassigned' ? row.owner : undefined,
    with: what === 'reassigned' && ('with' in data || 'alone' in data) ? row.beside : undefined,
    promisedOn: text('promisedOn'),
    ...(what === 'reported' ? reportedIn(data, localDate(at)) : {}),
  };
  const said = Object.fromEntries(Object.entries(particulars).filter(([, value]) => value !== undefined));
  return { milestone, what, on: localDate(at), at: localTime(at), by: actor.role, ...said };
}

/**
 * A report, or an acceptance, of a day: at its noon where that is another than the day on which it was said. An acceptance ends what
 * was submitted before, so that the duty's own end is not its day.
 */
function onDayNamed(what: Happened['what'], on: string | undefined, recorded: string): string | undefined {
  if (what !== 'reported' && what !== 'accepted') return undefined;
  if (on !== undefined && on !== localDate(recorded)) return instantAt(on, '12:00');
  return what === 'accepted' ? recorded : undefined;
}

/** How an action stands by its newest report, and the words of that. A forecast that had passed by then is none any more. */
function reportedIn(
  data: Record<string, unknown>,
  on: string,
): Pick<Happened, 'rating' | 'percent' | 'forecast' | 'text'> {
  const { stands = {}, text } = data as Partial<ReportData> & { text?: string };
  const { rating, percent, forecast } = stands;
  return { rating, percent, forecast: forecast === undefined || forecast < on ? undefined : forecast, text };
}
