import { type CalendarMeetings, withCalendarMeetings } from '../../../domain/authority/change/calendar-meetings.ts';
import {
  dayOf,
  type MeetingCycle,
  meetingsByCycle,
  withBody,
  withMeeting,
  withMeetingsFrom,
  withMoreMeetings,
} from '../../../domain/authority/change/meetings.ts';
import { shortName } from '../../../domain/authority/change/short-name.ts';
import { choicesOf, councilOfficers } from '../../../domain/authority/officers.ts';
import { workingCalendarFor } from '../../../domain/calendar/authority-calendar.ts';
import { formatDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { loadBankHolidays } from '../../files/bank-holidays.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import type { FormField, FormProblem, Values } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, numberOf, textOf, wrongIn } from './council-form.ts';

type Body = Authority['bodies'][number];

/** A body's page. */
const backToBody = ({ home, about }: FormSubject): string => `${home}/bodies/${bodyId(about)}`;

/** A meeting is named by its body and its day, `cabinet--2026-11-17`: no short name has two hyphens together. */
export const meetingName = (body: string, day: string): string => `${body}--${day}`;
const bodyId = (about: string): string => about.split('--')[0] ?? '';
const dayIn = (about: string): string => about.split('--')[1] ?? '';

const bodyOf = ({ authority, about }: FormSubject): Body | undefined =>
  authority.bodies.find(({ id }) => id === bodyId(about));

const meetingOf = (subject: FormSubject) =>
  bodyOf(subject)?.meetings.find((each) => dayOf(each) === dayIn(subject.about));

const KINDS = {
  executive: 'The Cabinet or Executive, or a part of it: its decisions can be called in',
  council: 'Full Council',
  other: 'A committee or board beside the executive',
} as const;

const NAME: FormField = {
  name: 'name',
  kind: 'line',
  label: 'What the body is called',
  missing: 'Enter what the body is called',
  hint: 'For example Children’s Scrutiny Panel',
};
const KIND: FormField = { name: 'kind', kind: 'choice', label: 'What kind of body it is', choices: KINDS };

export const addBody: CouncilForm = {
  title: 'Add a body',
  explain: 'A body that duties go to, or that takes decisions. Its meetings are added afterwards.',
  fields: () => [NAME, KIND],
  edited({ authority }, values) {
    const name = textOf(values, 'name') ?? '';
    const id = shortName(
      name,
      authority.bodies.map((each) => each.id),
    );
    const body: Body = { id, name, kind: kindIn(values), meetings: [] };
    return { ...authority, bodies: [...authority.bodies, body] };
  },
  back: ({ home }) => `${home}/bodies`,
  done: 'The body is added.',
};

const kindIn = (values: Values): NonNullable<Body['kind']> =>
  (textOf(values, 'kind') ?? 'executive') as NonNullable<Body['kind']>;

export const changeBody: CouncilForm = {
  title: 'Change a body',
  explain: 'What it is called, and what has to be ready before each of its meetings.',
  fields: (subject) =>
    bodyOf(subject) === undefined
      ? undefined
      : [
          NAME,
          KIND,
          {
            name: 'officer',
            kind: 'choice',
            label: 'Who publishes its agendas',
            choices: {
              '': 'Nobody is reminded of agendas and reports',
              ...choicesOf(councilOfficers(subject.authority), subject.authority, bodyOf(subject)?.papers?.officer),
            },
            optional: true,
          },
          {
            name: 'reportDays',
            kind: 'number',
            label: 'Working days before a meeting at which reports must be in',
            hint: 'For example 8. Left empty, nobody is reminded of that.',
            min: 1,
            max: 60,
            optional: true,
          },
          {
            name: 'agendaClearDays',
            kind: 'number',
            label: 'Clear days between the agenda and the meeting',
            hint: 'The law asks for 5.',
            min: 1,
            max: 60,
            optional: true,
          },
        ],
  present(subject) {
    const { name = '', kind = 'executive', papers } = bodyOf(subject) ?? {};
    const days = (n: number | undefined) => (n === undefined ? '' : String(n));
    return {
      ...{ name, kind, officer: papers?.officer ?? '' },
      reportDays: days(papers?.reportDays),
      agendaClearDays: days(papers?.agendaClearDays),
    };
  },
  edited: ({ authority, about }, values) =>
    withBody(authority, about, ({ papers, ...body }) => {
      const officer = textOf(values, 'officer');
      const kind = body.kind === undefined && kindIn(values) === 'executive' ? {} : { kind: kindIn(values) };
      const changed = { ...body, ...kind, name: textOf(values, 'name') ?? '' };
      if (officer === undefined) return changed;
      const reportDays = numberOf(values, 'reportDays');
      const { reportDays: _before, ...others } = papers ?? { clearDays: 'working-day' as const, closureDays: false };
      return {
        ...changed,
        papers: {
          ...others,
          officer,
          agendaClearDays: numberOf(values, 'agendaClearDays') ?? 5,
          ...(reportDays === undefined ? {} : { reportDays }),
        },
      };
    }),
  back: backToBody,
  done: 'The body is changed.',
};

export const removeBody: CouncilForm = {
  title: 'Remove a body',
  explain: 'A body that nothing goes to can be removed, with its meetings.',
  fields: (subject) => (bodyOf(subject) === undefined ? undefined : []),
  edited: ({ authority, about }) => ({ ...authority, bodies: authority.bodies.filter(({ id }) => id !== about) }),
  back: ({ home }) => `${home}/bodies`,
  done: 'The body is removed.',
};

const DAY: FormField = {
  name: 'on',
  kind: 'date',
  label: 'Day of the meeting',
  missing: 'Enter the day of the meeting',
};

export const addMeeting: CouncilForm = {
  title: 'Add a meeting',
  explain: 'Duties that go to the body may move to it.',
  fields: (subject) => (bodyOf(subject) === undefined ? undefined : [DAY]),
  wrong(values, subject) {
    const on = textOf(values, 'on') ?? '';
    const isThere = bodyOf(subject)?.meetings.some((each) => dayOf(each) === on) === true;
    return isThere ? [wrongIn(DAY, `There is a meeting on ${formatDate(on)} already`)] : [];
  },
  edited: ({ authority, about }, values) => withMoreMeetings(authority, about, [textOf(values, 'on') ?? '']),
  back: backToBody,
  done: 'The meeting is added.',
};

const WEEKDAYS = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
} as const;
const WHICH = { first: 'First', second: 'Second', third: 'Third', fourth: 'Fourth', last: 'Last' } as const;

