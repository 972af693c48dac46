import { mustStayWhatItIs } from '../authority/demonstration.ts';
import { allRoles } from '../authority/partners.ts';
import { namesOf } from '../closed-table.ts';
import { findRole, roleTitle } from '../authority/roles.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { calendarDataOf } from '../lifecycle/state.ts';
import type { Facts } from '../facts/facts.ts';
import { ownersNamed } from '../facts/owners.ts';
import { inspectionRef } from '../inspection-ref.ts';
import { milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { meetingDates } from '../meetings/meetings.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { isEnded, isPending } from '../milestone/milestone-state.ts';
import type { Announcement } from '../milestone/milestone.ts';
import { carriedConstitution, unfitFor } from '../decisions/first-constitution.ts';
import { Refusal } from '../refusal.ts';
import { sameValue } from '../revisions/same-value.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Constitution } from '../schemas/constitution.ts';
import type { Actor } from './actor.ts';
import { command } from './definition.ts';
import { ADMINISTRATORS_ONLY, mustBePermitted } from './may.ts';
import { someOf } from '../some-of.ts';

const VERB = "change the authority's file";

/**
 * The authority's file has changed while an inspection runs: somebody has left, is away, a meeting was moved, the
 * council closes for a day. Whoever newly holds a role is told what is theirs; dates that rest on what changed move.
 */
export const changeAuthority = command({
  subject: 'inspection',
  title: 'Apply the authority’s file',
  help: 'Addresses, who is away, meetings, closure days: what rests on them and is not yet met is worked out again.',
  fields: {
    authority: { kind: 'authority', label: 'The authority’s file' },
    // An inspection that began without one goes by the first that its council chooses.
    constitution: { kind: 'constitution', label: 'The constitution that it names', optional: true },
  },
  // Of themselves each says how they get their mail, and when they are away; all else is for administrators.
  may: { capacities: ['owner', 'manager', 'administrator', 'member'] },
  verb: VERB,
  done: 'The authority’s file is applied.',
  entries: ['authority-changed'],
  form: { aside: 'a file is applied to the whole council, not to one inspection' },
  cli: { aside: '`duecourse authority apply` brings it to every inspection of the council' },
  api: { aside: 'a file is applied to the whole council, not to one inspection' },
  apply(state, { authority, constitution: named }, { actor, now }) {
    const { facts } = state;
    mustBeTheirsToChange(facts.authority, authority, actor);
    mustBeTheSame(facts.authority, authority);
    mustStayWhatItIs(facts.authority, authority);
    mustKeepOwners(state, authority);
    mustKeepBodies(state, authority);
    mustKeepMeetingsHeld(facts, authority, localDate(now));
    const first = named === undefined || facts.constitution !== null ? undefined : carriedConstitution(named);
    if (first !== undefined) mustBeFit(first, { facts: { ...facts, authority }, before: facts.authority, actor });
    if (first === undefined && !differs(facts.authority, authority)) return state;
    const newlyHeld = allRoles(authority)
      .filter((role) => role.email !== undefined && role.email !== findRole(facts.authority, role.id)?.email)
      .map((role) => role.id);
    const told = milestonesOf(state)
      .filter(isPending)
      .flatMap((each) => {
        const roles = [each.owner, ...(each.beside ?? [])].filter((role) => newlyHeld.includes(role));
        if (roles.length === 0) return [];
        const news = roles.map((to): Announcement => {
          const text = `The role of ${roleTitle(authority, to)} has a new holder.`;
          return { kind: 'reassigned', to, readyAt: now, urgent: false, text };
        });
        return [{ ...each, announcements: [...withoutSame(each.announcements, news), ...news] }];
      });
    const sameClosures = !differs(facts.authority.closureDays, authority.closureDays);
    const changed = [
      ...whatChanged(facts.authority, authority),
      ...(first === undefined
        ? []
        : [`the constitution by which decisions can be called in, where there was none: ${first.title}`]),
    ];
    const next = {
      ...withMilestones(state, ...told),
      facts: { ...facts, authority, ...(first === undefined ? {} : { constitution: first }) },
    };
    const recorded = record(next, now, [
      {
        kind: 'authority-changed',
        actor,
        text: `What was changed in the file of ${authority.name}: ${changed.join('; ') || 'nothing that matters here'}.`,
        // Names and addresses stay out of the chain, which nothing can be taken out of.
        data: { roles: newlyHeld, ...(sameClosures ? {} : { calendar: calendarDataOf(next).version }) },
      },
    ]);
    const because =
      first === undefined
        ? 'the council changed its meetings or the days on which it is closed'
        : 'the council chose its constitution';
    return replan(state, recorded, now, because);
  },
});

/** A constitution comes from the administrator, is the one that the file names, and fits what has been decided. @throws Refusal */
function mustBeFit(
  first: Constitution,
  { facts, before, actor }: { facts: Facts; before: Authority; actor: Actor },
): void {
  mustBePermitted(ADMINISTRATORS_ONLY, VERB, actor, { authority: before });
  const why =
    first.id === facts.authority.constitution
      ? unfitFor(facts, first)
      : `The council’s file does not name this constitution: ${first.title}.`;
  if (why !== undefined) throw new Refusal('wrong-state', why, 'authority');
}

/**
 * Administrators change the file; whoever holds a role of the council's, what it says of themselves.
 *
 * @throws Refusal 'unknown-role' | 'not-permitted', also where no administrator would be left
 */
export function mustBeTheirsToChange(before: Authority, after: Authority, actor: Actor): void {
  if (!isOfThemselves(before, after, actor.role))
    mustBePermitted(ADMINISTRATORS_ONLY, VERB, actor, { authority: before });
  // Nobody could change anything again.
  if (hasAdministrator(before) && !hasAdministrator(after))
    throw new Refusal(
      'not-permitted',
      'Nobody would be an administrator of the council any more, and nobody could change its file again. Give the capacity of administrator to another role first, one that somebody holds.',
    );
}

const hasAdministrator = ({ roles }: Authority): boolean =>
  roles.some(({ capacity, email }) => capacity === 'administrator' && email !== undefined);

/**
 * Is it only how the holder of a role of the council's gets their mail, and when they are away, that changes? Whether the
 * role's address is theirs alone was asked by whoever knows all that they hold.
 */
export function isOfThemselves(before: Authority, after: Authority, role: string): boolean {
  const email = before.roles.find(({ id }) => id === role)?.email?.toLowerCase();
  if (email === undefined) return false;
  const others = ({ people = [], ...rest }: Authority) => ({
    ...rest,
    people: people.filter((each) => each.email.toLowerCase() !== email),
  });
  // By which way mail leaves at all is the administrator's to say.
  const channel = ({ people = [] }: Authority) => people.find((each) => each.email.toLowerCase() === email)?.channel;
  return (
    sameValue(others(before), others(after)) &&
    !sameValue(before.people, after.people) &&
    channel(before) === channel(after)
  );
}

/** What is said of the same kind to the same role is said once. */
const withoutSame = (before: readonly Announcement[], news: readonly Announcement[]): Announcement[] =>
  before.filter((old) => !news.some(({ kind, to }) => kind === old.kind && to === old.to));

function mustBeTheSame(before: Authority, after: Authority): void {
  if (before.id !== after.id || before.division !== after.division)
    throw new Refusal(
      'wrong-authority',
      `This inspection belongs to ${before.name} (${before.id}, ${before.division}); the file is that of ${after.name} (${after.id}, ${after.division}).`,
    );
}

/** So many of the duties that nobody would own are named. */
const MAX_NAMED = 5;

/** Every role that owns something here, now or later, must be in the new file. */
function mustKeepOwners(state: LifecycleState, after: Authority): void {
  const { facts } = state;
  const all = milestonesOf(state);
  const known = new Set([...all.map(({ id }) => id), ...Object.keys(state.ended)]);
  const owned: [string, string][] = [
    ...all.filter((each) => !isEnded(each)).map((each): [string, string] => [each.owner, `"${each.title}"`]),
    // A duty that is there speaks for itself; one that has ended needs nobody any more.
    ...ownersNamed(facts)
      .filter(({ place }) => place.milestone === undefined || !known.has(place.milestone))
      .map(({ role, place }): [string, string] => [role, place.what]),
  ];
  const [first] = owned.filter(([role]) => findRole(after, role) === undefined);
  if (first === undefined) return;
  const [gone] = first;
  const what = owned.filter(([role]) => role === gone).map(([, each]) => each);
  const ref = inspectionRef(facts.authority.id, facts.inspection.reference);
  throw new Refusal(
    'unknown-role',
    `The file no longer has the role "${gone}" (${roleTitle(facts.authority, gone)}), which owns ${someOf(what, MAX_NAMED)}. Pass its work on first, with: duecourse reassign-many --from ${gone} --to ROLE ${ref}; or leave the role in the file without an address.`,
    'authority',
  );
}

/** A body that duties go to, or that has taken a decision on record, must be in the new file. */
function mustKeepBodies(state: LifecycleState, after: Authority): void {
  const { authority, inspection } = state.facts;
  const named: [string | null | undefined, string][] = [
    ...milestonesOf(state)
      .filter((each) => !isEnded(each))
      .map((each): [string | undefined, string] => [each.body, `"${each.title}"`]),
    ...inspection.decisions
      .filter(({ withdrawn }) => withdrawn === undefined)
      .map((each): [string | undefined, string] => [each.body, `the decision "${each.title}"`]),
    ...inspection.commitments.map((each): [string | undefined, string] => [
      each.body,
      `the promise "${each.title ?? each.rule ?? ''}"`,
    ]),
  ];
  for (const { id, name } of authority.bodies) {
    if (after.bodies.some((each) => each.id === id)) continue;
    const what = named.filter(([body]) => body === id).map(([, each]) => each);
    if (what.length > 0)
      throw new Refusal(
        'duties-open',
        `The file no longer has the body "${id}" (${name}), on which ${someOf(what, MAX_NAMED)} ${what.length === 1 ? 'rests' : 'rest'}. Leave it in the file.`,
      );
  }
}

/** Rounds of a cycle that goes by a body's meetings are numbered by those that have been: none of them may come or go. */
function mustKeepMeetingsHeld({ inspection, authority }: Facts, after: Authority, today: CivilDate): void {
  const held = (of: Authority, id: string) => {
    const body = of.bodies.find((each) => each.id === id);
    return body === undefined ? [] : meetingDates(body).filter((date) => date < today);
  };
  for (const { body, every, changes = [], ...promise } of inspection.commitments) {
    const byMeetings = [every, ...changes.map((each) => each.every)].some((each) => each?.meetings !== undefined);
    if (body === undefined || !byMeetings) continue;
    const [before, now] = [held(authority, body), held(after, body)];
    const [other] = [...before.filter((date) => !now.includes(date)), ...now.filter((date) => !before.includes(date))];
    if (other !== undefined)
      throw new Refusal(
        'wrong-date',
        `The rounds of "${promise.title ?? promise.id ?? body}" are numbered by the meetings of ${body} that have been, and the file has another past than before: ${before.includes(other) ? 'put back' : 'leave out'} the meeting on ${formatDate(other)}.`,
        'authority',
      );
  }
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Each part of an authority's file in words; null where it can't change here, or is said otherwise. */
const PARTS: Readonly<Record<keyof Authority, string | null>> = {
  id: null,
  division: null,
  roles: null,
  name: 'what it is called',
  // The rules that a lifecycle began with stay.
  constitution: null,
  people: 'who is away, and how people want their mail',
  sending: 'sending times',
  chain: 'the upper steps of escalation',
  partners: 'partners',
  bodies: 'bodies and their meetings',
  ratings: 'the names of its ratings',
  sustained: 'when it is asked whether what was done still holds',
  closureDays: 'closure days',
  preElectionPeriods: 'periods before elections',
  laterDates: 'who grants later dates, and how often',
  channel: 'the channel of its mail',
  // It never changes.
  demonstration: null,
  // Of these no inspection hears.
  webhooks: null,
};

/** What of the file is another than before, in words; empty where nothing that matters here. */
function whatChanged(before: Authority, after: Authority): string[] {
  const roles = allRoles(after)
    .filter((role) => differs(role, findRole(before, role.id)))
    .map((role) => role.title);
  const gone = allRoles(before)
    .filter((role) => findRole(after, role.id) === undefined)
    .map((role) => role.title);
  const parts = namesOf(PARTS).flatMap((part) => (differs(before[part], after[part]) ? (PARTS[part] ?? []) : []));
  return [
    ...(roles.length === 0 ? [] : [`${roles.length === 1 ? 'the role' : 'the roles'} of ${someOf(roles)}`]),
    ...(gone.length === 0
      ? []
      : [`no longer there: ${gone.length === 1 ? 'the role' : 'the roles'} of ${someOf(gone)}`]),
    ...parts,
  ];
}
