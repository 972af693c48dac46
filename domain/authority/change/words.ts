import { formatDate } from '../../calendar/civil-date.ts';
import type { Authority, Capacity, Channel, Person } from '../../schemas/authority.ts';
import { strandTitle } from '../../strands/strand-title.ts';
import type { Webhook } from '../../schemas/webhooks.ts';
import { WEBHOOK_EVENTS } from '../../webhooks/events.ts';
import { roleTitle } from '../roles.ts';

export type Meetings = Authority['bodies'][number]['meetings'];
type Papers = NonNullable<Authority['bodies'][number]['papers']>;

/** What whoever holds a role may do, in a few words. */
export const CAPACITIES: Readonly<Record<Capacity, string>> = {
  owner: 'act on its own duties',
  manager: 'manage all duties',
  administrator: 'manage all duties, and administer',
  member: 'ask and call in, as a councillor',
};

/** What kind a body is. */
export const BODY_KINDS: Readonly<Record<NonNullable<Authority['bodies'][number]['kind']>, string>> = {
  executive: 'Executive',
  council: 'Full Council',
  other: 'Committee or board',
};

/** By what a council's mail leaves. */
export const CHANNELS: Readonly<Record<Channel, string>> = {
  smtp: 'the mail server',
  'govuk-notify': 'GOV.UK Notify',
  outbox: 'nothing: it is kept on this machine',
};

/** Which form an address outside wants. */
export const WEBHOOK_FORMATS: Readonly<Record<Webhook['format'], string>> = {
  'standard-webhooks': 'For a program: signed (Standard Webhooks)',
  teams: 'For Microsoft Teams: a card',
};

/** What an address outside is told of. */
export const eventsInWords = ({ events }: Pick<Webhook, 'events'>): string =>
  inARow(events.map((event) => WEBHOOK_EVENTS[event].choice));

/** Of which kinds of duty it is told. */
export const kindsInWords = ({ kinds }: Pick<Webhook, 'kinds'>, of: Authority): string =>
  kinds === undefined ? 'all' : inARow(kinds.map((kind) => strandTitle(kind, of)));

/** What several sentences say, as one. */
const inARow = ([first = '', ...others]: string[]): string =>
  [first, ...others.map((each) => `${each.charAt(0).toLowerCase()}${each.slice(1)}`)].join('; ');

export const WEEKDAYS: Readonly<Record<Person['weeklyOn'], string>> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
};

/** A meeting as a list shows it: 'Tuesday 17 November 2026, moved to Tuesday 24 November 2026'. */
export function meetingInWords(meeting: Meetings[number]): string {
  if (typeof meeting === 'string') return formatDate(meeting);
  const { on, cancelled, movedTo } = meeting;
  const moved = movedTo === undefined ? '' : `, moved to ${formatDate(movedTo)}`;
  return `${formatDate(on)}${moved}${cancelled === undefined ? '' : `, does not take place: ${cancelled}`}`;
}

const CLEAR_DAYS: Readonly<Record<Papers['clearDays'], string>> = {
  'working-day': 'working days',
  'monday-to-saturday': 'Mondays to Saturdays',
  'calendar-day': 'all days',
};

function paperWords(papers: Papers, of: Authority): string {
  const { reportDays, agendaClearDays, clearDays, notClear = [], closureDays, officer } = papers;
  return [
    ...(reportDays === undefined ? [] : [`reports ${reportDays} working days before`]),
    `agenda ${agendaClearDays} clear days before (${CLEAR_DAYS[clearDays]}${closureDays ? ', without closure days' : ''}), by ${roleTitle(of, officer)}`,
    ...notClear.map(({ date, title }) => `${formatDate(date)} is no clear day: ${title}`),
  ].join('; ');
}

/** How often a duty may be given a later date, and by whom more; null where the file says nothing of it. */
export const laterDatesInWords = (of: Authority): string | null =>
  of.laterDates === undefined
    ? null
    : `at most ${of.laterDates.cap} for one duty; more by ${roleTitle(of, of.laterDates.beyond)} alone`;

/** When somebody is asked whether what was done still holds, and who; null where the file says nothing of it. */
export function sustainedInWords(of: Authority): string | null {
  if (of.sustained === undefined) return null;
  const { after, askedOf } = of.sustained;
  const asked = askedOf === undefined ? 'whoever owned it' : roleTitle(of, askedOf);
  return after.length === 0 ? 'never' : `${after.join(', ')} months later, of ${asked}`;
}

/** What has to be ready before a body's meetings; null where nobody is reminded of it. */
export const bodyPapersInWords = ({ papers }: Authority['bodies'][number], of: Authority): string | null =>
  papers === undefined ? null : paperWords(papers, of);
