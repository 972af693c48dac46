import type { InspectionSummary } from '../../register/reads.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { EngineProblem } from '../engine-problem.ts';
import type { WebParts } from './parts.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';

/** How long one inspection of a list is waited for, in milliseconds: a page shows the others all the same. */
const PATIENCE_MS = 3000;

export interface SeenView {
  id: InspectionRef;
  title: string;
  view: LifecycleView;
}

/** The inspections of a page as they run, and those that can't be shown at the moment. */
export interface Views {
  views: SeenView[];
  silent: Omit<SeenView, 'view'>[];
}

/** The state of several inspections at once; one whose lifecycle is gone is left out. */
export async function viewsOf(
  { engine, onError }: Pick<WebParts, 'engine' | 'onError'>,
  rows: readonly InspectionSummary[],
): Promise<Views> {
  const all = await Promise.all(
    rows.map(async ({ authority, reference, title }) => {
      const id = inspectionRef(authority, reference);
      try {
        return { views: [{ id, title, view: await engine.view(id, PATIENCE_MS) }], silent: [] };
      } catch (error) {
        const code = error instanceof EngineProblem ? error.code : undefined;
        if (code === 'unknown-reference') return { views: [], silent: [] };
        if (code === 'unreachable' || code === 'access-denied') throw error;
        // Whatever is wrong with one, its code included, the page shows the others.
        if (code === undefined) onError(error instanceof Error ? error : new Error(String(error)));
        return { views: [], silent: [{ id, title }] };
      }
    }),
  );
  return { views: all.flatMap(({ views }) => views), silent: all.flatMap(({ silent }) => silent) };
}
