import { WorkflowNotFoundError } from '@temporalio/client';
import { type InspectionRef, parseInspectionRef } from '../../domain/inspection-ref.ts';
import type { Pulse } from '../../domain/lifecycle/pulse.ts';
import { troubleIn } from '../../platform/updates/trouble.ts';
import { type EngineClient, workflowId } from './engine-client.ts';

/** How a lifecycle answers when it is asked for its pulse. */
export type PulseAnswer =
  | { how: 'answered'; pulse: Pulse; /** The engine's own word, `running` where it runs. */ standing: string }
  /** The engine knows nothing of it (any more). */
  | { how: 'unknown' }
  /** Its next step fails again and again. */
  | { how: 'stuck' }
  | { how: 'no-answer' };

/** The clocks of inspections, as an operator compares and mends them. */
export interface EngineClocks {
  /** Asks a lifecycle how it goes on, an ended one too; waits for its answer a while. */
  pulse(inspection: InspectionRef): Promise<PulseAnswer>;
  /** Every inspection whose lifecycle runs, as the engine lists them: a moment behind. Of one authority, or of all. */
  running(authority?: string): Promise<InspectionRef[]>;
}

/** How long one answer is waited for, in milliseconds. */
const ANSWER_MS = 10_000;
const PREFIX = workflowId('' as InspectionRef);

export function engineClocks({ client, taskQueue, patiently }: EngineClient): EngineClocks {
  return {
    async pulse(inspection) {
      const handle = client.workflow.getHandle(workflowId(inspection));
      try {
        const { status } = await patiently('read', () => handle.describe());
        const pulse = await client.withDeadline(Date.now() + ANSWER_MS, () => handle.query<Pulse>('pulse'));
        return { how: 'answered', pulse, standing: status.name.toLowerCase().replaceAll('_', ' ') };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { how: 'unknown' };
        return { how: troubleIn(error) === 'stuck' ? 'stuck' : 'no-answer' };
      }
    },
    async running(authority) {
      const found: InspectionRef[] = [];
      const mine = authority === undefined ? '' : ` AND DuecourseAuthority = '${authority}'`;
      const query = `WorkflowType = 'inspectionLifecycle' AND ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'${mine}`;
      for await (const { workflowId: id } of client.workflow.list({ query }))
        if (id.startsWith(PREFIX)) found.push(parseInspectionRef(id.slice(PREFIX.length)));
      return found.sort();
    },
  };
}