const CYCLE = {
  way: {
    name: 'way',
    kind: 'choice',
    label: 'How its meetings come round',
    missing: 'Choose how its meetings come round',
    choices: {
      weekday: 'On a weekday of the month, like the second Tuesday',
      weeks: 'Every so many weeks, on the same weekday',
      months: 'Every so many months, on the same day of the month',
    },
  },
  n: {
    name: 'n',
    kind: 'number',
    label: 'Every how many weeks, or months',
    hint: 'For example 6. Left empty: every one.',
    min: 1,
    max: 52,
    optional: true,
  },
  which: {
    name: 'which',
    kind: 'choice',
    label: 'Which of the month',
    choices: { '': 'Not by weekday', ...WHICH },
    optional: true,
  },
  weekday: {
    name: 'weekday',
    kind: 'choice',
    label: 'Weekday',
    choices: { '': 'Not by weekday', ...WEEKDAYS },
    optional: true,
  },
  from: {
    name: 'from',
    kind: 'date',
    label: 'First meeting, or the day from which on they are',
    missing: 'Enter the day of the first meeting',
  },
  until: { name: 'until', kind: 'date', label: 'Last day', missing: 'Enter the last day' },
  workingDaysOnly: {
    name: 'workingDaysOnly',
    kind: 'yes',
    label: 'Leave out those on bank holidays, closure days and weekends',
  },
} as const satisfies Record<string, FormField>;

function cycleIn(values: Values): MeetingCycle {
  return {
    way: (textOf(values, 'way') ?? 'weeks') as MeetingCycle['way'],
    n: numberOf(values, 'n') ?? 1,
    weekday: textOf(values, 'weekday') as MeetingCycle['weekday'],
    which: textOf(values, 'which') as MeetingCycle['which'],
    from: textOf(values, 'from') ?? '',
    until: textOf(values, 'until') ?? '',
    workingDaysOnly: values['workingDaysOnly'] === true,
  };
}

export const addCycle: CouncilForm = {
  title: 'Add meetings by a cycle',
  explain: 'You see each date before it is kept. Meetings that are there already stay.',
  fields: (subject) => (bodyOf(subject) === undefined ? undefined : Object.values(CYCLE)),
  present: () => ({ workingDaysOnly: 'yes' }),
  wrong(values): FormProblem[] {
    const { way, which, weekday, from, until } = cycleIn(values);
    return [
      ...(way === 'weekday' && which === undefined ? [wrongIn(CYCLE.which, 'Choose which weekday of the month')] : []),
      ...(way === 'weekday' && weekday === undefined ? [wrongIn(CYCLE.weekday, 'Choose the weekday')] : []),
      ...(until < from
        ? [wrongIn(CYCLE.until, `Last day: ${formatDate(until)} is before the first meeting, ${formatDate(from)}`)]
        : []),
    ];
  },
  async edited({ authority, about }, values, { register }) {
    const bankHolidays = loadBankHolidays(authority.division);
    const approved = await register.approvedHolidays(authority.id);
    const calendar = workingCalendarFor(authority, { bankHolidays, approved });
    const cycle = cycleIn(values);
    if (cycle.until > calendar.until)
      throw new Refusal(
        'wrong-date',
        `Bank holidays are known until ${formatDate(calendar.until)}: end the cycle by then.`,
        'until',
      );
    const days = meetingsByCycle(cycle, calendar);
    if (days.length === 0) throw new Refusal('wrong-date', 'No day between the two comes round like that.', undefined);
    return withMoreMeetings(authority, about, days);
  },
  back: backToBody,
  done: 'The meetings are added.',
};

