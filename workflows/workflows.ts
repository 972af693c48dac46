/** Everything the worker's bundle registers. */
export { inspectionLifecycle } from './inspection-lifecycle.ts';
export { morningSummary } from './morning-summary.ts';
