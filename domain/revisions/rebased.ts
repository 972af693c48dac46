import { type Edit, editsBetween, idOfEdit } from './edits.ts';
import { freshId } from './fresh-id.ts';
import { itemsById, type PlanItem, type PlanItemKind, planItems, type PlanPart } from './plan-items.ts';
import { renamed } from './references.ts';
import { sameValue } from './same-value.ts';
import { planWith } from './steps.ts';

/** Something that a draft and a later revision have both changed, each in its own way. */
export interface Clash {
  /** By which it is said which of the two is to hold. */
  name: string;
  what: PlanItemKind;
  id: string;
  title: string;
  /** Undefined where the draft withdraws the whole of what others have changed. */
  field: string | undefined;
  yours: unknown;
  theirs: unknown;
}

/** What of a draft falls away: it is about something that others have withdrawn. */
export interface Lost {
  what: PlanItemKind;
  id: string;
  title: string;
}

export interface Rebased {
  edits: Edit[];
  clashes: Clash[];
  lost: Lost[];
}

export type Holds = 'yours' | 'theirs';

/** The plans between which a draft is carried over. */
interface Plans {
  base: PlanPart;
  present: PlanPart;
}

/**
 * A draft that was begun from an older plan, on the plan as it runs: field by field, what others have changed and the draft has
 * not stays as it is now. Where both have changed the same, somebody has to say which is to hold.
 *
 * @param taken names that nothing new may have, by kind: of what was withdrawn
 * @param holds until it is said, theirs does: nothing of others' is undone unseen
 */
export function rebased(
  edits: readonly Edit[],
  plans: Plans,
  holds: (clash: Clash) => Holds | undefined,
  taken: (what: PlanItemKind) => readonly string[] = () => [],
): Rebased {
  const found: Omit<Rebased, 'edits'> = { clashes: [], lost: [] };
  const own = withFreshNames(edits, plans, taken);
  const carried = own.flatMap((edit) => carriedOver(edit, plans, holds, found));
  return { edits: editsBetween(plans.present, planWith(plans.present, carried), carried), ...found };
}

/** What is new in the draft, and of a name that others have given something else meanwhile, gets another name. */
function withFreshNames(
  edits: readonly Edit[],
  { base, present }: Plans,
  taken: (what: PlanItemKind) => readonly string[],
): readonly Edit[] {
  return edits.reduce<readonly Edit[]>((all, edit) => {
    if (edit.kind === 'withdraw' || edit.what === 'owner') return all;
    const { what } = edit;
    const id = idOfEdit(edit);
    const now = itemsById(present, what).get(id);
    const isTaken = now === undefined ? taken(what).includes(id) : !isSameThing(what, now, edit.item);
    if (itemsById(base, what).has(id) || !isTaken || !('id' in edit.item)) return all;
    const names = new Set([...itemsById(present, what).keys(), ...taken(what), ...all.map(idOfEdit)]);
    return renamed(all, what, id, freshId(planItems(what).titleOf(edit.item), names));
  }, edits);
}

const isSameThing = (what: PlanItemKind, one: PlanItem, other: PlanItem): boolean =>
  planItems(what).titleOf(one) === planItems(what).titleOf(other);

function carriedOver(
  edit: Edit,
  { base, present }: Plans,
  holds: (clash: Clash) => Holds | undefined,
  found: Omit<Rebased, 'edits'>,
): Edit[] {
  const { what } = edit;
  const id = idOfEdit(edit);
  const before = itemsById(base, what).get(id);
  const now = itemsById(present, what).get(id);
  if (now === undefined) {
    if (edit.kind === 'withdraw') return [];
    if (before === undefined) return [edit];
    found.lost.push({ what, id, title: planItems(what).titleOf(edit.item) });
    return [];
  }
  const title = planItems(what).titleOf(edit.kind === 'put' ? edit.item : now);
  const clash = (field: string | undefined, yours: unknown, theirs: unknown): Holds => {
    const one: Clash = { name: [what, id, field ?? ''].join('/'), what, id, title, field, yours, theirs };
    found.clashes.push(one);
    return holds(one) ?? 'theirs';
  };
  if (edit.kind === 'withdraw')
    return sameValue(before, now) || clash(undefined, undefined, now) === 'yours' ? [edit] : [];
  return [{ ...edit, item: merged(edit.item, before, now, clash) } as Edit];
}

function merged(
  yours: PlanItem,
  before: PlanItem | undefined,
  theirs: PlanItem,
  clash: (field: string, yours: unknown, theirs: unknown) => Holds,
): PlanItem {
  const [mine, was, now]: Partial<Record<string, unknown>>[] = [{ ...yours }, { ...before }, { ...theirs }];
  const fields = [...new Set([mine, was, now].flatMap((each) => Object.keys(each ?? {})))];
  const values = fields.map((field): [string, unknown] => {
    const [own, old, other] = [mine?.[field], was?.[field], now?.[field]];
    if (sameValue(own, old) || sameValue(own, other)) return [field, other];
    if (sameValue(other, old)) return [field, own];
    return [field, clash(field, own, other) === 'yours' ? own : other];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as PlanItem;
}
