import { addDays, type CivilDate, formatDate, weekday } from '../../../domain/calendar/civil-date.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { FormField } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, textOf, wrongIn } from './council-form.ts';

const back = ({ home }: FormSubject): string => `${home}/days`;

const UNTIL: FormField = {
  name: 'until',
  kind: 'date',
  label: 'Last day',
  hint: 'Leave this empty where it is one day alone. Weekends between the two are left out.',
  optional: true,
};

/** So many days are closed at once at most. */
const MAX_DAYS = 60;

/** The days from Monday to Friday between two, both included. */
function weekdaysBetween(from: CivilDate, until: CivilDate): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = from; day <= until && days.length <= MAX_DAYS; day = addDays(day, 1))
    if (weekday(day) !== 0 && weekday(day) !== 6) days.push(day);
  return days;
}

export const addClosure: CouncilForm = {
  title: 'Add closure days',
  explain:
    'Days on which the council is closed beside bank holidays. Its own periods leave them out; statutory periods count them as the law has it.',
  fields: () => [
    { name: 'from', kind: 'date', label: 'First day', missing: 'Enter the first day' },
    UNTIL,
    {
      name: 'title',
      kind: 'line',
      label: 'Why nobody works',
      missing: 'Enter why nobody works',
      hint: 'For example Christmas closure',
    },
  ],
  wrong(values) {
    const from = textOf(values, 'from') ?? '';
    const until = textOf(values, 'until') ?? from;
    if (until < from) return [wrongIn(UNTIL, `Last day: ${formatDate(until)} is before the first day`)];
    const days = weekdaysBetween(from, until);
    if (days.length === 0) return [wrongIn(UNTIL, 'There is no day from Monday to Friday between the two')];
    return days.length > MAX_DAYS ? [wrongIn(UNTIL, `Last day: add ${MAX_DAYS} days at a time at most`)] : [];
  },
  edited({ authority }, values) {
    const from = textOf(values, 'from') ?? '';
    const title = textOf(values, 'title') ?? '';
    const known = new Set(authority.closureDays.map(({ date }) => date));
    const more = weekdaysBetween(from, textOf(values, 'until') ?? from).filter((date) => !known.has(date));
    return withDays(authority, [...authority.closureDays, ...more.map((date) => ({ date, title }))]);
  },
  back,
  done: 'The closure days are added.',
};

const withDays = (authority: Authority, days: Authority['closureDays']): Authority => ({
  ...authority,
  closureDays: days.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
});

export const removeClosure: CouncilForm = {
  title: 'Remove a closure day',
  explain: 'It is a working day again.',
  fields: ({ authority, about }) => (authority.closureDays.some(({ date }) => date === about) ? [] : undefined),
  edited: ({ authority, about }) => ({
    ...authority,
    closureDays: authority.closureDays.filter(({ date }) => date !== about),
  }),
  back,
  done: 'The closure day is removed.',
};
