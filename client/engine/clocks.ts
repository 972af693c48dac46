import { WorkflowNotFoundError } from '@temporalio/client';
import { type InspectionRef, parseInspectionRef } from '../../domain/inspection-ref.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { type KeptRequest, stateFromPieces } from '../../domain/lifecycle/kept-state.ts';
import type { TextPiece } from '../../domain/lifecycle/pieces.ts';
import type { Mended } from '../../domain/lifecycle/mended.ts';
import type { Pulse } from '../../domain/lifecycle/pulse.ts';
import { troubleIn } from '../../platform/updates/trouble.ts';
import { EngineProblem } from '../engine-problem.ts';
import { deliveriesOf, type PastDelivery } from './history-deliveries.ts';
import { type EngineClient, workflowId } from './engine-client.ts';

/**
 * How a lifecycle answers when it is asked for its pulse; `standing` is the engine's own word for how it stands, `running` where
 * it runs.
 */
export type PulseAnswer =
  | { how: 'answered'; standing: string; pulse: Pulse }
  /** `stuck`: its next step fails again and again. */
  | { how: 'stuck' | 'no-answer'; standing: string }
  /** The engine knows nothing of it (any more). */
  | { how: 'unknown' };

/** The clocks of inspections, as an operator compares and mends them. */
export interface EngineClocks {
  /** Asks a lifecycle how it goes on, an ended one too; waits for its answer a while. */
  pulse(inspection: InspectionRef): Promise<PulseAnswer>;
  /** Every inspection whose lifecycle runs, as the engine lists them: a moment behind. Of one authority, or of all. */
  running(authority?: string): Promise<InspectionRef[]>;
  /**
   * All that a lifecycle has, an ended one too, with what has not reached the register.
   *
   * @throws EngineProblem where it does not answer, or has more on its way than it can hand out
   */
  stateOf(inspection: InspectionRef): Promise<LifecycleState>;
  /** Tells a lifecycle that the register has been mended: it records that, and goes on. */
  mended(inspection: InspectionRef, what: Mended): Promise<void>;
  /** Ends a lifecycle without a word of its own. */
  stop(inspection: InspectionRef, why: string): Promise<void>;
  /** What a lifecycle has handed to the register, oldest first, as far back as the engine keeps it. */
  deliveries(inspection: InspectionRef): AsyncIterable<PastDelivery>;
}

/**
 * How long one answer is waited for, in milliseconds: where its worker was killed a moment ago, the engine asks that one for
 * ten seconds before it asks another.
 */
const ANSWER_MS = 15_000;
const PREFIX = workflowId('' as InspectionRef);

export function engineClocks({ client, taskQueue, patiently }: EngineClient): EngineClocks {
  return {
    async pulse(inspection) {
      const handle = client.workflow.getHandle(workflowId(inspection));
      const described = await patiently('read', () => handle.describe()).catch(nullWhereUnknown);
      if (described === null) return { how: 'unknown' };
      const standing = described.status.name.toLowerCase().replaceAll('_', ' ');
      try {
        const pulse = await client.withDeadline(Date.now() + ANSWER_MS, () => handle.query<Pulse>('pulse'));
        return { how: 'answered', standing, pulse };
      } catch (error) {
        return { how: troubleIn(error) === 'stuck' ? 'stuck' : 'no-answer', standing };
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
    async stateOf(inspection) {
      const handle = client.workflow.getHandle(workflowId(inspection));
      const { recorded } = await patiently('read', () => handle.query<Pulse>('pulse'));
      const state = await stateFromPieces((piece) =>
        patiently('read', () => handle.query<TextPiece | null, [KeptRequest]>('stateToKeep', { recorded, piece })),
      );
      if (state !== null) return state;
      throw new EngineProblem('stuck', `${inspection} has more on its way to the register than it can hand out.`);
    },
    mended: (inspection, what) =>
      patiently('change', () =>
        client.workflow.getHandle(workflowId(inspection)).executeUpdate<void, [Mended]>('mended', { args: [what] }),
      ),
    async stop(inspection, why) {
      await patiently('change', () => client.workflow.getHandle(workflowId(inspection)).terminate(why));
    },
    deliveries: (inspection) => deliveriesOf(client, workflowId(inspection)),
  };
}

function nullWhereUnknown(error: unknown): null {
  if (error instanceof WorkflowNotFoundError) return null;
  throw error;
}
