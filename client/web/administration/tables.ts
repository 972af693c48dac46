import { BODY_KINDS, meetingInWords } from '../../../domain/authority/change/words.ts';
import { dayOf } from '../../../domain/authority/change/meetings.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { COUNTS, RATING_COLOURS } from '../../../domain/progress/rating-words.ts';
import { ratingsOf } from '../../../domain/progress/ratings.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { SECTIONS } from './sections.ts';
import { meetingName } from './bodies-forms.ts';
import type { Council } from './council.ts';

/** A link from a row: under the council's own address, or to a page of duecourse where it begins with a slash. */
interface Link {
  path: string;
  text: string;
}

/** A table of a page of administration; the first cell of a row names it. */
interface Table {
  caption: string;
  heads: string[];
  links: boolean;
  rows: { cells: (string | number)[]; links: Link[] }[];
  /** What is said where there is no row. */
  empty: string;
}

/** What a page of administration shows. */
export interface TablePage {
  title: string;
  sentence: string;
  buttons: Link[];
  tables: Table[];
  links?: Link[];
  back?: string;
  backText?: string;
}

type Body = Authority['bodies'][number];

/** The council's bodies, each with its next meeting. */
export function bodiesPage({ authority, today }: Council): TablePage {
  const rows = authority.bodies.map((body) => {
    const coming = comingMeetings(body, today);
    const next = coming.find(takesPlace);
    return {
      cells: [
        body.name,
        BODY_KINDS[body.kind ?? 'executive'],
        next === undefined ? 'none' : meetingInWords(next),
        coming.length,
      ],
      links: [
        { path: `bodies/${body.id}`, text: 'Meetings' },
        { path: `do/change-body/${body.id}`, text: 'Change' },
        { path: `do/remove-body/${body.id}`, text: 'Remove' },
      ],
    };
  });
  const heads = ['Body', 'Kind', 'Next meeting', 'Meetings to come'];
  return {
    title: SECTIONS.bodies.title,
    sentence: 'Bodies that duties go to, or that take decisions. Duties move with their meetings.',
    buttons: [{ path: 'do/add-body', text: 'Add a body' }],
    tables: [{ caption: 'Bodies', heads, links: true, rows, empty: 'There is no body yet.' }],
  };
}

const takesPlace = (meeting: Body['meetings'][number]): boolean =>
  typeof meeting === 'string' || meeting.cancelled === undefined;

/** Does the body meet, as far as is known, today or later? */
export const meetsAgain = (body: Body, today: string): boolean => comingMeetings(body, today).some(takesPlace);

function comingMeetings({ meetings }: Body, today: string): Body['meetings'] {
  return meetings
    .filter((each) => dayOf(each) >= today || (typeof each !== 'string' && (each.movedTo ?? '') >= today))
    .toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
}

/** So many past meetings are listed, the newest first. */
const MAX_PAST = 50;

/** One body with its meetings. */
export function bodyPage({ authority, today, home }: Council, id: string): TablePage | undefined {
  const body = authority.bodies.find((each) => each.id === id);
  if (body === undefined) return undefined;
  const coming = comingMeetings(body, today);
  const past = body.meetings.filter((each) => !coming.includes(each)).toReversed();
  const linksOf = (each: Body['meetings'][number]): Link[] => {
    const about = meetingName(id, dayOf(each));
    return [
      ...(typeof each === 'string'
        ? [
            { path: `do/move-meeting/${about}`, text: 'Move' },
            { path: `do/cancel-meeting/${about}`, text: 'Cancel' },
          ]
        : [{ path: `do/hold-meeting/${about}`, text: 'Hold after all' }]),
      { path: `do/remove-meeting/${about}`, text: 'Remove' },
    ];
  };
  return {
    title: body.name,
    sentence: 'A meeting that does not take place is cancelled or moved; one that was never to be is removed.',
    buttons: [
      { path: `do/add-cycle/${id}`, text: 'Add meetings by a cycle' },
      { path: `do/add-meeting/${id}`, text: 'Add a meeting' },
      { path: `bodies/${id}/file`, text: 'Upload from a file' },
      { path: `bodies/${id}/calendar`, text: 'Look at a calendar' },
    ],
    tables: [
      {
        caption: 'Meetings to come',
        heads: ['Meeting'],
        links: true,
        rows: coming.map((each) => ({ cells: [meetingInWords(each)], links: linksOf(each) })),
        empty: 'No meeting to come is on file.',
      },
      {
        caption: 'Past meetings',
        heads: ['Meeting'],
        links: false,
        rows: past.slice(0, MAX_PAST).map((each) => ({ cells: [meetingInWords(each)], links: [] })),
        empty: 'None is on file.',
      },
    ],
    back: `${home}/bodies`,
    backText: 'Bodies and meetings',
  };
}

