import type { Edit } from './edits.ts';
import { itemsById, type PlanItem, type PlanItemKind, planItems, type PlanPart } from './plan-items.ts';

/** Where something of a plan is named by something else, in a list of names. */
interface Reference {
  by: PlanItemKind;
  list: 'recommendations' | 'themes' | 'actions';
}

const REFERENCES: Record<PlanItemKind, readonly Reference[]> = {
  recommendation: [
    { by: 'theme', list: 'recommendations' },
    { by: 'action', list: 'recommendations' },
    { by: 'measure', list: 'recommendations' },
  ],
  // An action says in a field of its own under which theme it stands.
  theme: [{ by: 'measure', list: 'themes' }],
  action: [{ by: 'measure', list: 'actions' }],
  measure: [],
  promise: [],
  approval: [],
  owner: [],
};

/** A list of names of an item; undefined where it has none of that name. */
const namesIn = (item: PlanItem | undefined, list: Reference['list']): readonly string[] | undefined => {
  const value: unknown = item === undefined ? undefined : ({ ...item } as Partial<Record<string, unknown>>)[list];
  return Array.isArray(value) ? (value as string[]) : undefined;
};

function eachNaming(
  plan: PlanPart,
  what: PlanItemKind,
  names: (now: readonly string[], item: PlanItem, reference: Reference, id: string) => readonly string[],
): PlanPart {
  return REFERENCES[what].reduce((rest, reference) => {
    const items = itemsById(rest, reference.by);
    let isOther = false;
    for (const [id, item] of items) {
      const now = namesIn(item, reference.list);
      const next = now === undefined ? undefined : names(now, item, reference, id);
      if (next === undefined || next === now) continue;
      items.set(id, { ...item, [reference.list]: [...next] });
      isOther = true;
    }
    return isOther ? { ...rest, ...planItems(reference.by).partOf([...items.values()]) } : rest;
  }, plan);
}

/** Nothing names it any more. */
export const unnamed = (plan: PlanPart, what: PlanItemKind, id: string): PlanPart =>
  eachNaming(plan, what, (now) => (now.includes(id) ? now.filter((each) => each !== id) : now));

/**
 * What named one thing names these in its place.
 *
 * @param by where that is to be asked of another plan than this: what named it there, and is here still, names it again
 */
export function named(
  plan: PlanPart,
  what: PlanItemKind,
  id: string,
  ids: readonly string[],
  by: PlanPart = plan,
): PlanPart {
  return eachNaming(plan, what, (now, _item, { by: kind, list }, naming) => {
    const then = namesIn(itemsById(by, kind).get(naming), list) ?? [];
    if (!then.includes(id)) return now;
    const order = then.flatMap((each) => (each === id ? ids : now.includes(each) ? [each] : []));
    const next = [...new Set([...order, ...now.filter((each) => each !== id || ids.includes(id))])];
    return next.length === now.length && next.every((each, at) => each === now[at]) ? now : next;
  });
}

/** Something new under another name, with everything of the same edits that names it. */
export function renamed(edits: readonly Edit[], what: PlanItemKind, from: string, to: string): readonly Edit[] {
  return edits.map((edit): Edit => {
    if (edit.kind === 'withdraw') return edit;
    const item: Partial<Record<string, unknown>> = { ...edit.item };
    const isIt = edit.what === what && item['id'] === from;
    const isUnder = what === 'theme' && edit.what === 'action' && item['theme'] === from;
    const lists = REFERENCES[what]
      .filter(({ by }) => by === edit.what)
      .map(({ list }) => [list, namesIn(edit.item, list)?.map((each) => (each === from ? to : each))] as const);
    const next = {
      ...item,
      ...Object.fromEntries(lists.filter(([, names]) => names !== undefined)),
      ...(isUnder ? { theme: to } : {}),
      ...(isIt ? { id: to } : {}),
    };
    return { ...edit, item: next } as Edit;
  });
}
