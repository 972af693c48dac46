import type { AcceptedBy } from '../schemas/accepted-by.ts';
import type { Inspection } from '../schemas/inspection.ts';
import { strandOfPromise } from '../plan/promised.ts';
import { promiseId } from '../plan/promise-id.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import type { Facts } from './facts.ts';
import type { Framework } from './framework.ts';
import { rulesUnder } from './instruments.ts';
import { actionWith, dutyOfAction } from '../plan/action-duty.ts';

/** A place in an inspection's facts at which a role stands that owns something, is beside its owner, or accepts it. */
export interface OwnerPlace {
  /** What it owns, in words that go on with "owns": 'the action "Audit"'. */
  what: string;
  /** The line of duties that follow from it. */
  strand: StrandName;
  theme?: string | undefined;
  /** The duty that follows from it, by its id; undefined where several may. */
  milestone?: string;
}

/** The facts that name owners. */
type OwningFacts = Pick<Facts, 'inspection' | 'instruments' | keyof Framework>;

/** Whom a place names from now on. */
type Named = (role: string, place: OwnerPlace) => string;

/**
 * An inspection with other owners: every place of its facts that names one is asked about, so that whatever looks for
 * owners, or changes them, knows the same places. What has happened (who signed a record that is out) is none of them.
 */
export function mapOwners(facts: OwningFacts, named: Named): Inspection {
  const { inspection } = facts;
  const { owners, commitments, themes, actions, training, decisions } = inspection;
  const besides = withOthers(named);
  const accepts = withAccepter(named);
  return {
    ...inspection,
    owners: Object.fromEntries(
      (Object.entries(owners) as [StrandName, string][]).map(([strand, role]) => [
        strand,
        named(role, { what: `the line of duties ${strand}`, strand }),
      ]),
    ),
    commitments: commitments.map((each) => {
      const strand =
        each.rule === undefined
          ? strandOfPromise(each)
          : rulesUnder(facts, each.instrument).find(({ id }) => id === each.rule)?.strand;
      if (strand === undefined) return each;
      const place = { what: `the promise ${each.title ?? promiseId(each)}`, strand };
      return {
        ...each,
        ...(each.owner === undefined ? {} : { owner: named(each.owner, place) }),
        ...besides(each, place),
      };
    }),
    themes: themes.map((each) => {
      const place = { what: `the theme "${each.title}"`, strand: 'improvement-actions' as const, theme: each.id };
      return { ...each, officer: named(each.officer, place), ...besides(each, place), ...accepts(each, place) };
    }),
    actions: actions.map((each) => {
      const { id, title, theme } = each;
      const milestone = dutyOfAction(id);
      const place = { what: `the action "${title}"`, strand: 'improvement-actions' as const, theme, milestone };
      return {
        ...each,
        ...(each.owner === undefined ? {} : { owner: named(each.owner, place) }),
        ...besides(each, place),
        ...accepts(each, place),
      };
    }),
    ...(training === undefined
      ? {}
      : {
          training: training.map((each) =>
            each.owner === undefined
              ? each
              : {
                  ...each,
                  owner: named(each.owner, { what: `the training "${each.title}"`, strand: 'other-reporting' }),
                },
          ),
        }),
    decisions: decisions.map((each) => {
      if (each.properOfficer === undefined || each.publishedOn !== undefined) return each;
      const place = { what: `the record of "${each.title}"`, strand: 'call-in-window' as const };
      return { ...each, properOfficer: named(each.properOfficer, place) };
    }),
  };
}

/** The same of those beside an owner: each once. */
function withOthers(named: Named) {
  return (each: { with?: string[] | undefined }, place: OwnerPlace): { with?: string[] } => {
    if (each.with === undefined) return {};
    const beside = { ...place, what: `a part in ${place.what}` };
    return { with: [...new Set(each.with.map((role) => named(role, beside)))] };
  };
}

/** The same of the role that accepts what the owner submits. */
function withAccepter(named: Named) {
  return ({ acceptedBy }: { acceptedBy?: AcceptedBy | undefined }, place: OwnerPlace): { acceptedBy?: AcceptedBy } => {
    if (acceptedBy?.role === undefined) return {};
    return {
      acceptedBy: {
        ...acceptedBy,
        role: named(acceptedBy.role, { ...place, what: `the acceptance of ${place.what}` }),
      },
    };
  };
}

/** Every role that the facts name as an owner, or beside one, with what it owns there. */
export function ownersNamed(facts: OwningFacts): { role: string; place: OwnerPlace }[] {
  const found: { role: string; place: OwnerPlace }[] = [];
  mapOwners(facts, (role, place) => {
    found.push({ role, place });
    return role;
  });
  return found;
}

/** The theme of an action's duty; undefined for any other. */
export function themeOf(inspection: Pick<Inspection, 'actions'>, milestone: string): string | undefined {
  return actionWith(inspection, milestone)?.theme;
}
