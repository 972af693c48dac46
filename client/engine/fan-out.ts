import type { WorkflowHandle } from '@temporalio/client';
import type { PublishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { actor as actorSchema } from '../../domain/schemas/commands.ts';
import type { replanAll, ReplanAllInput, ReplanProgress } from '../../workflows/replan-all.ts';
import { parseRequest } from '../bad-request.ts';
import type { EngineClient } from './engine-client.ts';

/** How a fan-out stands when whoever asked for it stops looking. */
export interface Replanned extends ReplanProgress {
  /** `under way`: it goes on without whoever asked; `silent`: no worker has said a word for a while. */
  state: 'ended' | 'under way' | 'silent';
}

/** What goes to every open inspection of an authority. */
export interface EngineFanOut {
  /**
   * Brings approved bank holidays to every open inspection of an authority. Where that is under way already for the same
   * days, it is waited for; `onProgress` is told now and then.
   *
   * @param options.signal aborted: it is looked at no longer, and goes on
   * @param options.silentMs how long to wait for a word of any worker, in milliseconds
   * @returns how many took them, which refused, and which could not be told
   */
  replanAll(
    authority: string,
    published: PublishedHolidays,
    actor: Actor,
    options?: {
      onProgress?: (progress: ReplanProgress) => void;
      pageSize?: number;
      signal?: AbortSignal;
      silentMs?: number;
    },
  ): Promise<Replanned>;
}

const PROGRESS_MS = 1000;
const SILENT_MS = 60_000;
const NO_PROGRESS: ReplanProgress = { after: '', tried: 0, done: 0, failed: [] };

export function engineFanOut({ client, taskQueue, patiently }: EngineClient): EngineFanOut {
  const progressOf = (handle: WorkflowHandle): Promise<ReplanProgress | undefined> =>
    client
      .withDeadline(Date.now() + 2 * PROGRESS_MS, () => handle.query<ReplanProgress>('progress'))
      // A worker that is busy may not answer: the next second it will.
      .catch(() => undefined);

  return {
    async replanAll(authority, published, actor, { onProgress, pageSize, signal, silentMs = SILENT_MS } = {}) {
      const input: ReplanAllInput = {
        authority,
        published,
        actor: parseRequest(actorSchema, actor),
        ...(pageSize === undefined ? {} : { pageSize }),
      };
      const handle = await patiently('change', () =>
        client.workflow.start<typeof replanAll>('replanAll', {
          taskQueue,
          workflowId: `replan-all/${authority}/${published.version}`,
          workflowIdConflictPolicy: 'USE_EXISTING',
          args: [input],
        }),
      );
      const result = handle.result();
      // Whoever stops looking does not wait for it.
      result.catch(() => undefined);
      let progress = NO_PROGRESS;
      let heard = performance.now();
      for (;;) {
        const pause = new Promise<false>((resolve) => setTimeout(() => resolve(false), PROGRESS_MS));
        if (await Promise.race([result.then(() => true), pause])) return { ...(await result), state: 'ended' };
        const said = await progressOf(handle);
        if (said !== undefined) {
          progress = said;
          heard = performance.now();
          onProgress?.(said);
        }
        if (signal?.aborted === true) return { ...progress, state: 'under way' };
        if (performance.now() - heard > silentMs) return { ...progress, state: 'silent' };
      }
    },
  };
}
