import type { InspectionSummary } from '../../register/reads.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { EngineProblem } from '../engine-problem.ts';
import type { WebParts } from './parts.ts';

/** The state of several inspections at once; one whose lifecycle is gone is left out. */
export async function viewsOf(
  { engine }: Pick<WebParts, 'engine'>,
  rows: readonly InspectionSummary[],
): Promise<{ id: InspectionRef; title: string; view: LifecycleView }[]> {
  const views = await Promise.all(
    rows.map(async ({ authority, reference, title }) => {
      const id = inspectionRef(authority, reference);
      try {
        return [{ id, title, view: await engine.view(id) }];
      } catch (error) {
        if (error instanceof EngineProblem && error.code === 'unknown-reference') return [];
        throw error;
      }
    }),
  );
  return views.flat();
}
