import { addDays, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Field } from '../../../domain/commands/fields.ts';

/** Days as people type them into the three boxes of a date, to show how. */
export interface ExampleDays {
  past: string;
  toCome: string;
}

/** Far enough from today that nobody takes it for the day that is meant. */
const DAYS_AGO = 40;
const DAYS_AHEAD = 120;

export const exampleDaysOn = (today: CivilDate): ExampleDays => ({
  past: typed(addDays(today, -DAYS_AGO)),
  toCome: typed(addDays(today, DAYS_AHEAD)),
});

/** @example typed('2027-03-08') // '8 3 2027' */
const typed = (day: CivilDate): string => day.split('-').map(Number).toReversed().join(' ');

/** What stands beside a date's label: an example that can be meant there, and what else is to be known. */
export function dateHint(
  { hint, past, mostlyPast }: Pick<Field, 'hint' | 'past' | 'mostlyPast'>,
  days: ExampleDays,
): string {
  const example = `For example ${past === true || mostlyPast === true ? days.past : days.toCome}`;
  return hint === undefined || hint === '' ? example : `${example}. ${hint}`;
}
