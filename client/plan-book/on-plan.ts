import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { editsBetween } from '../../domain/revisions/edits.ts';
import { itemsById, planItems, type PlanPart } from '../../domain/revisions/plan-items.ts';
import { type Clash, type Holds, type Rebased, rebased } from '../../domain/revisions/rebased.ts';
import { unnamed } from '../../domain/revisions/references.ts';
import { planWith } from '../../domain/revisions/steps.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';
import type { PlanChange } from '../../domain/revisions/changes.ts';
import type { BookEdit, BookRead, BookReport } from './book-read.ts';

/** Is a line to be carried out? By its name. */
export type Chosen = (name: string) => boolean;

/**
 * What a workbook changes, on the plan as it runs: what others have changed since it went out stays, and where both have
 * changed the same, somebody has to say which is to hold.
 */
export function onPlan(
  { sent, edits }: BookRead,
  inspection: Inspection,
  chosen: Chosen,
  holds: (clash: Clash) => Holds | undefined,
): Rebased {
  const present: PlanPart = inspection;
  // What no workbook has stands as it does now.
  const base: PlanPart = { ...present, ...sent.plan };
  const own = edits.filter(({ name }) => chosen(name));
  const proposed = ofEach(own, 'withdraw').reduce((plan, { edit }) => without(plan, edit), puttingAll(base, own));
  const gone = inspection.withdrawn ?? [];
  return rebased(editsBetween(base, proposed), { base, present }, holds, (what) =>
    gone.filter((each) => each.what === what).map(({ id }) => id),
  );
}

const ofEach = (edits: readonly BookEdit[], kind: BookEdit['edit']['kind']) =>
  edits.filter(({ edit }) => edit.kind === kind);

const puttingAll = (base: PlanPart, edits: readonly BookEdit[]): PlanPart =>
  planWith(
    base,
    ofEach(edits, 'put').map(({ edit }) => edit),
  );

/** What names it names it no more. */
function without(plan: PlanPart, edit: BookEdit['edit']): PlanPart {
  if (edit.kind !== 'withdraw') return plan;
  const named = unnamed(plan, edit.what, edit.id);
  const items = itemsById(named, edit.what);
  items.delete(edit.id);
  return { ...named, ...planItems(edit.what).partOf([...items.values()]) };
}

/** Where a change of the plan stands in the workbook; undefined for what follows from another one. */
export function placeOf({ edits }: BookRead, change: PlanChange): string | undefined {
  const found = edits.find(({ name }) => name === `${change.what}/${change.id}`);
  if (found === undefined || change.kind !== 'change') return found?.at;
  return Object.entries(found.cells).find(
    ([field]) => field === change.field || field.startsWith(`${change.field}.`),
  )?.[1];
}

/** A report of a workbook, beside what has been said since that went out. */
export interface ConsideredReport {
  report: BookReport;
  /** Others have reported on it since. */
  overtaken: boolean;
}

/** The reports of a workbook that say something else than stands on record now. */
export function reportsOn(
  { sent, reports }: BookRead,
  { milestones, measures }: Pick<LifecycleView, 'milestones' | 'measures'>,
): ConsideredReport[] {
  const duties = new Map(milestones.map((each) => [each.id, each]));
  return reports.flatMap((report): ConsideredReport[] => {
    if (report.command === 'progress') {
      const now = duties.get(dutyOfAction(report.id))?.progress;
      const { rating, percent, forecast, text } = report.payload;
      const same = { rating: now?.rating, percent: now?.percent, forecast: now?.forecast };
      const isSaid =
        text === undefined &&
        (rating ?? same.rating) === same.rating &&
        (percent ?? same.percent) === same.percent &&
        (forecast ?? same.forecast) === same.forecast;
      if (isSaid) return [];
      return [{ report, overtaken: (now?.reports ?? 0) > (sent.actions[report.id]?.reports ?? 0) }];
    }
    const newest = measures.find(({ id }) => id === report.id)?.newest;
    const { value, on } = report.payload;
    if (newest?.value === value && newest.on === on) return [];
    return [{ report, overtaken: (newest?.values ?? 0) > (sent.measures[report.id] ?? 0) }];
  });
}
