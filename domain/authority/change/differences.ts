import { formatDate } from '../../calendar/civil-date.ts';
import { namesOf } from '../../closed-table.ts';
import { COUNTS, RATING_COLOURS } from '../../progress/rating-words.ts';
import { sameValue } from '../../revisions/same-value.ts';
import type { Authority, Person, Role } from '../../schemas/authority.ts';
import { DIVISIONS_IN_WORDS } from '../../schemas/common.ts';
import type { Partner } from '../../schemas/partner.ts';
import type { Webhook } from '../../schemas/webhooks.ts';
import { ratingsOf } from '../../progress/ratings.ts';
import type { Rating } from '../../schemas/ratings.ts';
import { absenceInWords } from '../absence.ts';
import { roleTitle } from '../roles.ts';
import {
  BODY_KINDS,
  CAPACITIES,
  CHANNELS,
  WEEKDAYS,
  WEBHOOK_FORMATS,
  eventsInWords,
  kindsInWords,
  laterDatesInWords,
  meetingInWords,
  bodyPapersInWords,
  sustainedInWords,
  type Meetings,
} from './words.ts';

/** One thing that is another than before: null where there was, or is, none. */
export interface Difference {
  what: string;
  before: string | null;
  after: string | null;
}

type Body = Authority['bodies'][number];
type Words<T> = (value: T, authority: Authority) => string | null;
/** Each field of something, with what it is called and how its value is said; null: it names the thing itself. */
type FieldWords<T> = Readonly<
  Record<keyof T, { label: string; words: (whole: T, authority: Authority) => string | null } | null>
>;

const plain = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));
const roleIn: Words<string | undefined> = (id, authority) => (id === undefined ? null : roleTitle(authority, id));

const ROLE: FieldWords<Role> = {
  id: null,
  title: { label: 'title', words: ({ title }) => title },
  email: { label: 'address', words: ({ email }) => email ?? 'nobody holds it' },
  reportsTo: { label: 'answers to', words: ({ reportsTo }, of) => roleIn(reportsTo, of) },
  capacity: { label: 'may', words: ({ capacity }) => CAPACITIES[capacity] },
  groups: { label: 'held by the members of', words: ({ groups }) => groups?.join(', ') ?? null },
};

const PERSON: FieldWords<Person> = {
  email: null,
  digest: {
    label: 'mail comes',
    words: ({ digest, weeklyOn }) => (digest === 'weekly' ? `weekly, on ${WEEKDAYS[weeklyOn]}` : 'daily'),
  },
  // It is said with how often.
  weeklyOn: null,
  channel: { label: 'mail leaves by', words: ({ channel }) => (channel === undefined ? null : CHANNELS[channel]) },
  away: {
    label: 'away',
    words: ({ away }, of) =>
      away.map((each) => `${absenceInWords(each)}, mail goes to ${roleTitle(of, each.delegate)}`).join('; ') || null,
  },
};

/** Whoever is not listed gets their mail like this, and is never away. */
const USUAL: Omit<Person, 'email'> = { digest: 'daily', weeklyOn: 'monday', away: [] };

const RATING: FieldWords<Rating> = {
  id: null,
  name: { label: 'name', words: ({ name }) => name },
  meaning: { label: 'rule', words: ({ meaning }) => meaning },
  colour: { label: 'colour', words: ({ colour }) => RATING_COLOURS[colour] },
  counts: { label: 'counts as', words: ({ counts }) => COUNTS[counts] },
};

const WEBHOOK: FieldWords<Webhook> = {
  id: null,
  name: { label: 'name', words: ({ name }) => name },
  address: { label: 'where it is told', words: ({ address }) => address },
  events: { label: 'is told when', words: eventsInWords },
  kinds: { label: 'of these kinds of duty', words: kindsInWords },
  person: { label: 'of the duties of', words: ({ person }) => person ?? 'everybody' },
  format: { label: 'form', words: ({ format }) => WEBHOOK_FORMATS[format] },
  words: { label: 'what people wrote goes along', words: ({ words }) => (words ? 'yes' : 'no') },
  on: { label: 'is told', words: ({ on }) => (on ? 'yes' : 'no: it is off') },
};

/**
 * What an authority's file has otherwise after a change than before it, in words, in the order of the file.
 *
 * @param constitutionTitle what a constitution is called, by its id: it has a file of its own
 */
export function authorityDifferences(
  before: Authority,
  after: Authority,
  constitutionTitle: (id: string) => string,
): Difference[] {
  return namesOf(PARTS).flatMap((part) =>
    sameValue(before[part], after[part]) ? [] : PARTS[part](before, after, constitutionTitle),
  );
}

type Part = (before: Authority, after: Authority, constitutionTitle: (id: string) => string) => Difference[];

const between = (
  what: string,
  words: (authority: Authority) => string | null,
  before: Authority,
  after: Authority,
): Difference[] => [{ what, before: words(before), after: words(after) }].filter((each) => each.before !== each.after);

