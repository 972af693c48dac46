/** Everything the worker's bundle registers. */
export { inspectionLifecycle } from './inspection-lifecycle.ts';
