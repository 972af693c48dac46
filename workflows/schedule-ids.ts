/** What Temporal's Schedules are called, and the workflows that they start. */
export const CALENDAR_WATCH = 'calendar-watch';

export const morningSummaryId = (authority: string): string => `morning-summary/${authority}`;
