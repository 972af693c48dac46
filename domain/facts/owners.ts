import type { Inspection } from '../schemas/inspection.ts';
import { strandOfPromise } from '../plan/promised.ts';
import { promiseId } from '../plan/promise-id.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import type { Facts } from './facts.ts';

/** A place in an inspection's facts at which a role stands that owns something, or will. */
export interface OwnerPlace {
  /** What it owns, in words that go on with "owns": 'the action "Audit"'. */
  what: string;
  /** The line of duties that follow from it. */
  strand: StrandName;
  theme?: string | undefined;
  /** The duty that follows from it, by its id; undefined where several may. */
  milestone?: string;
}

/** Whom a place names from now on. */
type Named = (role: string, place: OwnerPlace) => string;

/**
 * An inspection with other owners: every place of its facts that names one is asked about, so that whatever looks for
 * owners, or changes them, knows the same places. What has happened (who signed a record that is out) is none of them.
 */
export function mapOwners({ inspection, rules }: Pick<Facts, 'inspection' | 'rules'>, named: Named): Inspection {
  const { owners, commitments, themes, actions, training, decisions } = inspection;
  return {
    ...inspection,
    owners: Object.fromEntries(
      (Object.entries(owners) as [StrandName, string][]).map(([strand, role]) => [
        strand,
        named(role, { what: `the line of duties ${strand}`, strand }),
      ]),
    ),
    commitments: commitments.map((each) => {
      const strand = each.rule === undefined ? strandOfPromise(each) : rules.find(({ id }) => id === each.rule)?.strand;
      if (each.owner === undefined || strand === undefined) return each;
      return { ...each, owner: named(each.owner, { what: `the promise ${each.title ?? promiseId(each)}`, strand }) };
    }),
    themes: themes.map((each) => {
      const place = { what: `the theme "${each.title}"`, strand: 'improvement-actions' as const, theme: each.id };
      return { ...each, officer: named(each.officer, place) };
    }),
    actions: actions.map((each) => {
      if (each.owner === undefined) return each;
      const { id, title, theme } = each;
      const milestone = `improvement-actions/${id}`;
      const place = { what: `the action "${title}"`, strand: 'improvement-actions' as const, theme, milestone };
      return { ...each, owner: named(each.owner, place) };
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

/** Every role that the facts name as an owner, with what it owns there. */
export function ownersNamed(facts: Pick<Facts, 'inspection' | 'rules'>): { role: string; place: OwnerPlace }[] {
  const found: { role: string; place: OwnerPlace }[] = [];
  mapOwners(facts, (role, place) => {
    found.push({ role, place });
    return role;
  });
  return found;
}

/** The theme of an action's duty; undefined for any other. */
export function themeOf({ actions }: Pick<Inspection, 'actions'>, milestone: string): string | undefined {
  return actions.find(({ id }) => `improvement-actions/${id}` === milestone)?.theme;
}
