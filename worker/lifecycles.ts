import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import type { Lifecycles } from '../activities/create-activities.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { refusalCodeIn } from '../domain/refusal.ts';
import { updateAsker } from '../platform/updates/asker.ts';
import type { NotTaken } from '../platform/updates/asked-update.ts';
import type { EngineTime } from '../platform/updates/engine-clock.ts';
import type { CommandRequest, CommandResult } from '../workflows/messages.ts';

/** How long one lifecycle is waited for before the next is asked. */
const PATIENCE_MS = 15_000;

const NOT_TAKEN: Readonly<Record<NotTaken, string>> = {
  full: 'too much is asked of it at once',
  stuck: 'it can’t go on at the moment: its worker has failed at its next step several times',
  silent: 'it has not answered in time',
};

/** How long a lifecycle's state is waited for: a busy worker takes a moment, and entries wait meanwhile. */
const STATE_TIMEOUT_MS = 3000;

/** Running lifecycles as activities reach them: by Updates, like every other change. */
export function lifecyclesOf(client: Client, time: EngineTime): Lifecycles {
  const ask = updateAsker({ client, patienceMs: PATIENCE_MS, time });
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
      const answer = await ask<CommandResult>({
        workflowId: `inspection/${reference}`,
        name: 'changeCalendar',
        updateId: randomUUID(),
        request: (notAfter) => ({ ...request, ...(notAfter === undefined ? {} : { notAfter }) }),
      });
      switch (answer.kind) {
        case 'done':
        // Ended since the page was read: nothing is open in it any more.
        case 'gone':
          return null;
        case 'refused':
          if (refusalCodeIn(answer.failure.type) !== undefined) return answer.failure.message;
          throw answer.failure;
        case 'not-taken':
          return `Not told: ${NOT_TAKEN[answer.because]}.`;
        case 'away':
        case 'unsure':
          throw answer.error;
      }
    },
  };
}
