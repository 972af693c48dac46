import type { InspectionSummary } from '../../register/reads.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { EngineProblem } from '../engine-problem.ts';
import { type RunningInspection, runningFrom } from './inspections.ts';
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

/** An inspection of a list, as far as it is asked for by it. */
type Listed = Pick<InspectionSummary, 'authority' | 'reference' | 'title'>;

/** The state of several inspections at once; one whose lifecycle is gone is left out. */
export async function viewsOf(parts: Pick<WebParts, 'engine' | 'onError'>, rows: readonly Listed[]): Promise<Views> {
  const { answered, silent } = await askedOfEach(parts, rows, (id) => parts.engine.view(id, PATIENCE_MS));
  return { views: answered.map(({ answer: view, ...each }) => ({ ...each, view })), silent };
}

/** Several inspections as they run, by their refs, and those that can't be shown at the moment. */
export interface RunningOnes {
  running: ReadonlyMap<InspectionRef, RunningInspection>;
  silent: Views['silent'];
}

/** The same with all that they keep, where a page has to know what somebody may do. */
export async function runningOnes(
  parts: Pick<WebParts, 'engine' | 'onError'>,
  rows: readonly Listed[],
): Promise<RunningOnes> {
  const { answered, silent } = await askedOfEach(parts, rows, (id) => parts.engine.inspect(id, PATIENCE_MS));
  return {
    running: new Map(answered.map(({ id, answer: { state, view } }) => [id, runningFrom(state, view)])),
    silent,
  };
}

async function askedOfEach<T>(
  { onError }: Pick<WebParts, 'onError'>,
  rows: readonly Listed[],
  ask: (id: InspectionRef) => Promise<T>,
): Promise<{ answered: { id: InspectionRef; title: string; answer: T }[]; silent: Views['silent'] }> {
  const all = await Promise.all(
    rows.map(async ({ authority, reference, title }) => {
      const id = inspectionRef(authority, reference);
      try {
        return { answered: [{ id, title, answer: await ask(id) }], silent: [] };
      } catch (error) {
        const code = error instanceof EngineProblem ? error.code : undefined;
        if (code === 'unknown-reference') return { answered: [], silent: [] };
        if (code === 'unreachable' || code === 'access-denied') throw error;
        // Whatever is wrong with one, its code included, the page shows the others.
        if (code === undefined) onError(error instanceof Error ? error : new Error(String(error)));
        return { answered: [], silent: [{ id, title }] };
      }
    }),
  );
  return { answered: all.flatMap(({ answered }) => answered), silent: all.flatMap(({ silent }) => silent) };
}
