/** What a Schedule adds to the id of each run that it starts: the moment. */
const RUN_OF_A_SCHEDULE = /-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * The authority whose a workflow is: the second part of its id (`inspection/<authority>/<reference>`,
 * `morning-summary/<authority>`, `replan-all/<authority>/<version>`); undefined for one that is nobody's in particular.
 */
export function authorityOfWorkflow(workflowId: string): string | undefined {
  const [, authority = ''] = workflowId.replace(RUN_OF_A_SCHEDULE, '').split('/');
  return authority === '' ? undefined : authority;
}
