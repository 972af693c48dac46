import { WorkflowNotFoundError } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { asked, type DoctorEngine } from './parts.ts';

/** A lifecycle that runs, as the engine lists it. */
export interface Lifecycle {
  inspection: InspectionRef;
  startedAt: string;
  /** The engine itself says that its next step has failed several times. */
  reported: boolean;
}

const PREFIX = 'inspection/';
const PAGE = 1000;
const PAGE_MS = 15_000;
/** The engine's own search attribute for what fails again and again (Temporal 1.29 and newer). */
const PROBLEMS = 'TemporalReportedProblems';

/** Every lifecycle that runs on our task queue: some thousand in a page, and none of them is asked anything. */
export async function listLifecycles(engine: DoctorEngine): Promise<Lifecycle[]> {
  const { client, namespace, taskQueue } = engine;
  const found: Lifecycle[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const answer = await asked(
      engine,
      () =>
        client.workflowService.listWorkflowExecutions({
          namespace,
          pageSize: PAGE,
          nextPageToken,
          query: `WorkflowType = 'inspectionLifecycle' AND ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`,
        }),
      PAGE_MS,
    );
    for (const { execution, startTime, searchAttributes } of answer.executions ?? []) {
      const id = execution?.workflowId ?? '';
      if (!id.startsWith(PREFIX)) continue;
      const startedAt = new Date(tsToMs(startTime ?? undefined)).toISOString();
      const reported = searchAttributes?.indexedFields?.[PROBLEMS] !== undefined;
      found.push({ inspection: id.slice(PREFIX.length) as InspectionRef, startedAt, reported });
    }
    nextPageToken = answer.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.length > 0);
  return found;
}

/** How a lifecycle ended, in the engine's own word in small letters; `running`, or null where it knows nothing of it. */
export async function endOf(engine: DoctorEngine, inspection: InspectionRef): Promise<string | null> {
  try {
    const { status } = await asked(engine, () => engine.client.workflow.getHandle(`${PREFIX}${inspection}`).describe());
    return status.name.toLowerCase().replaceAll('_', ' ');
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
