import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import type { ViewedMilestone } from '../../../domain/lifecycle/view.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { askedAbout, isAnswered, isRound } from '../../../domain/rounds/answers.ts';
import { unstopped } from '../../../domain/unstopped.ts';
import type { DeclinedDate } from '../../../register/later-dates.ts';
import type { RunningInspection } from '../inspections.ts';

/** Rounds of progress of an inspection that wait for somebody's answers: one form answers all of them. */
export interface AskedProgress {
  /** The rounds by their titles. */
  titles: string[];
  /** The first day by which answers are needed. */
  by: CivilDate;
  /** Of so many actions of theirs. */
  actions: number;
  answered: number;
  href: string;
}

/** Where the answers of a round are given, all on one form. */
export const progressFormPath = (inspection: InspectionRef): string => `/my-duties/progress/${inspection}`;

/** The rounds of an inspection that are open, each with the actions that it asks about. */
export function openRounds({ view }: Pick<RunningInspection, 'view'>): {
  round: ViewedMilestone & { round: { askedAt: string } };
  actions: ViewedMilestone[];
}[] {
  return view.milestones.flatMap((each) =>
    isRound(each) && isPending(each) && each.round !== undefined
      ? [{ round: { ...each, round: each.round }, actions: askedAbout(view.milestones) }]
      : [],
  );
}

/** The rounds of an inspection in which somebody has not answered on all of their actions; none where there is no such. */
export function progressAsked(
  id: InspectionRef,
  running: Pick<RunningInspection, 'view'>,
  roles: ReadonlySet<string>,
): AskedProgress[] {
  const waiting = openRounds(running).flatMap(({ round, actions }) => {
    const own = actions.filter(({ owner }) => roles.has(owner));
    const answered = own.filter((each) => isAnswered(each, round.round)).length;
    return answered === own.length ? [] : [{ title: round.title, by: round.due, actions: own.length, answered }];
  });
  const [first, ...others] = waiting.toSorted((a, b) => (a.by < b.by ? -1 : 1));
  if (first === undefined) return [];
  return [
    {
      titles: [first, ...others].map(({ title }) => title),
      by: first.by,
      actions: first.actions,
      answered: Math.min(...waiting.map(({ answered }) => answered)),
      href: progressFormPath(id),
    },
  ];
}

/** A later date that the owner has asked for and nobody has answered yet, in a sentence; undefined where none is. */
export function laterDateInWords(
  duty: Pick<ViewedMilestone, 'extensionRequested'> | undefined,
  roleTitle: (role: string) => string,
): string | undefined {
  if (duty?.extensionRequested === undefined) return undefined;
  const { by, at, to, reason } = duty.extensionRequested;
  return `${roleTitle(by)} asked on ${formatDate(localDate(at))} for it to be due on ${formatDate(to)}: ${unstopped(reason)}. It has not been granted or declined yet.`;
}

/** Why somebody is asked about a duty beside its date, in sentences: it was sent back, or its later date was declined. */
export function askedInWords(
  duty: Pick<ViewedMilestone, 'returned' | 'status'> | undefined,
  declined: DeclinedDate | undefined,
  roleTitle: (role: string) => string,
): string[] {
  const back = duty?.status === 'open' ? duty.returned?.at(-1) : undefined;
  return [
    ...(back === undefined ? [] : [`Sent back by ${back.by} on ${formatDate(back.on)}: ${unstopped(back.reason)}.`]),
    ...(declined === undefined
      ? []
      : [
          `${roleTitle(declined.by)} declined a later date on ${formatDate(localDate(declined.at))}: ${unstopped(declined.reason)}.`,
        ]),
  ];
}
