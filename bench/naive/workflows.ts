/** What the bench's worker of the naive designs registers. */
export { milestoneWorkflow } from './milestone-workflow.ts';
export { pollWorkflow } from './poll-workflow.ts';
