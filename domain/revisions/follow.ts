import type { Actor } from '../commands/actor.ts';
import { mustBeWithinCap } from '../commands/later-dates.ts';
import { mustBeExtendable } from '../commands/steps.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { roleTitle } from '../authority/roles.ts';
import { withBeside } from '../milestone/beside.ts';
import type { Announcement, Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import { announce, isPending, setDue } from '../milestone/milestone-state.ts';
import { milestoneOf, milestonesOf, plannedOf, withMilestones } from '../lifecycle/milestones.ts';
import { type Happening, record } from '../lifecycle/record.ts';
import { calendarOf, type LifecycleState } from '../lifecycle/state.ts';
import { dutyOfAction } from '../plan/action-duty.ts';
import { fieldInWords, valueInWords } from './change-words.ts';
import type { PlanChange } from './changes.ts';

/** A field's change of one action. */
type FieldChange = Extract<PlanChange, { kind: 'change' }>;

/** When it was revised, and why: `because` stands after that word, without a full stop. */
interface Why {
  now: string;
  actor: Actor;
  because: string;
}

/**
 * What a revision makes of the duties of actions that it changes: a date that it sets is a date set by people, as a later date
 * granted is, so that the one before stays on record; the plan's owner takes over from whoever had it by hand; the owner is told
 * what changed.
 *
 * @param state with the plan as revised
 */
export function followActions(state: LifecycleState, changes: readonly PlanChange[], why: Why): LifecycleState {
  const planned = plannedOf(state);
  const happenings = [...fieldsByAction(changes)].flatMap(([action, fields]) => {
    const [duty, plan] = [milestoneOf(state, dutyOfAction(action)), planned.get(dutyOfAction(action))];
    if (duty === undefined || plan === undefined || !isPending(duty)) return [];
    return [inRecord(duty, follow(duty, plan, fields, state, why), why)];
  });
  return recorded(state, happenings, why);
}

type Followed = Happening & { milestone: Milestone };

function inRecord(before: Milestone, milestone: Milestone, { because }: Why): Followed {
  if (before.due === milestone.due)
    return { kind: 'milestone-confirmed', milestone, text: `${milestone.title}: changed, because ${because}.` };
  return {
    kind: 'milestone-moved',
    milestone,
    text: `${milestone.title}: moved from ${formatDate(before.due)} to ${formatDate(milestone.due)}, because ${because}.`,
    data: { from: before.due, to: milestone.due, because },
  };
}

const recorded = (state: LifecycleState, happenings: Followed[], { now }: Why): LifecycleState =>
  record(withMilestones(state, ...happenings.map(({ milestone }) => milestone)), now, happenings);

function fieldsByAction(changes: readonly PlanChange[]): Map<string, FieldChange[]> {
  const fields = new Map<string, FieldChange[]>();
  for (const change of changes)
    if (change.what === 'action' && change.kind === 'change')
      fields.set(change.id, [...(fields.get(change.id) ?? []), change]);
  return fields;
}

function follow(
  duty: Milestone,
  planned: PlannedMilestone,
  fields: readonly FieldChange[],
  state: LifecycleState,
  why: Why,
): Milestone {
  const { now, because } = why;
  const has = (name: string) => fields.some(({ field }) => field === name);
  const whose = has('owner') ? ownedAsPlanned(duty, planned) : duty;
  const owned = has('with') ? sharedAsPlanned(whose, planned) : whose;
  const dated = has('due') && planned.due !== owned.due;
  const moved = dated ? dateSet(owned, planned, state, why) : owned;
  const said = fields
    .filter(({ field }) => !SAID_BY_THEMSELVES.has(field))
    .map(({ field, from, to }) => `The ${fieldInWords(field)} is now ${short(to)}; it was ${short(from)}.`);
  if (!dated && said.length === 0) return moved;
  return announce(moved, {
    ...{ kind: dated ? 'moved' : 'revised', to: moved.owner, readyAt: now, urgent: false },
    ...(said.length === 0 ? {} : { text: [`Changed, because ${because}.`, ...said].join(' ') }),
  });
}

/** Characters of a value that a mail has room for: the whole of it is in the plan. */
const MAX_VALUE = 150;

function short(value: unknown): string {
  const letters = Array.from(valueInWords(value));
  return letters.length <= MAX_VALUE ? letters.join('') : `${letters.slice(0, MAX_VALUE).join('')}…`;
}

/** A later date is one that is granted, within the council's cap; an earlier one is nobody's favour. @throws Refusal */
function dateSet(duty: Milestone, { due }: PlannedMilestone, state: LifecycleState, why: Why): Milestone {
  const { facts } = state;
  const { now, because, actor } = why;
  const calendar = calendarOf(state);
  mustBeExtendable(duty);
  if (due < duty.due) return setDue(duty, due, because, calendar);
  mustBeWithinCap(duty, { facts, actor });
  return setDue(duty, due, because, calendar, { granted: { by: actor.role, at: now } });
}

/** A moved date, a new owner and who is beside them are told in words of their own. */
const SAID_BY_THEMSELVES: ReadonlySet<string> = new Set(['due', 'owner', 'with', 'replaces']);

/** Whoever was put beside the owner by hand is there no more: the plan says who is. */
function sharedAsPlanned(duty: Milestone, { beside = [] }: PlannedMilestone): Milestone {
  const { sharedWith: _by, ...rest } = duty;
  return withBeside<Milestone>(rest, beside);
}

/** Whoever had it by hand has it no more: the plan says whose it is. */
function ownedAsPlanned(duty: Milestone, { owner }: PlannedMilestone): Milestone {
  const { passedTo: _by, ...rest } = duty;
  return withBeside<Milestone>({ ...rest, owner }, rest.beside ?? []);
}

/**
 * Tells who has a duty from now on, and who had it, wherever a revision has changed that: by the action itself, by its theme's
 * officer, by the strand's owner; and who is beside the owner, and who no longer is.
 */
export function tellOwners(before: LifecycleState, after: LifecycleState, why: Why): LifecycleState {
  const { now, because } = why;
  const { authority } = after.facts;
  const told = milestonesOf(after).flatMap((duty): Followed[] => {
    const earlier = milestoneOf(before, duty.id);
    if (earlier === undefined || !isPending(duty)) return [];
    const tell = (kind: Announcement['kind'], to: string, text: string): Announcement => ({
      ...{ kind, to, readyAt: now, urgent: false, text },
    });
    const [was, is] = [new Set(earlier.beside ?? []), new Set(duty.beside ?? [])];
    const passed = earlier.owner !== duty.owner;
    const off = [...was].filter((role) => !is.has(role) && role !== duty.owner);
    const joined = [...is].filter((role) => !was.has(role) && role !== earlier.owner);
    if (!passed && off.length + joined.length === 0) return [];
    const [from, to] = [roleTitle(authority, earlier.owner), roleTitle(authority, duty.owner)];
    const gone = new Set([...off, ...(passed ? [earlier.owner] : [])]);
    const kept = { ...duty, announcements: duty.announcements.filter((each) => !gone.has(each.to)) };
    const milestone = announce(
      passed ? withoutPromise(kept) : kept,
      ...(passed ? [tell('reassigned', duty.owner, `Passed on from ${from}, because ${because}.`)] : []),
      ...(passed && !is.has(earlier.owner)
        ? [tell('withdrawn', earlier.owner, `It belongs to ${to} from now on, because ${because}.`)]
        : []),
      ...joined.map((role) => tell('reassigned', role, `You are beside ${to} from now on, because ${because}.`)),
      ...off.map((role) => tell('withdrawn', role, `You are no longer beside ${to}, because ${because}.`)),
    );
    const text = passed
      ? `${duty.title}: passed on from ${from} to ${to}, because ${because}.`
      : `${duty.title}: others are beside ${to} from now on, because ${because}.`;
    return [
      {
        kind: passed ? 'milestone-reassigned' : 'milestone-confirmed',
        milestone,
        text,
        data: { from: earlier.owner, to: duty.owner, because },
      },
    ];
  });
  return recorded(after, told, why);
}

/** What was promised was the former owner's own. */
function withoutPromise({ acknowledged: _promise, ...rest }: Milestone): Milestone {
  return rest;
}
