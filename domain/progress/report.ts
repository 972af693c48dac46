import { addMonths } from '../calendar/months.ts';
import { type CivilDate, formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import { ENTRY_KINDS } from '../lifecycle/entry-kinds.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { coverageGaps } from './coverage.ts';
import { PLAN_KINDS } from '../plans/plan-versions.ts';
import { progress, RAG_RULE, type ThemeProgress } from './progress.ts';

/** The quarterly update as Cabinet gets it: headings, sentences and tables, nothing left to work out. */
export interface ProgressReport {
  title: string;
  authority: string;
  date: string;
  /** What happened from this day on is told. */
  since: string;
  purpose: string;
  standing: string[];
  ragRule: string;
  themes: { title: string; officer: string; rag: string; done: string; left: string; next: string }[];
  /** Since the last update. */
  met: string[];
  missed: string[];
  moved: string[];
  /** To the end of the next three months. */
  coming: { due: string; title: string; owner: string }[];
  coverage: string[];
  plans: string[];
  appendices: string[];
}

const WORDS: Record<ThemeProgress['rag'], string> = {
  red: 'Red',
  amber: 'Amber',
  green: 'Green',
  complete: 'Complete',
};
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
  const themes = progress(view, calendar);
  const recent = history.filter((entry) => localDate(entry.at) >= since);
  const sentences = (heading: 'met' | 'missed' | 'moved') =>
    recent.filter((entry) => ENTRY_KINDS[entry.kind].reported === heading).map((entry) => entry.text);
  const until = addMonths(today, MONTHS_AHEAD);
  const pending = view.milestones.filter(isPending);
  const total = themes.reduce((sum, theme) => sum + theme.done + theme.open + theme.overdue + theme.held, 0);
  const done = themes.reduce((sum, theme) => sum + theme.done, 0);
  const gaps = coverageGaps(view.improvement);
  const versions = view.improvement.plans ?? [];
  return {
    title: `Update on the improvement plan: ${view.title}`,
    authority: view.authority.name,
    date: formatDate(today),
    since: formatDate(since),
    purpose: `To tell members how the council's response to the inspection stands on ${formatDate(today)}, and what has happened since ${formatDate(since)}.`,
    standing: [
      `${done} of ${total} action${total === 1 ? '' : 's'} of the plan ${done === 1 ? 'is' : 'are'} done.`,
      view.overdue === 0
        ? 'Nothing is overdue.'
        : `${view.overdue} ${view.overdue === 1 ? 'duty is' : 'duties are'} overdue.`,
    ],
    ragRule: RAG_RULE,
    themes: themes.map((theme) => ({
      title: theme.title,
      officer: theme.officer === '' ? '' : roleTitle(theme.officer),
      rag: WORDS[theme.rag],
      done: `${theme.done} of ${theme.done + theme.open + theme.overdue + theme.held}`,
      left: leftInWords(theme),
      next: theme.nextDue === null ? '' : formatShortDate(theme.nextDue),
    })),
    met: sentences('met'),
    missed: sentences('missed'),
    moved: sentences('moved'),
    coming: pending
      .filter((each) => each.due >= today && each.due <= until)
      .map((each) => ({ due: formatShortDate(each.due), title: each.title, owner: roleTitle(each.owner) })),
    coverage: gaps.length === 0 ? ['Every recommendation is under a theme, and an action answers it.'] : gaps,
    plans: versions.map(({ plan, version, stages }) => {
      const last = stages.at(-1);
      return `${PLAN_KINDS[plan]}, version ${version}: ${last?.stage ?? 'draft'}${last === undefined ? '' : ` on ${formatDate(last.on)}`}.`;
    }),
    appendices: versions.flatMap(({ appendices }) =>
      appendices.map(({ title, link }) => (link === undefined ? title : `${title} (${link})`)),
    ),
  };
}

function leftInWords({ overdue, held, open }: ThemeProgress): string {
  const parts = [
    ...(overdue === 0 ? [] : [`${overdue} overdue`]),
    ...(held === 0 ? [] : [`${held} on hold`]),
    ...(open === 0 ? [] : [`${open} to be done`]),
  ];
  return parts.join(', ') || 'nothing';
}

/** The report as Markdown. Text from people can't become markup. */
export function reportAsMarkdown(report: ProgressReport): string {
  const list = (items: string[], otherwise: string) =>
    items.length === 0 ? [otherwise] : items.map((item) => `- ${escaped(item)}`);
  const table = (head: string[], rows: string[][]) => [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => ' --- ').join('|')}|`,
    ...rows.map((row) => `| ${row.map(escaped).join(' | ')} |`),
  ];
  return [
    `# ${escaped(report.title)}`,
    '',
    `${escaped(report.authority)}, ${report.date}`,
    '',
    '## Purpose of the report',
    '',
    escaped(report.purpose),
    '',
    '## Where the plan stands',
    '',
    ...list([...report.standing, ...report.plans], ''),
    '',
    '## Progress by theme',
    '',
    report.ragRule,
    '',
    ...table(
      ['Theme', 'Accountable officer', 'Rating', 'Done', 'Left', 'Next due'],
      report.themes.map(({ title, officer, rag, done, left, next }) => [title, officer, rag, done, left, next]),
    ),
    '',
    `## Since ${report.since}`,
    '',
    '### Met',
    '',
    ...list(report.met, 'Nothing.'),
    '',
    '### Not met in time',
    '',
    ...list(report.missed, 'Nothing.'),
    '',
    '### Moved',
    '',
    ...list(report.moved, 'Nothing.'),
    '',
    '## The next three months',
    '',
    ...(report.coming.length === 0
      ? ['Nothing falls due.']
      : table(
          ['Due', 'Duty', 'Owner'],
          report.coming.map(({ due, title, owner }) => [due, title, owner]),
        )),
    '',
    '## Recommendations',
    '',
    ...list(report.coverage, ''),
    '',
    '## Appendices',
    '',
    ...list(report.appendices, 'None.'),
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}
