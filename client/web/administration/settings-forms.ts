import { shortName } from '../../../domain/authority/change/short-name.ts';
import { mapTable, namesOf } from '../../../domain/closed-table.ts';
import { COUNTS, RATING_COLOURS } from '../../../domain/progress/rating-words.ts';
import { ratingsOf } from '../../../domain/progress/ratings.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Rating } from '../../../domain/schemas/ratings.ts';
import type { FormField, Values } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, textOf } from './council-form.ts';

const toSettings = ({ home }: FormSubject): string => `${home}/settings`;
const toRatings = ({ home }: FormSubject): string => `${home}/ratings`;

/** A time of the day as the file has it, by its key there. */
const TIMES = {
  time: { label: 'When the day’s mail goes out', hint: 'For example 09:00' },
  from: { label: 'Nothing is sent before', hint: 'For example 08:00' },
  until: { label: 'Nothing is sent from', hint: 'For example 18:00' },
  summary: {
    label: 'When the administrator’s morning summary goes out',
    hint: 'For example 08:30, on days on which there is something to say. Left empty: at the usual time.',
  },
} as const;

export const changeSending: CouncilForm = {
  title: 'Change sending times',
  explain:
    'Mail goes out on working days, once a day to each person; what is urgent goes at once between the two times.',
  fields: () =>
    namesOf(TIMES).map((name) => ({
      ...{ name, kind: 'time', ...TIMES[name], missing: `${TIMES[name].label}: enter a time, like 09:00` },
      ...(name === 'summary' ? { optional: true } : {}),
    })),
  present: ({ authority: { sending } }) => mapTable(TIMES, (_words, name) => sending[name] ?? ''),
  edited({ authority }, values) {
    const { time, from, until } = authority.sending;
    const summary = textOf(values, 'summary');
    const sending = {
      time: textOf(values, 'time') ?? time,
      from: textOf(values, 'from') ?? from,
      until: textOf(values, 'until') ?? until,
      ...(summary === undefined ? {} : { summary }),
    };
    return { ...authority, sending };
  },
  back: toSettings,
  done: 'The sending times are changed.',
};

export const changeCouncil: CouncilForm = {
  title: 'Change the council’s name',
  explain: 'As mail and pages have it. Its short name stays: it is part of every record.',
  fields: () => [{ name: 'name', kind: 'line', label: 'Name of the council' }],
  present: ({ authority: { name } }) => ({ name }),
  edited: ({ authority }, values) => ({ ...authority, name: textOf(values, 'name') ?? '' }),
  back: toSettings,
  done: 'The council’s name is changed.',
};

const RATING: FormField[] = [
  {
    name: 'name',
    kind: 'line',
    label: 'What it is called',
    missing: 'Enter what it is called',
    hint: 'For example Some issues',
  },
  {
    name: 'meaning',
    kind: 'line',
    label: 'When an action is rated so',
    missing: 'Enter when an action is rated so',
    hint: 'For example: There are difficulties, and the date can still be met.',
  },
  {
    name: 'colour',
    kind: 'choice',
    label: 'Its colour',
    hint: 'It is never shown by colour alone.',
    choices: RATING_COLOURS,
  },
  { name: 'counts', kind: 'choice', label: 'What it counts as', choices: COUNTS },
];

function ratingIn(id: string, values: Values): Rating {
  return {
    id,
    name: textOf(values, 'name') ?? '',
    meaning: textOf(values, 'meaning') ?? '',
    colour: textOf(values, 'colour') as Rating['colour'],
    counts: textOf(values, 'counts') as Rating['counts'],
  };
}

const withRatings = (authority: Authority, change: (ratings: readonly Rating[]) => Rating[]): Authority => ({
  ...authority,
  ratings: change(ratingsOf(authority)),
});
const isThere = ({ authority, about }: FormSubject): boolean => ratingsOf(authority).some(({ id }) => id === about);

export const addRating: CouncilForm = {
  title: 'Add a rating',
  explain: 'One more name by which the council says how an action stands, after those that there are.',
  fields: () => RATING,
  edited: ({ authority }, values) =>
    withRatings(authority, (ratings) => {
      const taken = ratings.map(({ id }) => id);
      return [...ratings, ratingIn(shortName(textOf(values, 'name') ?? '', taken), values)];
    }),
  back: toRatings,
  done: 'The rating is added.',
};

export const changeRating: CouncilForm = {
  title: 'Change a rating',
  explain: 'What was reported by it stays reported by it, under its new name.',
  fields: (subject) => (isThere(subject) ? RATING : undefined),
  present: ({ authority, about }) => {
    const {
      name = '',
      meaning = '',
      colour = '',
      counts = '',
    } = ratingsOf(authority).find(({ id }) => id === about) ?? {};
    return { name, meaning, colour, counts };
  },
  edited: ({ authority, about }, values) =>
    withRatings(authority, (ratings) => ratings.map((each) => (each.id === about ? ratingIn(about, values) : each))),
  back: toRatings,
  done: 'The rating is changed.',
};

export const removeRating: CouncilForm = {
  title: 'Remove a rating',
  explain: 'Nothing can be rated so from then on. What was, keeps it on record.',
  fields: (subject) => (isThere(subject) ? [] : undefined),
  edited: ({ authority, about }) => withRatings(authority, (ratings) => ratings.filter(({ id }) => id !== about)),
  back: toRatings,
  done: 'The rating is removed.',
};

export const usualRatings: CouncilForm = {
  title: 'Use the usual ratings',
  explain: 'Red, Amber, Green and Complete, in place of the council’s own.',
  fields: () => [],
  edited: ({ authority: { ratings: _own, ...authority } }) => authority,
  back: toRatings,
  done: 'The usual ratings are in force.',
};
