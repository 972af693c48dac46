import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Lifecycles } from '../activities/create-activities.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { CommandRequest, CommandResult } from '../workflows/messages.ts';

/** How long a lifecycle's state is waited for: a busy worker takes a moment, and entries wait meanwhile. */
const STATE_TIMEOUT_MS = 3000;

/** Running lifecycles as activities reach them: by Updates, like every other change. */
export function lifecyclesOf(client: Client): Lifecycles {
  return {
    async stateToKeep({ workflowId, runId }, recorded) {
      try {
        return await client.withDeadline(Date.now() + STATE_TIMEOUT_MS, () =>
          client.workflow.getHandle(workflowId, runId).query<LifecycleState | null, [number]>('stateToKeep', recorded),
        );
      } catch {
        // Entries go into the register all the same; the next delivery's state has what this one lacks.
        return null;
      }
    },
    async changeCalendar(reference, published, actor) {
      const request: CommandRequest = { actor, payload: { published } };
      try {
        await client.workflow
          .getHandle(`inspection/${reference}`)
          .executeUpdate<CommandResult, [CommandRequest]>('changeCalendar', { args: [request] });
        return null;
      } catch (error) {
        // Ended since the page was read: nothing is open in it any more.
        if (error instanceof WorkflowNotFoundError) return null;
        const refused = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
        if (refused instanceof ApplicationFailure && refused.type?.startsWith('Refusal:') === true)
          return refused.message;
        throw error;
      }
    },
  };
}
