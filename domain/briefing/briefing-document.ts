import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { namesOf } from '../closed-table.ts';
import { type Block, type Document, heading, list, paragraph } from '../documents/document.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import { type ProgressReport, REPORT_SECTIONS } from '../progress/report.ts';
import { comingOf, themesOf } from '../progress/report-document.ts';
import { questionId } from '../strands/member-briefings.ts';

/** A member's question with its texts. */
export interface AskedQuestion {
  id: string;
  askedOn: CivilDate;
  by: string;
  text: string;
  answer?: { on: CivilDate; text: string };
  withdrawn?: string | undefined;
  reportedIn?: string | undefined;
}

/** What is told beside what the quarterly update tells. */
interface Told {
  questions: readonly AskedQuestion[];
  /** The day of the last briefing. */
  since: CivilDate;
}

/** The written briefing to all members: how the plan stands, what has happened since the last one, their questions with the answers. */
export function briefingDocument(report: ProgressReport, view: LifecycleView, { questions, since }: Told): Document {
  return {
    title: `Briefing for members: ${view.title}`,
    under: `${report.authority}, ${report.date}`,
    on: report.on,
    blocks: [
      paragraph(
        `To tell all members how the council's response to the inspection stands, what has happened since ${report.since}, and what members have asked.`,
      ),
      heading(2, 'Where the plan stands'),
      list(report.standing, 'There is no plan yet.'),
      heading(2, 'Progress by theme'),
      ...themesOf(report),
      heading(2, `Since ${report.since}`),
      ...happened(report),
      heading(2, 'Decisions that can be called in'),
      list(
        view.decisions.flatMap(({ title, standing }) => (standing.open ? [`${title}: ${standing.why}`] : [])),
        'None.',
      ),
      ...questionsOf(questions, view, since),
      heading(2, 'Training for members'),
      list(
        (view.improvement.training ?? []).flatMap(({ title, on }) =>
          on < report.on ? [] : [`${title}, on ${formatDate(on)}.`],
        ),
        'No session is planned.',
      ),
      heading(2, 'The next three months'),
      comingOf(report),
    ],
  };
}

/** What happened, under the headings of the update; a heading under which nothing happened is left out. */
export function happened(report: ProgressReport): Block[] {
  const told = namesOf(REPORT_SECTIONS).filter((name) => report[name].length > 0);
  if (told.length === 0) return [paragraph('Nothing that members need to know was recorded.')];
  return told.flatMap((name) => [heading(3, REPORT_SECTIONS[name].heading), list(report[name], '')]);
}

/** Members' questions: those answered since a day or not yet told to all members, with their answers, and those that wait for one. */
export function questionsOf(
  questions: readonly AskedQuestion[],
  { milestones }: Pick<LifecycleView, 'milestones'>,
  since: CivilDate,
): Block[] {
  const due = new Map(milestones.map((each) => [each.id, each.due]));
  const counting = questions.filter(({ withdrawn }) => withdrawn === undefined);
  const answered = counting.flatMap(({ answer, ...each }) =>
    answer !== undefined && (each.reportedIn === undefined || answer.on >= since) ? [{ ...each, answer }] : [],
  );
  const waiting = counting.filter(({ answer }) => answer === undefined);
  return [
    heading(2, 'Members’ questions'),
    ...(answered.length === 0 ? [paragraph(`Nothing was answered since ${formatDate(since)}.`)] : []),
    ...answered.flatMap(({ id, by, askedOn, text, answer }): Block[] => [
      heading(3, `Question ${id}, asked by ${by} on ${formatDate(askedOn)}`),
      paragraph(text),
      { ...paragraph(`Answered on ${formatDate(answer.on)}:`), strong: true },
      paragraph(answer.text),
    ]),
    heading(3, 'Not answered yet'),
    list(
      waiting.map(({ id, by, askedOn, text }) => {
        const day = due.get(questionId(id));
        const until = day === undefined ? '' : `, to be answered by ${formatDate(day)}`;
        return `Question ${id}, asked by ${by} on ${formatDate(askedOn)}${until}: ${text}`;
      }),
      'Every question is answered.',
    ),
  ];
}

/** The day of the last briefing; undefined where none has gone out. An answer to one question is none. */
export function lastBriefing(history: readonly RegisterEntry[]): CivilDate | undefined {
  const last = history.findLast(
    ({ kind, milestone }) =>
      (kind === 'milestone-completed' || kind === 'milestone-submitted') &&
      milestone !== null &&
      milestone.startsWith('member-briefings/') &&
      !milestone.startsWith(questionId('')),
  );
  return last === undefined ? undefined : localDate(last.at);
}
