import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import type { Lifecycles } from '../activities/create-activities.ts';
import { type KeptRequest, stateFromPieces } from '../domain/lifecycle/kept-state.ts';
import type { Pulse } from '../domain/lifecycle/pulse.ts';
import type { TextPiece } from '../domain/lifecycle/pieces.ts';
import { refusalCodeIn } from '../domain/refusal.ts';
import type { NotTaken, UpdateAnswer } from '../platform/updates/asked-update.ts';
import { updateAsker } from '../platform/updates/asker.ts';
import type { EngineTime } from '../platform/updates/engine-clock.ts';
import { troubleIn } from '../platform/updates/trouble.ts';
import type { CommandRequest } from '../workflows/messages.ts';

/** How long one lifecycle is waited for before the next is asked. */
const PATIENCE_MS = 15_000;

const PREFIX = 'inspection/';

const NOT_TAKEN: Readonly<Record<NotTaken, string>> = {
  full: 'too much is asked of it at once',
  stuck: 'it can’t go on at the moment, since its worker has failed at its next step several times',
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
        const handle = client.workflow.getHandle(workflowId, runId);
        return await client.withDeadline(Date.now() + STATE_TIMEOUT_MS, () =>
          stateFromPieces((piece) => handle.query<TextPiece | null, [KeptRequest]>('stateToKeep', { recorded, piece })),
        );
      } catch {
        // Entries go into the register all the same; the next delivery's state has what this one lacks.
        return null;
      }
    },
    async running(authority, taskQueue) {
      const query = `WorkflowType = 'inspectionLifecycle' AND ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}' AND DuecourseAuthority = '${authority}'`;
      const found: string[] = [];
      for await (const { workflowId } of client.workflow.list({ query }))
        if (workflowId.startsWith(PREFIX)) found.push(workflowId.slice(PREFIX.length));
      return found.sort();
    },
    async statusOf({ workflowId, runId }) {
      try {
        const handle = client.workflow.getHandle(workflowId, runId);
        const { status } = await client.withDeadline(Date.now() + STATE_TIMEOUT_MS, () => handle.query<Pulse>('pulse'));
        return status;
      } catch {
        return null;
      }
    },
    async changeCalendar(reference, published, actor) {
      const request: CommandRequest = { actor, payload: { published } };
      try {
        const answer = await ask({
          workflowId: `${PREFIX}${reference}`,
          name: 'changeCalendar',
          updateId: randomUUID(),
          request: (notAfter) => ({ ...request, ...(notAfter === undefined ? {} : { notAfter }) }),
        });
        return answer.kind === 'gone' && !(await isKnown(client, reference)) ? LOST : failureIn(answer);
      } catch (error) {
        if (error instanceof EngineAway) throw error;
        // This one alone: what is wrong with it must keep no other from being told.
        return { outcome: 'not-told', why: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** It is open on record, and the engine has never heard of it: it has not ended, its clock is lost. */
const LOST = {
  outcome: 'not-told',
  why: 'the engine knows nothing of it: its clock is lost, and an operator brings it back with: duecourse recover',
} as const;

async function isKnown(client: Client, reference: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(`${PREFIX}${reference}`).describe();
    return true;
  } catch (error) {
    if (troubleIn(error) === 'gone') return false;
    throw error;
  }
}

/** No inspection can be asked anything: the activity is tried again. */
class EngineAway extends Error {
  override readonly name = 'EngineAway';
}

function failureIn(answer: UpdateAnswer<unknown>): Awaited<ReturnType<Lifecycles['changeCalendar']>> {
  switch (answer.kind) {
    case 'done':
      return null;
    case 'gone':
      // Ended since the page was read: nothing is open in it any more.
      return null;
    case 'refused':
      return {
        outcome: refusalCodeIn(answer.failure.type) === undefined ? 'not-told' : 'refused',
        why: answer.failure.message,
      };
    case 'not-taken':
      return { outcome: 'not-told', why: `${NOT_TAKEN[answer.because]}; nothing was changed in it` };
    case 'unsure':
      return { outcome: 'not-told', why: 'it has not answered in time, and may have taken them or not' };
    case 'away':
      throw new EngineAway('The engine can’t be reached.', { cause: answer.error });
  }
}
