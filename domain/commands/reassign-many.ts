import { partnerOf } from '../authority/partners.ts';
import { requireRole, roleTitle } from '../authority/roles.ts';
import { mapTable } from '../closed-table.ts';
import type { Facts } from '../facts/facts.ts';
import { withMilestones, withOwnersOfEnded } from '../lifecycle/milestones.ts';
import { type Happening, record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { isBeside } from '../milestone/beside.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import { revisionMade } from '../revisions/revision-made.ts';
import { someOf } from '../some-of.ts';
import { STRANDS } from '../strands/strands.ts';
import { command } from './definition.ts';
import { OPTIONAL_REASON, type PayloadOf } from './fields.ts';
import { findMilestone } from './find-milestone.ts';
import { MANAGERS_ONLY } from './may.ts';
import { inPlaceOf, passOn, type PassedOn, type Scope } from './pass-on.ts';
import { passedTo, shared } from './reassign.ts';

const FIELDS = {
  from: { kind: 'role', label: 'Whose work?' },
  to: { kind: 'role', label: 'New owner', officers: true },
  strand: {
    kind: 'choice',
    label: 'Only this line of duties',
    choices: mapTable(STRANDS, ({ title }) => title),
    optional: true,
  },
  theme: {
    kind: 'id',
    label: 'Only the actions of this theme',
    hint: 'Its short name, for example so-1.',
    optional: true,
  },
  milestones: {
    kind: 'lines',
    label: 'Only these duties',
    hint: 'The id of one a line. Left empty: all of them.',
    optional: true,
    aside: 'single duties are chosen on a list of duties, and passed on there',
  },
  reason: OPTIONAL_REASON,
} as const;

type Payload = PayloadOf<typeof FIELDS>;

/** What a role owns goes to another, at once: somebody leaves, or a line of work changes hands. */
export const reassignMany = command({
  subject: 'inspection',
  title: 'Give a role’s work to somebody else',
  help: 'Every duty of one role that has not ended goes to another role, and what is planned later goes there too. The new owner is told once, of all of it.',
  fields: FIELDS,
  choosing: [
    {
      fills: ['theme'],
      label: FIELDS.theme.label,
      optional: true,
      none: '',
      among: ({ facts }) => facts.inspection.themes.map(({ id, title }) => ({ title, payload: { theme: id } })),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'give a role’s work to somebody else',
  done: 'It has a new owner.',
  entries: ['work-reassigned', 'plan-revised', 'milestone-owner-changed', 'milestone-reassigned'],
  cli: { aside: '`duecourse reassign-many` does it in one inspection or in many' },
  apply(state, payload, { actor, now }) {
    const { from, to, reason } = payload;
    const { authority } = state.facts;
    const passed = workPassedOn(state, payload);
    if (passed.moved.length + passed.shared.length + passed.places.length === 0)
      throw nothingOf(state.facts, payload, passed);
    const who = roleTitle(authority, actor.role);
    const changed = [...passed.moved, ...passed.shared].map((before) => ({
      before,
      after: after(before, passed, payload, state.facts, now),
    }));
    const because = reason ?? `the work of ${roleTitle(authority, from)} went to ${roleTitle(authority, to)}`;
    const revised = revisionMade(state.facts, passed.facts, because, actor);
    const next = withOwnersOfEnded(state, { ...state, facts: revised.facts });
    return record(withMilestones(next, ...changed.map((each) => each.after)), now, [
      {
        kind: 'work-reassigned',
        actor,
        text: `${sumInWords(passed, payload, state.facts)}, by ${who}${reason === undefined ? '' : `: ${reason}`}.`,
        data: {
          ...{ from, to, reason, strand: payload.strand, theme: payload.theme },
          duties: passed.moved.length,
          beside: passed.shared.length,
          named: passed.places,
          left: passed.left.map(({ milestone, why }) => ({ milestone: milestone.id, why })),
        },
      },
      ...revised.happenings,
      ...changed.map(({ before, after: milestone }): Happening => ({
        kind: isMarked(milestone) ? 'milestone-reassigned' : 'milestone-owner-changed',
        milestone,
        actor,
        text:
          before.owner === from
            ? `${before.title}: passed by ${who} from ${roleTitle(authority, from)} to ${roleTitle(authority, to)}.`
            : `${before.title}: ${roleTitle(authority, to)} is beside its owner in place of ${roleTitle(authority, from)}, by ${who}.`,
        data: {
          ...{ from, to, due: milestone.due, dueVersion: milestone.dueVersion },
          ...(milestone.sharedWith === undefined ? {} : { with: milestone.sharedWith }),
        },
      })),
    ]);
  },
});

/**
 * What this would pass on, before it is done: pages and the command line show it.
 *
 * @throws Refusal where it names what is not there, or what is not the role's
 */
export function workPassedOn(state: LifecycleState, payload: Payload): PassedOn {
  const { from, to } = payload;
  const { authority, inspection } = state.facts;
  requireRole(authority, to, 'to');
  if (from === to)
    throw new Refusal(
      'wrong-state',
      `The work of ${roleTitle(authority, from)} can’t be passed to the same role.`,
      'to',
    );
  const partner = partnerOf(authority, to);
  if (partner !== undefined && partnerOf(authority, from) === undefined)
    throw new Refusal(
      'wrong-state',
      `What a role of the council owns can’t be passed whole to ${partner.name}. Pass it on duty by duty, or revise the plan.`,
      'to',
    );
  const themes = inspection.themes.map(({ id }) => id);
  if (payload.theme !== undefined && !themes.includes(payload.theme))
    throw new Refusal(
      'wrong-state',
      notAmong('This inspection has no theme', payload.theme, themes, 'Its themes'),
      'theme',
    );
  const passed = passOn(state, from, to, scopeOf(state, payload));
  // A role that is not there must never read as one that has nothing to do.
  if (passed.moved.length + passed.shared.length + passed.places.length + passed.left.length === 0)
    requireRole(authority, from, 'from');
  return passed;
}

function scopeOf(state: LifecycleState, { from, strand, theme, milestones }: Payload): Scope {
  if (milestones === undefined || milestones.length === 0) return { strand, theme };
  const found = milestones.map((name) => findMilestone(state, name));
  const other = found.find((each) => each.owner !== from && !isBeside(each, from));
  if (other !== undefined)
    throw new Refusal(
      'wrong-state',
      `"${other.title}" belongs to ${roleTitle(state.facts.authority, other.owner)}, not to ${roleTitle(state.facts.authority, from)}.`,
      'milestones',
    );
  return { strand, theme, milestones: found.map(({ id }) => id) };
}

function after(before: Milestone, { marksOf }: PassedOn, payload: Payload, facts: Facts, now: string): Milestone {
  const { from, to, reason } = payload;
  const beside = inPlaceOf(before.beside ?? [], from, to);
  const passed =
    before.owner === from ? passedTo(before, payload, facts, now) : shared(before, { beside, reason }, facts, now);
  const { passedTo: _passed, sharedWith: _shared, ...rest } = passed;
  return { ...rest, ...marksOf(before) };
}

/** Does a mark say whose it is, since the facts do not? */
const isMarked = (after: Milestone): boolean => after.passedTo !== undefined || after.sharedWith !== undefined;

/** 'The work of Head of Service went to Team Manager: 12 duties; named anew on file: the theme "Early help"' */
function sumInWords(
  { moved, shared: besides, places, left }: PassedOn,
  { from, to, strand, theme }: Payload,
  { authority }: Facts,
): string {
  const scope = [
    ...(strand === undefined ? [] : [` in ${STRANDS[strand].title.toLowerCase()}`]),
    ...(theme === undefined ? [] : [` in the theme ${theme}`]),
  ].join('');
  const duties = `${moved.length} ${moved.length === 1 ? 'duty' : 'duties'}`;
  return [
    `The work of ${roleTitle(authority, from)}${scope} was passed to ${roleTitle(authority, to)}: ${duties}`,
    ...(besides.length === 0 ? [] : [`beside the owner of ${besides.length} more`]),
    ...(places.length === 0 ? [] : [`named anew on file: ${someOf(places, 5)}`]),
    ...(left.length === 0 ? [] : [`${left.length} stayed`]),
  ].join('; ');
}

function nothingOf({ authority }: Facts, { from }: Payload, { left }: PassedOn): Refusal {
  const [first] = left;
  return new Refusal(
    'wrong-state',
    first === undefined
      ? `Nothing of that belongs to ${roleTitle(authority, from)} here: there is nothing to pass on.`
      : first.why,
  );
}
