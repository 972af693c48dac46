import type { PublishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { actor as actorSchema } from '../../domain/schemas/commands.ts';
import type { replanAll, ReplanAllInput, ReplanProgress } from '../../workflows/replan-all.ts';
import { parseRequest } from '../bad-request.ts';
import type { EngineClient } from './engine-client.ts';

/** What goes to every open inspection of an authority. */
export interface EngineFanOut {
  /**
   * Brings approved bank holidays to every open inspection of an authority. Where that is under way already for the same
   * days, it is waited for; `onProgress` is told now and then.
   *
   * @returns how many took them, and which refused
   */
  replanAll(
    authority: string,
    published: PublishedHolidays,
    actor: Actor,
    options?: { onProgress?: (progress: ReplanProgress) => void; pageSize?: number },
  ): Promise<ReplanProgress>;
}

const PROGRESS_MS = 1000;
const NO_PROGRESS: ReplanProgress = { after: '', done: 0, failed: [] };

export function engineFanOut({ client, taskQueue, patiently }: EngineClient): EngineFanOut {
  return {
    async replanAll(authority, published, actor, { onProgress, pageSize } = {}) {
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
      for (;;) {
        const pause = new Promise<false>((resolve) => setTimeout(() => resolve(false), PROGRESS_MS));
        if (await Promise.race([result.then(() => true), pause])) return result;
        // A worker that is busy may not answer: the next second it will.
        onProgress?.(await handle.query<ReplanProgress>('progress').catch(() => NO_PROGRESS));
      }
    },
  };
}
