/** Everything the worker's bundle registers. */
export { inspectionLifecycle } from './inspection-lifecycle.ts';
export { archiveInspection } from './archive-inspection.ts';
export { calendarWatch } from './calendar-watch.ts';
export { replanAll } from './replan-all.ts';
export { morningSummary } from './morning-summary.ts';
export { standInNews } from './stand-in-news.ts';
export { webhookCourier } from './webhook-courier.ts';