const one =
  (what: string, words: (authority: Authority) => string | null): Part =>
  (before, after) =>
    between(what, words, before, after);

const several =
  (...parts: Part[]): Part =>
  (...given) =>
    parts.flatMap((part) => part(...given));

const PARTS: Readonly<Record<keyof Authority, Part>> = {
  id: one('Short name', ({ id }) => id),
  name: one('Name of the council', ({ name }) => name),
  division: one('Bank holidays of', ({ division }) => DIVISIONS_IN_WORDS[division]),
  constitution: (before, after, titleOf) =>
    between('Constitution', ({ constitution: id }) => (id === undefined ? null : titleOf(id)), before, after),
  sending: several(
    one('Daily mail goes out at', ({ sending }) => sending.time),
    one('Nothing is sent before', ({ sending }) => sending.from),
    one('Nothing is sent from', ({ sending }) => sending.until),
    one('Morning summary at', ({ sending }) => plain(sending.summary)),
  ),
  channel: one('Mail leaves by', ({ channel }) => (channel === undefined ? null : CHANNELS[channel])),
  demonstration: one('Demonstration', ({ demonstration }) => (demonstration === true ? 'yes' : null)),
  roles: (before, after) => rolesBetween(before, after, before.roles, after.roles, ''),
  people: peopleBetween,
  partners: partnersBetween,
  chain: several(
    one('Second step of escalation', (of) => roleIn(of.chain.director, of)),
    one('Third step of escalation', (of) => roleIn(of.chain.chiefExecutive, of)),
    one('Runs duecourse here', (of) => roleIn(of.chain.administrator, of)),
    one('Lead member', (of) => roleIn(of.chain.leadMember, of)),
  ),
  bodies: bodiesBetween,
  laterDates: one('Later dates', laterDatesInWords),
  sustained: one('Whether what was done still holds is asked', sustainedInWords),
  ratings: several(
    entries(
      ratingsOf,
      ({ id }) => id,
      RATING,
      (id, of) => `Rating ${ratingsOf(of).find((each) => each.id === id)?.name ?? id}`,
    ),
    one('Order of the ratings', (council) =>
      ratingsOf(council)
        .map(({ name }) => name)
        .join(', '),
    ),
  ),
  closureDays: dated('Closed on', ({ closureDays }) => closureDays.map(({ date, title }) => [date, title])),
  preElectionPeriods: dated('Period before an election from', ({ preElectionPeriods = [] }) =>
    preElectionPeriods.map(({ from, until, election }) => [from, `until ${formatDate(until)}: ${election}`]),
  ),
  webhooks: entries(
    ({ webhooks = [] }) => webhooks,
    ({ id }) => id,
    WEBHOOK,
    (id, of) => `Address “${of.webhooks?.find((each) => each.id === id)?.name ?? id}”`,
  ),
};

function peopleBetween(before: Authority, after: Authority): Difference[] {
  const emails = new Set([...(before.people ?? []), ...(after.people ?? [])].map(({ email }) => email));
  return [...emails].flatMap((email) => {
    const [was, is] = [before, after].map(
      ({ people = [] }): Person => people.find((each) => each.email === email) ?? { email, ...USUAL },
    );
    const called = whoIs(after.people?.some((each) => each.email === email) === true ? after : before, email);
    return fieldsBetween(called, [was, before], [is, after], PERSON);
  });
}

/** An address as people know it: by the roles that it holds. */
function whoIs(authority: Authority, email: string): string {
  const roles = [...authority.roles, ...(authority.partners ?? []).flatMap((each) => each.roles)];
  const titles = roles.filter((role) => role.email?.toLowerCase() === email.toLowerCase()).map(({ title }) => title);
  return titles.length === 0 ? email : `${titles.join(' and ')} (${email})`;
}

/** The fields of two states of one thing that differ. */
function fieldsBetween<T extends object>(
  what: string,
  [before, ofBefore]: [T | undefined, Authority],
  [after, ofAfter]: [T | undefined, Authority],
  fields: FieldWords<T>,
): Difference[] {
  return (Object.keys(fields) as (keyof T)[]).flatMap((name) => {
    const field = fields[name];
    if (field === null) return [];
    const words = (whole: T | undefined, of: Authority) => (whole === undefined ? null : field.words(whole, of));
    const said = { what: `${what}: ${field.label}`, before: words(before, ofBefore), after: words(after, ofAfter) };
    return said.before === said.after ? [] : [said];
  });
}

function entries<T extends object>(
  of: (authority: Authority) => readonly T[],
  nameOf: (entry: T) => string,
  fields: FieldWords<T>,
  called: (name: string, authority: Authority) => string,
): Part {
  return (before, after) => {
    const names = new Set([...of(before), ...of(after)].map(nameOf));
    return [...names].flatMap((name) => {
      const [was, is] = [of(before), of(after)].map((all) => all.find((each) => nameOf(each) === name));
      return fieldsBetween(called(name, is === undefined ? before : after), [was, before], [is, after], fields);
    });
  };
}