/** When mail goes out, and what else holds for the whole council. */
export function settingsPage({ authority }: Council): TablePage {
  const { sending, name } = authority;
  const row = (what: string, now: string, path: string) => ({ cells: [what, now], links: [{ path, text: 'Change' }] });
  const sends = `${sending.time} on working days; nothing before ${sending.from} or from ${sending.until} on`;
  return {
    title: SECTIONS.settings.title,
    sentence: 'What holds for the whole council.',
    buttons: [],
    tables: [
      {
        caption: 'Settings',
        heads: ['What', 'Now'],
        links: true,
        rows: [
          row('Name', name, 'do/council'),
          row('Daily mail', sends, 'do/sending'),
          row('Morning summary', sending.summary ?? 'at the usual time', 'do/sending'),
        ],
        empty: '',
      },
    ],
  };
}

export function ratingsPage({ authority }: Council): TablePage {
  const isOwn = authority.ratings !== undefined;
  const rows = ratingsOf(authority).map(({ id, name, meaning, colour, counts }) => ({
    cells: [name, meaning, RATING_COLOURS[colour], COUNTS[counts]],
    links: [
      { path: `do/change-rating/${id}`, text: 'Change' },
      { path: `do/remove-rating/${id}`, text: 'Remove' },
    ],
  }));
  return {
    title: SECTIONS.ratings.title,
    sentence: isOwn
      ? 'The council’s own names for how an action stands, in their order.'
      : 'The usual names for how an action stands. Change one, and the scheme is the council’s own.',
    buttons: [
      { path: 'do/add-rating', text: 'Add a rating' },
      ...(isOwn ? [{ path: 'do/usual-ratings', text: 'Use the usual ratings' }] : []),
    ],
    tables: [{ caption: 'Ratings', heads: ['Rating', 'When', 'Colour', 'Counts as'], links: true, rows, empty: '' }],
  };
}

export function partnersPage({ authority }: Council): TablePage {
  const rows = (authority.partners ?? []).map(({ id, name, lead, chain, roles }) => ({
    cells: [
      name,
      roleTitle(authority, lead),
      roles.find((each) => each.id === chain.head)?.title ?? chain.head,
      roles.length,
    ],
    links: [
      { path: `do/change-partner/${id}`, text: 'Change' },
      { path: `do/remove-partner/${id}`, text: 'Remove' },
    ],
  }));
  const heads = ['Partner', 'The council’s lead', 'Its head', 'Roles'];
  return {
    title: SECTIONS.partners.title,
    sentence: 'Other organisations whose officers own actions. Their roles stand under people and roles.',
    buttons: [{ path: 'do/add-partner', text: 'Add a partner' }],
    tables: [{ caption: 'Partners', heads, links: true, rows, empty: 'There is no partner.' }],
  };
}

/** The days on which nobody works, beside bank holidays. */
export function closureTable({ authority, today }: Council): Table {
  return {
    caption: 'Closure days to come',
    heads: ['Day', 'Why'],
    links: true,
    rows: authority.closureDays
      .filter(({ date }) => date >= today)
      .toSorted((a, b) => (a.date < b.date ? -1 : 1))
      .map(({ date, title }) => ({
        cells: [formatDate(date), title],
        links: [{ path: `do/remove-closure/${date}`, text: 'Remove' }],
      })),
    empty: 'The council is open on every working day to come.',
  };
}
