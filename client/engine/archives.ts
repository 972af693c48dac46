import type { Archived } from '../../activities/archive/archive-history.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { archiveInspection } from '../../workflows/archive-inspection.ts';
import { EngineProblem } from '../engine-problem.ts';
import type { EngineClient } from './engine-client.ts';

/** Histories of ended lifecycles, on their way into the register. */
export interface EngineArchives {
  /**
   * Has the history of an ended lifecycle brought into the register; waits for it a while.
   *
   * @param waitMs how long, in milliseconds; by default as long as for any answer
   * @throws EngineProblem 'no-worker' where it is not there in time: it goes on being tried
   */
  archive(inspection: InspectionRef, waitMs?: number): Promise<Archived>;
}

export function engineArchives({ client, taskQueue, patienceMs, patiently }: EngineClient): EngineArchives {
  return {
    async archive(inspection, waitMs = patienceMs) {
      const handle = await patiently('change', () =>
        client.workflow.start<typeof archiveInspection>('archiveInspection', {
          taskQueue,
          workflowId: `archive/${inspection}`,
          workflowIdConflictPolicy: 'USE_EXISTING',
          args: [partsOf(inspection)],
        }),
      );
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), waitMs).unref());
      const outcome = await Promise.race([handle.result(), late]);
      if (outcome !== 'late') return outcome;
      throw new EngineProblem(
        'no-worker',
        `The history of ${inspection} is not in the register yet; it goes on being tried. Is a worker running, and has it DUECOURSE_SIGNING_KEY? Its log says what it waits for.`,
      );
    },
  };
}
