import { addresseeOf } from '../../../domain/authority/addressee.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { apply } from '../../../domain/commands/apply.ts';
import type { Actor } from '../../../domain/commands/actor.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { plannedOnTo } from '../../../domain/lifecycle/replan.ts';
import { sameValue } from '../../../domain/revisions/same-value.ts';
import { milestonesOf } from '../../../domain/lifecycle/milestones.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { ratingsOf } from '../../../domain/progress/ratings.ts';
import { preElectionWarnings } from '../../../domain/preview/pre-election.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { actorUnder, hasIt, type Scope } from '../../apply-authority.ts';
import { eachInspection } from '../../each-inspection.ts';
import { broughtTo, firstConstitution } from '../../files/chosen-constitution.ts';
import { openOf } from '../../tell-council.ts';
import type { Register } from '../../../register/register.ts';
import { type MovedDate, outcomeBetween } from '../forms/filled-command.ts';
import type { WebParts } from '../parts.ts';

/** A role that will be told something of an inspection: of how many duties, and at which address. */
interface Told {
  title: string;
  email: string;
  duties: number;
}

/** What a changed file comes to in one inspection. */
export interface InspectionConsequences {
  inspection: InspectionRef;
  title: string;
  moves: MovedDate[];
  told: Told[];
  /** What else is to be known of it, a sentence each: what is newly to be published within a period before an election, which constitution it keeps. */
  notes: string[];
  /** Why it would not take the file. */
  refusal: string | null;
}

export interface Consequences {
  /** Each open inspection, as far as it was asked. */
  inspections: InspectionConsequences[];
  /** Those that did not answer. */
  silent: InspectionRef[];
  /** Those that go by an older file: what others have changed is not theirs to bring who say something of themselves. */
  older: InspectionRef[];
  /** How many more are open, which were not asked. */
  more: number;
}

/** So many are asked before it is done; the others say by themselves whether they take it. */
const MAX_ASKED = 200;

/** What would come of a file in every open inspection of its council; nothing is changed. */
export async function consequencesOf(
  { engine, register }: { engine: Pick<WebParts['engine'], 'inspect'>; register: Pick<Register, 'list'> },
  authority: Authority,
  { actor, scope, today }: { actor: Actor; scope: Scope; today: CivilDate },
): Promise<Consequences> {
  const open = await openOf(register, authority.id);
  const asked = await eachInspection(
    open.slice(0, MAX_ASKED),
    async (inspection) => {
      const { state, view } = await engine.inspect(inspection);
      return { one: inOne(state, view, { authority, actor, scope, today }) };
    },
    { onDone: () => undefined, signal: new AbortController().signal },
  );
  return {
    inspections: asked.flatMap(({ inspection, result }) => (result?.one ? [{ inspection, ...result.one }] : [])),
    older: asked.flatMap(({ inspection, result }) => (result !== undefined && !result.one ? [inspection] : [])),
    silent: asked.flatMap(({ result, inspection }) => (result === undefined ? [inspection] : [])),
    more: Math.max(0, open.length - MAX_ASKED),
  };
}

/** Undefined where it is not theirs to bring to the inspection. */
function inOne(
  state: LifecycleState,
  view: ReturnType<typeof viewOf>,
  { authority, actor, scope, today }: { authority: Authority; actor: Actor; scope: Scope; today: CivilDate },
): Omit<InspectionConsequences, 'inspection'> | undefined {
  const { title } = view;
  const own = state.facts.authority;
  const brought = scope === 'the file' ? broughtTo(state.facts, authority) : { authority };
  if (brought.constitution === undefined && hasIt(own, authority))
    return { title, moves: [], told: [], notes: [], refusal: null };
  const as = actorUnder(own, authority, actor, scope);
  if (as === undefined) return undefined;
  try {
    const after = apply(state, { name: 'changeAuthority', payload: brought }, as, view.now);
    const before = plannedOnTo(view.now, state);
    const { moves } = outcomeBetween(viewOf(before, view.now), viewOf(after, view.now), authority);
    const known = new Set(electionWarnings(before));
    return {
      ...{ title, moves, told: toldBetween(before, after, authority, today) },
      notes: [
        ...electionWarnings(after).filter((each) => !known.has(each)),
        ...keptConstitution(state, authority),
        ...ratingsGone(state, authority),
      ],
      refusal: null,
    };
  } catch (error) {
    if (error instanceof Refusal) return { title, moves: [], told: [], notes: [], refusal: error.message };
    throw error;
  }
}

const electionWarnings = (state: LifecycleState): string[] =>
  preElectionWarnings(milestonesOf(state).filter(isPending), state.facts);

/**
 * Another constitution goes for what is started later; one that began without goes by the first that is chosen. Nothing is said where it
 * is the one that it began with.
 */
function keptConstitution({ facts }: LifecycleState, authority: Authority): string[] {
  const { authority: own, constitution } = facts;
  if (constitution === null) {
    const first = firstConstitution(facts, authority);
    if (first === undefined) return [];
    return 'takes' in first
      ? [
          `It began without a constitution, and goes by this one from then on: ${first.takes.title}, version ${first.takes.version}.`,
        ]
      : [`It began without a constitution, and goes on so: windows of call-in are not worked out. ${first.why}`];
  }
  if (own.constitution === authority.constitution || constitution.id === authority.constitution) return [];
  return [`It keeps the constitution that it began with: ${constitution.title}, version ${constitution.version}.`];
}

/** Ratings by which actions stand now, and which the file has no more. */
function ratingsGone(state: LifecycleState, authority: Authority): string[] {
  const own = ratingsOf(state.facts.authority);
  const gone = own.filter(({ id }) => !ratingsOf(authority).some((each) => each.id === id));
  if (gone.length === 0) return [];
  const open = milestonesOf(state).filter(isPending);
  return gone.flatMap(({ id, name }) => {
    const n = open.filter(({ progress }) => progress?.rating === id).length;
    if (n === 0) return [];
    const are = n === 1 ? '1 open action is' : `${n} open actions are`;
    return [
      `${are} rated “${name}”, which there is no more: ${n === 1 ? 'it keeps' : 'they keep'} the word until somebody reports on ${n === 1 ? 'it' : 'them'} again.`,
    ];
  });
}

/** Who is told what they were not to be told before. */
function toldBetween(before: LifecycleState, after: LifecycleState, authority: Authority, day: CivilDate): Told[] {
  const known = new Map(milestonesOf(before).map(({ id, announcements }) => [id, announcements]));
  const duties = new Map<string, number>();
  for (const { id, announcements } of milestonesOf(after)) {
    const old = known.get(id) ?? [];
    const roles = new Set(
      announcements.filter((each) => !old.some((other) => sameValue(other, each))).map(({ to }) => to),
    );
    for (const role of roles) duties.set(role, (duties.get(role) ?? 0) + 1);
  }
  return [...duties].map(([role, n]) => ({
    title: roleTitle(authority, role),
    email: addresseeOf(authority, role, day).email,
    duties: n,
  }));
}
