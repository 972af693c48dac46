import type { StrandName } from '../schemas/rule-pack.ts';
import type { Action, Approval, Recommendation, Theme } from '../schemas/plan.ts';
import type { Measure } from '../schemas/measures.ts';
import type { Promised } from '../schemas/promise.ts';
import { promiseId } from '../plan/promise-id.ts';

/** The parts of an inspection that a revision changes. */
export interface PlanPart {
  recommendations: Recommendation[];
  themes: Theme[];
  actions: Action[];
  measures?: Measure[] | undefined;
  owners: Partial<Record<StrandName, string>>;
  commitments: Promised[];
  approvals?: Approval[] | undefined;
}

/** Whose duty a strand's milestones are. */
export interface StrandOwner {
  strand: StrandName;
  role: string;
}

/** What a plan is made of, by the word for one of them. */
export interface PlanItems {
  recommendation: Recommendation;
  theme: Theme;
  action: Action;
  measure: Measure;
  promise: Promised;
  approval: Approval;
  owner: StrandOwner;
}

export type PlanItemKind = keyof PlanItems;
export type PlanItem = PlanItems[PlanItemKind];

interface PlanItemDefinition<Item> {
  /** As a sentence begins with it. */
  title: string;
  /** Its list in a file. */
  list: keyof PlanPart;
  /** Its name, unique among its kind: it never changes, and is never used again. */
  idOf(item: Item): string;
  /** What it is called, for people. */
  titleOf(item: Item): string;
  itemsIn(plan: PlanPart): readonly Item[];
  /** The part of a plan that these are. */
  partOf(items: readonly Item[]): Partial<PlanPart>;
  /** The roles that it names. */
  rolesOf(item: Item): readonly (string | undefined)[];
}

const nobody = (): readonly string[] => [];

/** Every kind of thing in a plan, in the order in which they are shown: all that a revision needs to know of it. */
const PLAN_ITEMS: { [K in PlanItemKind]: PlanItemDefinition<PlanItems[K]> } = {
  recommendation: {
    title: 'Recommendation',
    list: 'recommendations',
    idOf: ({ id }) => id,
    titleOf: ({ text }) => text,
    itemsIn: ({ recommendations }) => recommendations,
    partOf: (items) => ({ recommendations: [...items] }),
    rolesOf: nobody,
  },
  theme: {
    title: 'Theme',
    list: 'themes',
    idOf: ({ id }) => id,
    titleOf: ({ title }) => title,
    itemsIn: ({ themes }) => themes,
    partOf: (items) => ({ themes: [...items] }),
    rolesOf: ({ officer, acceptedBy, with: beside = [] }) => [officer, acceptedBy?.role, ...beside],
  },
  action: {
    title: 'Action',
    list: 'actions',
    idOf: ({ id }) => id,
    titleOf: ({ title }) => title,
    itemsIn: ({ actions }) => actions,
    partOf: (items) => ({ actions: [...items] }),
    rolesOf: ({ owner, acceptedBy, with: beside = [] }) => [owner, acceptedBy?.role, ...beside],
  },
  measure: {
    title: 'Measure',
    list: 'measures',
    idOf: ({ id }) => id,
    titleOf: ({ title }) => title,
    // Values are given one by one, each with who gave it, and the register has them: they are no part of the plan.
    itemsIn: ({ measures = [] }) => measures.map((each) => ({ ...each, values: [] })),
    partOf: (items) => ({ measures: [...items] }),
    rolesOf: nobody,
  },
  promise: {
    title: 'Promise',
    list: 'commitments',
    idOf: promiseId,
    titleOf: (item) => item.title ?? promiseId(item),
    itemsIn: ({ commitments }) => commitments,
    partOf: (items) => ({ commitments: [...items] }),
    rolesOf: ({ owner, with: beside = [] }) => [owner, ...beside],
  },
  approval: {
    title: 'Approval',
    list: 'approvals',
    idOf: ({ rule }) => rule,
    titleOf: ({ rule, body }) => `${rule} by ${body}`,
    itemsIn: ({ approvals = [] }) => approvals,
    partOf: (items) => ({ approvals: [...items] }),
    rolesOf: nobody,
  },
  owner: {
    title: 'Owner of',
    list: 'owners',
    idOf: ({ strand }) => strand,
    titleOf: ({ role }) => role,
    itemsIn: ({ owners }) =>
      Object.entries(owners).flatMap(([strand, role]) =>
        role === undefined ? [] : [{ strand: strand as StrandName, role }],
      ),
    partOf: (items) => ({ owners: Object.fromEntries(items.map(({ strand, role }) => [strand, role])) }),
    rolesOf: ({ role }) => [role],
  },
};

export const PLAN_ITEM_KINDS = Object.keys(PLAN_ITEMS) as PlanItemKind[];

/** A kind's definition, whichever it is: it is given what its own list holds. */
export function planItems(kind: PlanItemKind): PlanItemDefinition<PlanItem> {
  return PLAN_ITEMS[kind];
}

/** A plan by itself, of whatever has one: each list that it has, in the order in which they are shown. */
export function planIn(whole: PlanPart): Partial<PlanPart> {
  const lists = PLAN_ITEM_KINDS.map((kind) => planItems(kind).list).filter((list) => whole[list] !== undefined);
  return Object.fromEntries(lists.map((list) => [list, whole[list]]));
}

/** What a plan has of a kind, by their names. */
export function itemsById(plan: PlanPart, kind: PlanItemKind): Map<string, PlanItem> {
  const { itemsIn, idOf } = planItems(kind);
  return new Map(itemsIn(plan).map((item) => [idOf(item), item]));
}
