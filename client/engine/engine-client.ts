import type { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { isStuck, problemIn, registerProblemIn } from '../engine-problem.ts';

export interface EngineOptions {
  taskQueue: string;
  /** The address shown to people when it can't be reached. */
  address: string;
  /** How long to wait for a worker to answer, in milliseconds. */
  patienceMs?: number;
}

const PATIENCE_MS = 15_000;
/** Between two tries of what could not be taken. */
const ASK_AGAIN_MS = 1000;

/** The id of an inspection's workflow. */
export const workflowId = (inspection: InspectionRef): string => `inspection/${inspection}`;

/** Temporal's client, as the parts of the engine use it. */
export interface EngineClient {
  client: Client;
  taskQueue: string;
  patienceMs: number;
  /** Waits a while for an answer, then says who did not answer. @throws EngineProblem */
  patiently<T>(work: () => Promise<T>): Promise<T>;
}

export function engineClient(
  client: Client,
  { taskQueue, address, patienceMs = PATIENCE_MS }: EngineOptions,
): EngineClient {
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        return await client.withDeadline(deadline, work);
      } catch (error) {
        // It was not taken, so it can be asked again.
        if (!isStuck(error) || Date.now() + ASK_AGAIN_MS > deadline)
          throw registerProblemIn(error) ?? problemIn(error, address) ?? error;
      }
      await sleep(ASK_AGAIN_MS);
    }
  };
  return { client, taskQueue, patienceMs, patiently };
}
