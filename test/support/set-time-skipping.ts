import type { Connection } from '@temporalio/client';

/** Lets an execution's clock jump from timer to timer until its end (true), or go at its natural pace from where it stands (false). */
export async function setTimeSkipping(
  connection: Connection,
  namespace: string,
  workflowId: string,
  enabled: boolean,
): Promise<void> {
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig: { enabled } },
    updateMask: { paths: ['time_skipping_config'] },
  });
}
