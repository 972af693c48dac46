import type { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { type EngineTime, ownClock } from '../../platform/updates/engine-clock.ts';
import { troubleIn } from '../../platform/updates/trouble.ts';
import { problemIn } from './problem-in.ts';
import { registerProblemIn } from '../engine-problem.ts';

export interface EngineOptions {
  taskQueue: string;
  /** The address shown to people when it can't be reached. */
  address: string;
  /** How long to wait for a worker to answer, in milliseconds. */
  patienceMs?: number;
  /** The engine's clock as it is known here, this machine's own by default; 'skipped' where lifecycles skip time. */
  time?: EngineTime;
}

const PATIENCE_MS = 15_000;
/** Between two tries of what could not be taken. */
const ASK_AGAIN_MS = 1000;

/** The id of an inspection's workflow. */
export const workflowId = (inspection: InspectionRef): string => `inspection/${inspection}`;

/** Whether what is asked changes something: what is said where no answer comes depends on it. */
export type Asked = 'read' | 'change';

/** Temporal's client, as the parts of the engine use it. */
export interface EngineClient {
  client: Client;
  taskQueue: string;
  address: string;
  patienceMs: number;
  time: EngineTime;
  /** Waits a while for an answer, then says who did not answer. @throws EngineProblem */
  patiently<T>(asked: Asked, work: () => Promise<T>, waitMs?: number): Promise<T>;
}

export function engineClient(
  client: Client,
  { taskQueue, address, patienceMs = PATIENCE_MS, time = ownClock }: EngineOptions,
): EngineClient {
  const patiently = async <T>(asked: Asked, work: () => Promise<T>, waitMs = patienceMs): Promise<T> => {
    const deadline = Date.now() + waitMs;
    for (;;) {
      try {
        return await client.withDeadline(deadline, work);
      } catch (error) {
        // It was not taken, so it can be asked again.
        if (troubleIn(error) !== 'stuck' || Date.now() + ASK_AGAIN_MS > deadline)
          throw registerProblemIn(error) ?? problemIn(error, asked, address) ?? error;
      }
      await sleep(ASK_AGAIN_MS);
    }
  };
  return { client, taskQueue, address, patienceMs, time, patiently };
}