function rolesBetween(
  before: Authority,
  after: Authority,
  had: readonly Role[],
  has: readonly Role[],
  of: string,
): Difference[] {
  const ids = new Set([...had, ...has].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [was, is] = [had, has].map((all) => all.find((each) => each.id === id));
    if (was === undefined) return [{ what: `New role${of}`, before: null, after: roleInWords(is, after) }];
    if (is === undefined) return [{ what: `Role${of}`, before: roleInWords(was, before), after: null }];
    return fieldsBetween(`${is.title}${of}`, [was, before], [is, after], ROLE);
  });
}

/** A whole role: whatever is said of one is said of a new one too. */
function roleInWords(role: Role | undefined, of: Authority): string | null {
  if (role === undefined) return null;
  const { title: _title, email: _email, ...others } = ROLE;
  const more = Object.values(others).flatMap((field) => {
    const words = field?.words(role, of) ?? null;
    return words === null ? [] : [`; ${field?.label} ${words}`];
  });
  return `${role.title} (${role.email ?? 'nobody holds it'})${more.join('')}`;
}

function partnersBetween(before: Authority, after: Authority): Difference[] {
  const [had, has] = [before.partners ?? [], after.partners ?? []];
  const ids = new Set([...had, ...has].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [was, is] = [had, has].map((all) => all.find((each) => each.id === id));
    if (was === undefined) return [{ what: 'New partner', before: null, after: partnerInWords(is, after) }];
    if (is === undefined) return [{ what: 'Partner', before: partnerInWords(was, before), after: null }];
    return [
      ...fieldsBetween(is.name, [was, before], [is, after], PARTNER),
      ...rolesBetween(before, after, was.roles, is.roles, `, ${is.name}`),
    ];
  });
}

const PARTNER: FieldWords<Partner> = {
  id: null,
  name: { label: 'name', words: ({ name }) => name },
  lead: { label: 'the council’s lead for it', words: ({ lead }, of) => roleIn(lead, of) },
  chain: { label: 'head of its chain', words: ({ chain }, of) => roleIn(chain.head, of) },
  roles: null,
};

function partnerInWords(partner: Partner | undefined, of: Authority): string | null {
  if (partner === undefined) return null;
  const roles = partner.roles.map(({ title, email }) => `${title} (${email ?? 'nobody holds it'})`).join(', ');
  return `${partner.name}; lead ${roleTitle(of, partner.lead)}; ${roles}`;
}

function bodiesBetween(before: Authority, after: Authority): Difference[] {
  const ids = new Set([...before.bodies, ...after.bodies].map(({ id }) => id));
  return [...ids].flatMap((id): Difference[] => {
    const [was, is] = [before, after].map(({ bodies }) => bodies.find((each) => each.id === id));
    if (was === undefined) return [{ what: 'New body', before: null, after: `${is?.name ?? id}${meetingSum(is)}` }];
    if (is === undefined) return [{ what: 'Body', before: `${was.name}${meetingSum(was)}`, after: null }];
    return [
      ...fieldsBetween(is.name, [was, before], [is, after], BODY),
      ...meetingsBetween(is.name, was.meetings, is.meetings),
    ];
  });
}

const meetingSum = (body: Body | undefined): string =>
  body === undefined || body.meetings.length === 0 ? '' : `, ${body.meetings.length} meetings`;

const BODY: FieldWords<Body> = {
  id: null,
  name: { label: 'name', words: ({ name }) => name },
  kind: { label: 'kind', words: ({ kind }) => (kind === undefined ? null : BODY_KINDS[kind]) },
  meetings: null,
  papers: { label: 'papers', words: bodyPapersInWords },
};

function meetingsBetween(name: string, before: Meetings, after: Meetings): Difference[] {
  const dayOf = (each: Meetings[number]) => (typeof each === 'string' ? each : each.on);
  const days = [...new Set([...before, ...after].map(dayOf))].sort();
  return days.flatMap((day) => {
    const [was, is] = [before, after].map((all) => all.find((each) => dayOf(each) === day));
    if (sameValue(was, is)) return [];
    const words = (each: Meetings[number] | undefined) => (each === undefined ? null : meetingInWords(each));
    return [{ what: `${name}: meeting`, before: words(was), after: words(is) }];
  });
}

function dated(what: string, of: (authority: Authority) => [string, string][]): Part {
  return (before, after) => {
    const [was, is] = [new Map(of(before)), new Map(of(after))];
    return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((day) => {
      const said = { what: `${what} ${formatDate(day)}`, before: was.get(day) ?? null, after: is.get(day) ?? null };
      return said.before === said.after ? [] : [said];
    });
  };
}
