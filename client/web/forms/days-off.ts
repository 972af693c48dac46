import { onDayOff } from '../../../domain/calendar/day-off.ts';
import type { WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { FormField } from './form.ts';

/** What is remarked on the dates that somebody has typed for something to be done, a sentence or two for each on a day off. */
export const daysOffIn = (
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
  calendar: WorkingCalendar,
): string[] =>
  fields.flatMap(({ name, toBeDone }) => {
    const typed = values[name];
    return toBeDone === true && typeof typed === 'string' ? (onDayOff(typed, calendar) ?? []) : [];
  });
