import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { temporal } from '@temporalio/proto';
import type { Delivery, DeliveryResult } from '../../domain/lifecycle/entry.ts';

import { LargePayloads, resolveReferences } from '../../platform/large-payloads.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** What a lifecycle handed to the register once, and what came of it; without outcomes where that never became known. */
export interface PastDelivery {
  delivery: Delivery;
  result?: DeliveryResult;
}

/**
 * All deliveries of a lifecycle that the engine still knows, oldest first: of its newest run, and of those that this one
 * continues, as far back as the engine keeps them.
 *
 * @throws where a payload is encrypted with a key that is not there
 */
export async function* deliveriesOf(client: Client, workflowId: string): AsyncGenerator<PastDelivery> {
  for (const runId of (await runsOf(client, workflowId)).toReversed()) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const { externalStorage } = client.options.loadedDataConverter;
    if (externalStorage instanceof LargePayloads) await resolveReferences(events, externalStorage.store);
    yield* deliveriesIn(client, workflowId, events ?? []);
  }
}

/** The runs of a lifecycle, newest first. */
async function runsOf(client: Client, workflowId: string): Promise<string[]> {
  const runs: string[] = [];
  let next: string | undefined;
  do {
    try {
      const handle = client.workflow.getHandle(workflowId, next);
      const runId = next ?? (await handle.describe()).runId;
      next = await continuedFrom(client, workflowId, runId);
      runs.push(runId);
    } catch (error) {
      // The engine keeps a run for a time after its end, and no longer.
      if (!(error instanceof WorkflowNotFoundError) || runs.length === 0) throw error;
      return runs;
    }
  } while (next !== undefined);
  return runs;
}

async function continuedFrom(client: Client, workflowId: string, runId: string): Promise<string | undefined> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const run = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  return run === '' ? undefined : run;
}

async function* deliveriesIn(
  client: Client,
  workflowId: string,
  events: readonly HistoryEvent[],
): AsyncGenerator<PastDelivery> {
  const { loadedDataConverter, namespace } = client.options;
  const context = { type: 'workflow' as const, namespace, workflowId };
  const decoded = async <T>(payloads: Payloads): Promise<T | undefined> =>
    (await decodeArrayFromPayloads(loadedDataConverter, payloads?.payloads ?? [], context))[0] as T | undefined;
  const results = new Map<string, Payloads>();
  for (const { activityTaskCompletedEventAttributes: completed } of events)
    if (completed) results.set(String(completed.scheduledEventId), completed.result);
  for (const { eventId, activityTaskScheduledEventAttributes: scheduled } of events) {
    if (scheduled?.activityType?.name !== 'deliver') continue;
    const delivery = await decoded<Delivery>(scheduled.input);
    const result = await decoded<DeliveryResult>(results.get(String(eventId)));
    if (delivery !== undefined) yield { delivery, ...(result === undefined ? {} : { result }) };
  }
}
