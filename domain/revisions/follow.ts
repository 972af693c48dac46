import type { Actor } from '../commands/actor.ts';
import { mustBeWithinCap } from '../commands/later-dates.ts';
import { mustBeExtendable } from '../commands/steps.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { withBeside } from '../milestone/beside.ts';
import type { Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import { announce, isPending, setDue } from '../milestone/milestone-state.ts';
import { milestoneOf, plannedOf, withMilestones } from '../lifecycle/milestones.ts';
import { type Happening, record } from '../lifecycle/record.ts';
import { calendarOf, type LifecycleState } from '../lifecycle/state.ts';
import { dutyOfAction } from '../plan/action-duty.ts';
import { fieldInWords } from './change-words.ts';
import { valueTold } from './values.ts';
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
  const { facts } = state;
  const readers = { facts, plans: [facts.inspection] };
  const told = (field: string, value: unknown) => short(valueTold(readers, { what: 'action', field }, value));
  const moved = dated ? dateSet(owned, planned, state, why) : owned;
  const said = fields
    .filter(({ field }) => !SAID_BY_THEMSELVES.has(field))
    .map(({ field, from, to }) =>
      MANY.has(field)
        ? `The ${fieldInWords(field)} are now: ${told(field, to)}; they were: ${told(field, from)}.`
        : `The ${fieldInWords(field)} is now ${told(field, to)}; it was ${told(field, from)}.`,
    );
  if (!dated && said.length === 0) return moved;
  return announce(moved, {
    ...{ kind: dated ? 'moved' : 'revised', to: moved.owner, readyAt: now, urgent: false },
    ...(said.length === 0 ? {} : { text: [`Changed, because ${because}.`, ...said].join(' ') }),
  });
}

/** Fields that name several things. */
const MANY: ReadonlySet<string> = new Set(['recommendations', 'replaces']);

/** Characters of a value that a mail has room for: the whole of it is in the plan. */
const MAX_VALUE = 150;

function short(value: string): string {
  const letters = Array.from(value);
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
