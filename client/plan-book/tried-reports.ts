import { apply, refusalOf } from '../../domain/commands/apply.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { BookReport } from './book-read.ts';

/** So many reports are tried whole before they are sent; of the others it is asked whether their sender may give them at all. */
const MAX_TRIED = 40;

/** What a report is about, as its command names it: a duty; '' for the inspection. */
export const aboutOf = ({ command, id }: BookReport): string => (command === 'progress' ? dutyOfAction(id) : '');

/** What the inspection would say against reports now, by their names; those that it would take are not among them. */
export function refusedReports(
  reports: readonly BookReport[],
  { state, now }: { state: LifecycleState; now: string },
  actorFor: (report: BookReport) => Actor,
): Map<string, string> {
  return new Map(
    reports.flatMap((report, index): [string, string][] => {
      const actor = actorFor(report);
      const refusal =
        index < MAX_TRIED
          ? refusalIn(report, state, actor, now)
          : refusalOf(report.command, aboutOf(report), state, { actor, now });
      return refusal === undefined ? [] : [[report.name, refusal.message]];
    }),
  );
}

function refusalIn(report: BookReport, state: LifecycleState, actor: Actor, now: string): Refusal | undefined {
  try {
    if (report.command === 'progress') apply(state, { name: 'progress', payload: report.payload }, actor, now);
    else apply(state, { name: 'recordMeasure', payload: report.payload }, actor, now);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
