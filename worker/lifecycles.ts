import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Lifecycles } from '../activities/create-activities.ts';
import type { CommandRequest, CommandResult } from '../workflows/messages.ts';

/** Running lifecycles as activities reach them: by Updates, like every other change. */
export function lifecyclesOf(client: Client): Lifecycles {
  return {
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