/** What a form about one meeting asks; undefined where there is no such meeting. */
const ofMeeting = (subject: FormSubject, fields: FormField[]): FormField[] | undefined =>
  meetingOf(subject) === undefined ? undefined : fields;

export const cancelMeeting: CouncilForm = {
  title: 'Cancel a meeting',
  explain: 'It does not take place. Duties move to the next meeting, or to the written route.',
  fields: (subject) =>
    ofMeeting(subject, [
      { name: 'why', kind: 'line', label: 'Why it does not take place', missing: 'Enter why it does not take place' },
    ]),
  edited: ({ authority, about }, values) => {
    const day = dayIn(about);
    return withMeeting(authority, bodyId(about), day, { on: day, cancelled: textOf(values, 'why') ?? '' });
  },
  back: backToBody,
  done: 'The meeting is cancelled.',
};

export const moveMeeting: CouncilForm = {
  title: 'Move a meeting',
  explain: 'Duties and their papers move with it.',
  fields: (subject) =>
    ofMeeting(subject, [{ name: 'to', kind: 'date', label: 'New day', missing: 'Enter the new day' }]),
  edited: ({ authority, about }, values) => {
    const day = dayIn(about);
    const to = textOf(values, 'to') ?? '';
    return withMeeting(authority, bodyId(about), day, to === day ? day : { on: day, movedTo: to });
  },
  back: backToBody,
  done: 'The meeting is moved.',
};

export const holdMeeting: CouncilForm = {
  title: 'Hold a meeting after all',
  explain: 'It takes place on its own day, as if it had never been cancelled or moved.',
  fields: (subject) => ofMeeting(subject, []),
  edited: ({ authority, about }) => withMeeting(authority, bodyId(about), dayIn(about), dayIn(about)),
  back: backToBody,
  done: 'The meeting takes place on its own day.',
};

export const removeMeeting: CouncilForm = {
  title: 'Remove a meeting',
  explain: 'It is taken off the list, as if it had never been on it.',
  fields: (subject) => ofMeeting(subject, []),
  edited: ({ authority, about }) => withMeeting(authority, bodyId(about), dayIn(about), undefined),
  back: backToBody,
  done: 'The meeting is removed.',
};

const datesIn = (typed: string | string[] | undefined): string[] =>
  [typed ?? []]
    .flat()
    .flatMap((each) => each.split(/\s+/))
    .filter(isCivilDate);

/** What a calendar said of a body's meetings when it was looked at, as it is kept to be confirmed. */
export const calendarTyped = (
  { dates, cancelled, moved, isEndless }: CalendarMeetings & { isEndless?: true },
  missing: string,
): Record<'dates' | 'cancelled' | 'moved' | 'missing' | 'endless', string> => ({
  dates: dates.join(' '),
  cancelled: cancelled.join(' '),
  moved: moved.flatMap(({ on, to }) => [on, to]).join(' '),
  missing,
  endless: isEndless === true ? 'yes' : '',
});

/** Of meetings that come round for ever some alone can be taken over. */
export function endlessDoubts({ dates, endless }: Typed): string[] {
  const last = datesIn(dates).toSorted().at(-1);
  if (endless !== 'yes' || last === undefined) return [];
  return [
    `The calendar has meetings that come round without an end. Those up to ${formatDate(last)} are taken over, and none after it: look whether so many are meant, and bring the calendar again for later ones.`,
  ];
}

/** Meetings that were read from an address, to be confirmed. */
export const calendarMeetings: CouncilForm = {
  title: 'Take over meetings from a calendar',
  explain: 'The meetings to come become what the calendar says of them.',
  fields: (subject) => (bodyOf(subject) === undefined ? undefined : []),
  edited({ authority, about, today }, _values, { typed }) {
    const [dates, cancelled, pairs] = [datesIn(typed['dates']), datesIn(typed['cancelled']), datesIn(typed['moved'])];
    if (dates.length === 0) throw new Refusal('nothing-said', 'Look at the calendar first.');
    const moved = pairs.flatMap((on, n) => {
      const to = pairs[n + 1];
      return n % 2 === 0 && to !== undefined ? [{ on, to }] : [];
    });
    const missing = typed['missing'] === 'gone' ? 'gone' : 'stay';
    return withCalendarMeetings(authority, about, { dates, cancelled, moved }, { from: today, missing });
  },
  doubts: endlessDoubts,
  back: backToBody,
  done: 'The meetings are as the calendar has them.',
};

/** Meetings that were read from a file, to be confirmed: their days, and whether they take the place of those to come. */
export const bringMeetings: CouncilForm = {
  title: 'Upload meetings from a file',
  explain: 'The meetings of the file are added to those that are there, or take the place of those to come.',
  fields: (subject) => (bodyOf(subject) === undefined ? undefined : []),
  edited({ authority, about, today }, _values, { typed }) {
    const dates = datesIn(typed['dates']);
    if (dates.length === 0) throw new Refusal('nothing-said', 'Choose a file first.');
    return typed['how'] === 'replace'
      ? withMeetingsFrom(authority, about, dates, today)
      : withMoreMeetings(authority, about, dates);
  },
  doubts: endlessDoubts,
  back: backToBody,
  done: 'The meetings of the file are in force.',
};
