import { isAcceptance } from '../acceptance/awaiting.ts';
import { closableInWords } from '../closing/closable.ts';
import { addMonths } from '../calendar/months.ts';
import { type CivilDate, formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { mapTable } from '../closed-table.ts';
import { missedInWords } from '../milestone/missed-before.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { MILESTONE_STATUSES, STATUS_GROUPS } from '../milestone/statuses.ts';
import { PLAN_KINDS } from '../plans/plan-versions.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import { Refusal } from '../refusal.ts';
import { type ActionLine, actionLines, unreportedActions } from './action-lines.ts';
import { BY_DATES_RULE } from './by-dates.ts';
import { isAction } from './standing-shown.ts';
import { schemeInWords } from './ratings.ts';
import { type MeasureLine, measureLines } from '../measures/measure-lines.ts';
import { valuesIn } from '../measures/measures.ts';
import { unansweredRounds } from '../rounds/unanswered.ts';
import { answersInWords, coverageGaps } from './coverage.ts';
import { seriesIn } from './series.ts';
import { isGone, progress, type Rag, RAG_RULE, RAGS, type ThemeProgress } from './progress.ts';
import type { WrittenPart } from './written-part.ts';
import { type Written, writtenIn } from './written-parts.ts';
import { type SlippedAction, slippedActions, slippedInWords } from './slipped.ts';
import { dutyOfAction } from '../plan/action-duty.ts';
import { unstopped } from '../unstopped.ts';

/** The quarterly update as Cabinet gets it: headings, sentences and tables, nothing left to work out. */
export interface ProgressReport extends Record<Section, string[]> {
  title: string;
  authority: string;
  date: string;
  /** The same day, in figures. */
  on: CivilDate;
  /** What happened from this day on is told. */
  since: string;
  purpose: string;
  standing: string[];
  ragRule: string;
  themes: { title: string; officer: string; rag: string; rated: Rag; done: string; left: string; next: string }[];
  /** Actions for which a later date was granted: the first date, each one since, and who agreed to it. */
  slipped: SlippedAction[];
  /** The names by which owners say how their actions stand, each with its meaning. */
  scheme: string[];
  /** The rule by which actions are rated by their dates. */
  byDatesRule: string;
  actions: ActionLine[];
  measures: MeasureLine[];
  /** Who has not answered when asked for progress, by name. */
  unanswered: string[];
  /** Actions still to be done on which nobody has reported since. */
  unreported: string[];
  /** To the end of the next three months. */
  coming: { due: string; title: string; owner: string }[];
  /** Each recommendation with what answers it, then what none does. */
  coverage: string[];
  /** What officers say in their own words; null where nobody has. */
  written: Record<WrittenPart, Written | null>;
  plans: string[];
  appendices: string[];
}

/**
 * What a report tells of what happened since the last one; `noLonger` is what was waived, withdrawn or has lapsed, `unfinished` what
 * was not when the inspection was closed.
 */
export type Section =
  | 'met'
  | 'submitted'
  | 'missed'
  | 'moved'
  | 'noLonger'
  | 'unfinished'
  | 'reopened'
  | 'passedOn'
  | 'onHold'
  | 'plan'
  | 'corrected'
  | 'decisions';

/** The same in the order in which every form of the report has it, with what is said where nothing happened; null: it is not there. */
export const REPORT_SECTIONS: Record<Section, { heading: string; otherwise: string | null }> = {
  met: { heading: 'Met', otherwise: 'Nothing.' },
  submitted: { heading: 'Submitted, and to be accepted before it is done', otherwise: null },
  missed: { heading: 'Not met in time', otherwise: 'Nothing.' },
  moved: { heading: 'Moved', otherwise: 'Nothing.' },
  noLonger: { heading: 'No longer to be done', otherwise: 'Nothing.' },
  unfinished: { heading: 'Not finished when the inspection was closed', otherwise: null },
  reopened: { heading: 'Opened again, or sent back', otherwise: 'Nothing.' },
  passedOn: { heading: 'Passed to somebody else', otherwise: 'Nothing.' },
  onHold: { heading: 'Put on hold, and taken off it', otherwise: 'Nothing.' },
  plan: { heading: 'Changes to the plan', otherwise: 'None.' },
  corrected: { heading: 'Facts that were corrected', otherwise: 'None.' },
  decisions: { heading: 'Decisions', otherwise: 'None.' },
};

/** Under what each kind of entry is told; null where members need not know. */
const SECTIONS: Record<EntryKind, Section | null> = {
  'milestone-completed': 'met',
  'milestone-submitted': 'met',
  'milestone-missed': 'missed',
  'milestone-moved': 'moved',
  'milestone-extended': 'moved',
  // That a date does not move has been decided too.
  'extension-declined': 'moved',
  'milestone-waived': 'noLonger',
  'milestone-withdrawn': 'noLonger',
  'milestone-lapsed': 'noLonger',
  'milestone-reopened': 'reopened',
  'milestone-accepted': 'met',
  'milestone-returned': 'reopened',
  'milestone-reassigned': 'passedOn',
  'work-reassigned': 'passedOn',
  // Told in one sentence, by the one before.
  'milestone-owner-changed': null,
  'milestone-held': 'onHold',
  'milestone-released': 'onHold',
  'decision-recorded': 'decisions',
  'decision-published': 'decisions',
  'call-in-received': 'decisions',
  'call-in-resolved': 'decisions',
  'decision-reconsidered': 'decisions',
  'decision-implemented': 'decisions',
  'decision-withdrawn': 'decisions',
  'call-in-withdrawn': 'decisions',
  'window-closed': 'decisions',
  'evidence-added': null,
  'inspection-started': null,
  'inspection-closed': null,
  'inspection-cancelled': null,
  'inspection-withdrawn': null,
  'milestone-planned': null,
  'extension-requested': null,
  'milestone-acknowledged': null,
  'milestone-confirmed': null,
  'progress-reported': null,
  'measure-recorded': null,
  'measure-taken-back': null,
  'round-opened': null,
  'progress-asked': null,
  'round-postponed': null,
  // Who has not answered stands in a list of its own.
  'round-closed': null,
  // The miss itself was told when it happened.
  'milestone-folded': null,
  'mail-sent': null,
  'mail-delayed': null,
  'mail-undeliverable': null,
  'mail-resent': null,
  'authority-changed': null,
  'calendar-changed': null,
  'facts-corrected': 'corrected',
  'report-reissued': 'corrected',
  'reading-chosen': 'corrected',
  'event-recorded': null,
  'fact-ruled-out': 'corrected',
  'instrument-added': 'plan',
  'instrument-withdrawn': 'noLonger',
  'question-asked': null,
  'question-answered': null,
  'question-withdrawn': 'noLonger',
  'plan-revised': 'plan',
  'cycle-changed': 'plan',
  // It stands in the report itself.
  'report-part-written': null,
  'plan-recorded': null,
  'attendance-recorded': null,
  'limit-near': null,
  'clock-recovered': null,
  'record-recovered': null,
  'entries-missing': null,
  'history-archived': null,
  'document-frozen': null,
  'public-page-opened': null,
  'public-page-closed': null,
  'personal-data-erased': null,
};

/** That somebody has looked at what was submitted is told by what they made of it. */
const isAnswer = ({ kind, milestone }: RegisterEntry): boolean =>
  kind === 'milestone-completed' && milestone !== null && isAcceptance({ id: milestone });

/**
 * What lapses has a home where it was not finished when its inspection was closed. What is owed to somebody outside the council is met
 * by its submission, an action once it is accepted.
 */
function sectionOf({ kind, data, milestone, row }: RegisterEntry): Section | null {
  if (kind === 'milestone-lapsed' && data['home'] !== undefined) return 'unfinished';
  const section = SECTIONS[kind];
  const isWaiting = section === 'met' && row?.status === 'submitted';
  return isWaiting && milestone !== null && isAction({ id: milestone }) ? 'submitted' : section;
}

const MONTHS_AHEAD = 3;

/**
 * The update as of the view's instant.
 *
 * @param history the inspection's entries in the register
 * @param since the day of the last update: what happened from then on is told
 * @param roleTitle the title of a role
 */
export function progressReport(
  view: LifecycleView,
  history: readonly RegisterEntry[],
  calendar: WorkingCalendar,
  { since, roleTitle }: { since: CivilDate; roleTitle: (role: string) => string },
): ProgressReport {
  const today = localDate(view.now);
  if (since > today)
    throw new Refusal(
      'wrong-date',
      `${formatDate(since)} is still to come, and nothing has happened since: ${todayInWords(view.now)}.`,
      undefined,
    );
  const themes = progress(view);
  const recent = history.filter((entry) => localDate(entry.at) >= since);
  const told = (section: Section): string[] =>
    recent.filter((entry) => sectionOf(entry) === section && !isAnswer(entry)).map(sentenceOf);
  const until = addMonths(today, MONTHS_AHEAD);
  const pending = view.milestones.filter(isPending);
  const gone = goneActions(view, history);
  const gaps = coverageGaps(view.improvement);
  const versions = view.improvement.plans ?? [];
  const slipped = slippedActions(view, roleTitle);
  const closable = closableInWords(view);
  return {
    title: `Update on the improvement plan: ${view.title}`,
    authority: view.authority.name,
    date: formatDate(today),
    on: today,
    since: formatDate(since),
    purpose: `To tell members how the council's response to the inspection stands on ${formatDate(today)}, and what has happened since ${formatDate(since)}.`,
    standing: [
      doneInWords(themes),
      ...(gone.length === 0
        ? []
        : [`${gone.length} ${gone.length === 1 ? 'is' : 'are'} no longer to be done: ${gone.join(' ')}`]),
      ...unfinishedInWords(view),
      view.overdue === 0
        ? 'Nothing is overdue.'
        : `${view.overdue} ${view.overdue === 1 ? 'duty is' : 'duties are'} overdue.`,
      ...slippedInWords(slipped),
      ...(closable === undefined ? [] : [closable]),
      ...pending.flatMap(({ title, missedBefore }) =>
        missedBefore === undefined ? [] : [`${title}: ${missedInWords(missedBefore)}`],
      ),
    ],
    ragRule: RAG_RULE,
    themes: themes.map((theme) => ({
      title: theme.title,
      officer: theme.officer === '' ? '' : roleTitle(theme.officer),
      rag: RAGS[theme.rag].words,
      rated: theme.rag,
      done: `${theme.done} of ${actionsOf(theme)}`,
      left: leftInWords(theme),
      next: theme.nextDue === null ? '' : formatShortDate(theme.nextDue),
    })),
    slipped,
    scheme: schemeInWords(view.ratings),
    byDatesRule: BY_DATES_RULE,
    actions: actionLines(view, seriesIn(history), calendar, roleTitle),
    unanswered: unansweredRounds(view, history, since, roleTitle),
    measures: measureLines(view.measures, valuesIn(history), today),
    unreported: unreportedActions(view, since, roleTitle),
    ...mapTable(REPORT_SECTIONS, (_section, name) => told(name)),
    coming: pending
      .filter((each) => each.due >= today && each.due <= until)
      .map((each) => ({ due: formatShortDate(each.due), title: each.title, owner: roleTitle(each.owner) })),
    written: writtenIn(history, roleTitle),
    coverage: [...answersInWords(view.improvement), ...gaps],
    plans: versions.map(({ plan, version, stages }) => {
      const last = stages.at(-1);
      return `${PLAN_KINDS[plan]}, version ${version}: ${last?.stage ?? 'draft'}${last === undefined ? '' : ` on ${formatDate(last.on)}`}.`;
    }),
    appendices: versions.flatMap(({ appendices }) =>
      appendices.map(({ title, link }) => (link === undefined ? title : `${title} (${link})`)),
    ),
  };
}

/** All of a theme's actions: what no longer applies counts too, or a plan would shrink unseen. */
export const actionsOf = ({ done, open, overdue, held, waiting, unfinished, gone }: ThemeProgress): number =>
  done + open + overdue + held + waiting + unfinished + gone;

function doneInWords(themes: readonly ThemeProgress[]): string {
  const total = themes.reduce((sum, theme) => sum + actionsOf(theme), 0);
  const done = themes.reduce((sum, theme) => sum + theme.done, 0);
  const waiting = themes.reduce((sum, theme) => sum + theme.waiting, 0);
  const said = `${done} of ${total} action${total === 1 ? '' : 's'} of the plan ${done === 1 ? 'is' : 'are'} done.`;
  if (waiting === 0) return said;
  return `${said} ${waiting} more ${waiting === 1 ? 'is' : 'are'} ${STATUS_GROUPS.awaiting.words.toLowerCase()}.`;
}

/** The actions that were not finished when the inspection was closed, each with where it goes. */
function unfinishedInWords({ improvement, homes }: LifecycleView): string[] {
  const unfinished = improvement.actions.flatMap(({ id, title }) => {
    const home = homes[dutyOfAction(id)];
    return home === undefined ? [] : [`${title}: ${home}.`];
  });
  if (unfinished.length === 0) return [];
  const were = unfinished.length === 1 ? '1 was' : `${unfinished.length} were`;
  return [`${were} not finished when the inspection was closed: ${unfinished.join(' ')}`];
}

/** The actions that no longer apply, each with what the record says of why. */
function goneActions(view: LifecycleView, history: readonly RegisterEntry[]): string[] {
  return view.improvement.actions.flatMap(({ id, title }) => {
    const milestone = dutyOfAction(id);
    if (!isGone(milestone, view)) return [];
    const ending = history.findLast((entry) => entry.milestone === milestone && SECTIONS[entry.kind] === 'noLonger');
    return [ending === undefined ? `${title}.` : sentenceOf(ending)];
  });
}

/** What an entry says, with the reason where only its data has it. */
function sentenceOf({ kind, text, data: { reason } }: RegisterEntry): string {
  if (kind !== 'milestone-reassigned' || typeof reason !== 'string' || text.includes(reason)) return text;
  return `${unstopped(text)}: ${unstopped(reason)}.`;
}

/** What is left of a theme, in words: 'nothing' where all of it is done. */
export function leftInWords({ overdue, held, open, slipping, waiting, unfinished, gone }: ThemeProgress): string {
  const parts = [
    ...(overdue === 0 ? [] : [`${overdue} overdue`]),
    ...(held === 0 ? [] : [`${held} on hold`]),
    ...(open === 0
      ? []
      : [
          `${open} not late${slipping === 0 ? '' : ` yet, ${slipping} expected after ${slipping === 1 ? 'its date' : 'their dates'}`}`,
        ]),
    ...(waiting === 0 ? [] : [`${waiting} ${STATUS_GROUPS.awaiting.words.toLowerCase()}`]),
    ...(unfinished === 0 ? [] : [`${unfinished} ${MILESTONE_STATUSES.unfinished.words.toLowerCase()}`]),
    ...(gone === 0 ? [] : [`${gone} no longer to be done`]),
  ];
  return parts.join(', ') || 'nothing';
}
