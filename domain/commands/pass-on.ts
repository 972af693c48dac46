import { mapOwners, ownersNamed, type OwnerPlace, themeOf } from '../facts/owners.ts';
import { type Facts, strandOwner } from '../facts/facts.ts';
import { milestonesOf, plannedOf } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { isBeside, withBeside } from '../milestone/beside.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import { STRANDS } from '../strands/strands.ts';

/** Which part of a role's work is meant; nothing said: all of it. */
export interface Scope {
  strand?: StrandName | undefined;
  theme?: string | undefined;
  /** These duties alone, by their whole ids. */
  milestones?: readonly string[] | undefined;
}

/** What would come of passing a role's work to another: nothing is recorded or told yet. */
export interface PassedOn {
  /** The facts, with the new owner wherever they named the old one. */
  facts: Facts;
  /** Places of the facts that name the new owner now, in words. */
  places: string[];
  /** Each duty of the role before, in their order. */
  moved: Milestone[];
  /** Each duty before at which the role was beside the owner. */
  shared: Milestone[];
  /** Those that stay where they are, and why. */
  left: { milestone: Milestone; why: string }[];
  /** The marks that a duty needs from then on: none where the facts alone say whose it is. */
  marksOf(before: Milestone): Pick<Milestone, 'passedTo' | 'sharedWith'>;
}

/**
 * A role's work in an inspection, as far as a scope goes: every duty that has not ended and is the role's, or has it beside
 * its owner, and every place of the facts from which such duties follow, so that later rounds go to the new owner as well.
 * Where single duties are named, no cycle and no theme changes hands with them.
 */
export function passOn(state: LifecycleState, from: string, to: string, scope: Scope): PassedOn {
  const inScope = milestonesOf(state).filter((each) => !isEnded(each) && isDutyMeant(each, scope, state.facts));
  const owned = inScope.filter(({ owner }) => owner === from);
  const isMeant = (place: OwnerPlace): boolean => isPlaceMeant(place, scope);
  const over = new Set([
    ...Object.keys(state.ended),
    ...milestonesOf(state).flatMap((each) => (isEnded(each) ? [each.id] : [])),
  ]);
  // What has ended stays with whom it was done by; the facts say whose it would be.
  const whatOf = ({ what, milestone }: OwnerPlace): string =>
    milestone !== undefined && over.has(milestone) ? `${what}, should it be opened again` : what;
  const places = ownersNamed(state.facts).flatMap(({ role, place }) =>
    role === from && isMeant(place) ? [whatOf(place)] : [],
  );
  const named = mapOwners(state.facts, (role, place) => (role === from && isMeant(place) ? to : role));
  const inspection = { ...named, owners: { ...named.owners, ...ownersByDefault(owned, state.facts, from, to, scope) } };
  const facts =
    places.length === 0 && isSame(inspection.owners, named.owners) ? state.facts : { ...state.facts, inspection };
  const planned = plannedOf({ ...state, facts });
  const marksOf = (before: Milestone): ReturnType<PassedOn['marksOf']> => {
    const { id, owner, passedTo, sharedWith } = before;
    const beside = inPlaceOf(before.beside ?? [], from, to);
    const newOwner = owner === from ? to : owner;
    const after = planned.get(id);
    const says = after === undefined ? undefined : withBeside({ ...after, owner: newOwner }, after.beside ?? []).beside;
    return {
      ...(passedTo === undefined && after?.owner === newOwner ? {} : { passedTo: newOwner }),
      ...(sharedWith === undefined &&
      isSame(
        says ?? [],
        beside.filter((role) => role !== newOwner),
      )
        ? {}
        : { sharedWith: inPlaceOf(sharedWith ?? before.beside ?? [], from, to) }),
    };
  };
  const refusedBy = (each: Milestone) =>
    marksOf(each).passedTo === undefined ? undefined : STRANDS[each.strand].refuses('pass-on', each);
  return {
    facts,
    places,
    moved: owned.filter((each) => refusedBy(each) === undefined),
    shared: inScope.filter((each) => isBeside(each, from)),
    left: owned.flatMap((milestone) => {
      const why = refusedBy(milestone);
      return why === undefined ? [] : [{ milestone, why }];
    }),
    marksOf,
  };
}

/** Roles with one in another's place, each once. */
export function inPlaceOf(roles: readonly string[], from: string, to: string): string[] {
  return [...new Set(roles.map((role) => (role === from ? to : role)))];
}

function isDutyMeant({ id, strand }: Milestone, scope: Scope, { inspection }: Facts): boolean {
  if (scope.strand !== undefined && scope.strand !== strand) return false;
  if (scope.theme !== undefined && scope.theme !== themeOf(inspection, id)) return false;
  return scope.milestones?.includes(id) ?? true;
}

function isPlaceMeant({ strand, theme, milestone }: OwnerPlace, scope: Scope): boolean {
  if (scope.strand !== undefined && scope.strand !== strand) return false;
  if (scope.theme !== undefined && scope.theme !== theme) return false;
  return scope.milestones === undefined || (milestone !== undefined && scope.milestones.includes(milestone));
}

/** Lines of duties that are the role's because nobody is named for them: from now on somebody is. */
function ownersByDefault(meant: readonly Milestone[], facts: Facts, from: string, to: string, scope: Scope) {
  if (scope.theme !== undefined || scope.milestones !== undefined) return {};
  const strands = new Set(meant.map(({ strand }) => strand));
  const unnamed = [...strands].filter(
    (strand) => facts.inspection.owners[strand] === undefined && strandOwner(facts, strand) === from,
  );
  return Object.fromEntries(unnamed.map((strand) => [strand, to]));
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
