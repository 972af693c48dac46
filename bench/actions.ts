import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';

type Event = temporal.api.history.v1.IHistoryEvent;
const { EventType } = proto.temporal.api.enums.v1;
const { HistoryEvent } = proto.temporal.api.history.v1;

/** What some executions have cost the engine. */
export interface Cost {
  /** Runs of workflows, closed ones and those continued as new included. */
  runs: number;
  /** Temporal's unit of account, as docs.temporal.io/evaluate/cloud/actions defines it; queries and heartbeats leave no event. */
  actions: number;
  events: number;
  /** Of the events as the server keeps them: protocol buffers. */
  bytes: number;
  kinds: Record<string, number>;
}

/** Moving an execution's clock is the bench's doing, and not the design's: such events are left out of every figure. */
const CLOCK_MOVED = new Set(
  Object.entries(EventType)
    .filter(([name]) => name.includes('OPTIONS_UPDATED') || name.includes('TIME_SKIPPING'))
    .map(([, number]) => Number(number)),
);

/** The events that are an Action each. A retried activity is one more for each attempt after the first; a child workflow two. */
const ACTIONS = new Map<number, (event: Event) => number>([
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, () => 1],
  [EventType.EVENT_TYPE_TIMER_STARTED, () => 1],
  [
    EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED,
    (event) => Math.max(1, event.activityTaskStartedEventAttributes?.attempt ?? 1),
  ],
  [EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, () => 1],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, () => 1],
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, () => 1],
  [EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED, () => 1],
  [EventType.EVENT_TYPE_MARKER_RECORDED, () => 1],
]);

/** Walks the histories of workflows, each with all its runs from the first to the last. */
export async function costOf(client: Client, workflowIds: readonly string[]): Promise<Cost> {
  const cost: Cost = { runs: 0, actions: 0, events: 0, bytes: 0, kinds: {} };
  for (const id of workflowIds) for await (const events of runsOf(client, id)) add(cost, events);
  return cost;
}

function add(cost: Cost, events: readonly Event[]): void {
  cost.runs++;
  for (const event of events) {
    const type = Number(event.eventType);
    if (CLOCK_MOVED.has(type)) continue;
    const kind = EventType[type] ?? String(type);
    cost.kinds[kind] = (cost.kinds[kind] ?? 0) + 1;
    cost.events++;
    cost.bytes += HistoryEvent.encode(event).finish().length;
    cost.actions += ACTIONS.get(type)?.(event) ?? 0;
  }
}

/** Few at a time: gRPC takes no answer of more than 4 MB, and an event may hold long texts. */
const PAGE = 20;

async function eventsOf(
  { workflowService, options }: Client,
  execution: { workflowId: string; runId: string },
): Promise<Event[]> {
  const events: Event[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const answer = await workflowService.getWorkflowExecutionHistory({
      namespace: options.namespace,
      execution,
      nextPageToken,
      maximumPageSize: PAGE,
    });
    events.push(...(answer.history?.events ?? []));
    nextPageToken = answer.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.length > 0);
  return events;
}

/** The events of each run of a workflow: a run that continued as new, or whose cron came round, names the next. */
export async function* runsOf(client: Client, workflowId: string): AsyncGenerator<Event[]> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  let runId = raw.workflowExecutionInfo?.firstRunId ?? '';
  while (runId !== '') {
    const events = await eventsOf(client, { workflowId, runId });
    if (events.length === 0) return;
    yield events;
    const last = events.at(-1);
    runId =
      last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
      last?.workflowExecutionCompletedEventAttributes?.newExecutionRunId ??
      '';
  }
}
