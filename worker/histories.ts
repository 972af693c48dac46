import type { ConnectionLike } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import type { ClosedRun, Histories } from '../activities/archive/histories.ts';
import { type PayloadStore, referencesIn, resolveReferences } from '../platform/large-payloads.ts';
import type { RunEnd } from '../domain/archive/manifest.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType, HistoryEventFilterType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;

/** How long a run's end is waited for. */
const PATIENCE_MS = 30_000;
/** Events read at a time: of long questions or of many duties each may be of some hundred KiB. */
const PAGE = 100;
const NOT_FOUND = 5;

/**
 * Histories as the server has them, with what it only refers to put in: payloads stay as they are stored, encrypted where
 * a codec encrypts them.
 */
export function historiesOf({ workflowService }: ConnectionLike, namespace: string, payloads: PayloadStore): Histories {
  async function runOf(workflowId: string, runId: string | undefined): Promise<string | undefined> {
    const { workflowExecutionInfo } = await workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId, ...(runId === undefined ? {} : { runId }) },
    });
    return workflowExecutionInfo?.execution?.runId ?? undefined;
  }

  async function hasEnded(execution: { workflowId: string; runId: string }): Promise<boolean> {
    const until = performance.now() + PATIENCE_MS;
    let nextPageToken: Uint8Array = new Uint8Array();
    while (performance.now() < until) {
      const answer = await workflowService.getWorkflowExecutionHistory({
        namespace,
        execution,
        nextPageToken,
        waitNewEvent: true,
        historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
      });
      if ((answer.history?.events?.length ?? 0) > 0) return true;
      nextPageToken = answer.nextPageToken ?? new Uint8Array();
    }
    return false;
  }

  async function read(execution: { workflowId: string; runId: string }): Promise<ClosedRun> {
    const pages: Uint8Array[] = [];
    let events = 0;
    let first: HistoryEvent | undefined;
    let last: HistoryEvent | undefined;
    let handedOn: string[] = [];
    let nextPageToken: Uint8Array = new Uint8Array();
    do {
      const answer = await workflowService.getWorkflowExecutionHistory({
        namespace,
        execution,
        nextPageToken,
        maximumPageSize: PAGE,
      });
      const page = answer.history?.events ?? [];
      handedOn = referencesIn(page.at(-1)).map(({ hash }) => hash);
      await resolveReferences(page, payloads);
      // Messages of protobuf that follow each other are one message: its repeated fields follow each other.
      pages.push(History.encode({ events: page }).finish());
      events += page.length;
      first ??= page[0];
      last = page.at(-1) ?? last;
      nextPageToken = answer.nextPageToken ?? new Uint8Array();
    } while (nextPageToken.length > 0);
    const continuedFrom = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
    return {
      run: execution.runId,
      events,
      first: instantOf(first),
      last: instantOf(last),
      ended: endOf(last),
      continuedFrom: continuedFrom === '' ? null : continuedFrom,
      handedOn,
      history: Buffer.concat(pages),
    };
  }

  return {
    async closedRun(workflowId, run) {
      try {
        const runId = await runOf(workflowId, run);
        if (runId === undefined) return null;
        const execution = { workflowId, runId };
        return (await hasEnded(execution)) ? await read(execution) : 'running';
      } catch (error) {
        if (isGrpcServiceError(error) && error.code === NOT_FOUND) return null;
        throw error;
      }
    },
  };
}

function instantOf(event: HistoryEvent | undefined): string {
  return new Date(tsToMs(event?.eventTime ?? undefined)).toISOString();
}

const ENDS: Partial<Record<number, RunEnd>> = {
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED]: 'completed',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED]: 'cancelled',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED]: 'terminated',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED]: 'failed',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT]: 'timed-out',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW]: 'continued-as-new',
};

function endOf(event: HistoryEvent | undefined): RunEnd {
  return ENDS[event?.eventType ?? -1] ?? 'otherwise';
}
