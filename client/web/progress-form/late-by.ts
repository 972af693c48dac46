import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { createCalendar } from '../../../domain/calendar/working-calendar.ts';
import { workingDaysLate } from '../../../domain/calendar/lateness.ts';
import type { OwnWork } from './own-actions.ts';
import type { Answer } from './read-answers.ts';

/** An action that gets late by what its owner now expects. */
export interface GetsLate {
  title: string;
  due: CivilDate;
  forecast: CivilDate;
  workingDays: number;
}

/** The actions that were expected by their dates before, or never spoken of, and are not any more. */
export function getLate({ actions, running }: OwnWork, answers: readonly Answer[]): GetsLate[] {
  const calendar = createCalendar(running.calendar);
  return answers.flatMap(({ payload, about }) => {
    const duty = actions.find((each) => each.duty.id === about)?.duty;
    const forecast = payload !== undefined && 'forecast' in payload ? payload.forecast : undefined;
    if (duty === undefined || forecast === undefined || forecast <= duty.due) return [];
    if ((duty.progress?.forecast ?? '') > duty.due) return [];
    return [{ title: duty.title, due: duty.due, forecast, workingDays: workingDaysLate(duty.due, forecast, calendar) }];
  });
}
