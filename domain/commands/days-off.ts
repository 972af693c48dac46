import { onDayOff } from '../calendar/day-off.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { type CommandName, definitionOf } from './commands.ts';
import type { Field } from './fields.ts';

/** What is remarked on the dates that somebody has given for something to be done, a sentence or two for each on a day off. */
export const daysOffIn = (
  fields: readonly (Pick<Field, 'toBeDone'> & { name: string })[],
  values: Readonly<Record<string, unknown>>,
  calendar: WorkingCalendar,
): string[] =>
  fields.flatMap(({ name, toBeDone }) => {
    const given = values[name];
    return toBeDone === true && typeof given === 'string' ? (onDayOff(given, calendar) ?? []) : [];
  });

/** The same of a command, whoever gives it. */
export function remarksOn(name: CommandName, payload: object, calendar: WorkingCalendar): string[] {
  const fields: Readonly<Record<string, Field>> = definitionOf(name).fields;
  const named = Object.entries(fields).map(([field, { toBeDone }]) => ({
    name: field,
    ...(toBeDone === undefined ? {} : { toBeDone }),
  }));
  return daysOffIn(named, { ...payload }, calendar);
}
