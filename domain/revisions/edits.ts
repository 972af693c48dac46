import type { Withdrawn } from '../schemas/plan.ts';
import { sameValue } from './same-value.ts';
import {
  itemsById,
  PLAN_ITEM_KINDS,
  type PlanItem,
  type PlanItemKind,
  type PlanItems,
  planItems,
  type PlanPart,
} from './plan-items.ts';

/** Something stands in the plan as this says it, whether it was there before or not. */
export type Put = { [K in PlanItemKind]: { kind: 'put'; what: K; item: PlanItems[K] } }[PlanItemKind];

/** Something is in the plan no more. */
export interface Withdraw {
  kind: 'withdraw';
  what: PlanItemKind;
  id: string;
  /** Why, where that is more than the reason of the revision. */
  reason?: string | undefined;
}

/** One line of a revision. */
export type Edit = Put | Withdraw;

const put = (what: PlanItemKind, item: PlanItem): Put => ({ kind: 'put', what, item }) as Put;

/** The name of what an edit is about. */
export function idOfEdit(edit: Edit): string {
  return edit.kind === 'withdraw' ? edit.id : planItems(edit.what).idOf(edit.item);
}

/**
 * What makes the one plan of the other, and nothing that is the same in both. A list that the proposal leaves out stays as it
 * is; of one that it has, what is missing is withdrawn.
 *
 * @param said edits in which it is said already why something is withdrawn
 */
export function editsBetween(present: PlanPart, proposed: Partial<PlanPart>, said: readonly Edit[] = []): Edit[] {
  const reasons = new Map(
    said.flatMap((edit) => (edit.kind === 'withdraw' ? [[`${edit.what} ${edit.id}`, edit.reason]] : [])),
  );
  return PLAN_ITEM_KINDS.flatMap((what): Edit[] => {
    if (proposed[planItems(what).list] === undefined) return [];
    const [before, after] = [itemsById(present, what), itemsById({ ...present, ...proposed }, what)];
    const puts = [...after].filter(([id, item]) => !sameValue(before.get(id), item)).map(([, item]) => put(what, item));
    const gone = [...before.keys()].filter((id) => !after.has(id));
    return [
      ...puts,
      ...gone.map((id): Withdraw => {
        const reason = reasons.get(`${what} ${id}`);
        return { kind: 'withdraw', what, id, ...(reason === undefined ? {} : { reason }) };
      }),
    ];
  });
}

/**
 * A plan after these edits: what is new stands at its list's end. What is withdrawn leaves its list, and stands by its name and
 * title in the list of what was withdrawn, with what has taken its place.
 *
 * @param why the reason of what is withdrawn, where it has none of its own, and the day of it
 */
export function revised<Whole extends PlanPart & { withdrawn?: Withdrawn[] | undefined }>(
  inspection: Whole,
  edits: readonly Edit[],
  why: Pick<Withdrawn, 'on' | 'reason'>,
): Whole {
  const parts = PLAN_ITEM_KINDS.flatMap((what): Partial<PlanPart>[] => {
    const own = edits.filter((edit) => edit.what === what);
    if (own.length === 0) return [];
    const items = itemsById(inspection, what);
    for (const edit of own)
      if (edit.kind === 'withdraw') items.delete(edit.id);
      else items.set(idOfEdit(edit), edit.item);
    return [planItems(what).partOf([...items.values()])];
  });
  const next = Object.assign({ ...inspection }, ...parts) as Whole;
  const gone = edits.flatMap((edit) =>
    edit.kind === 'withdraw' ? (withdrawnOf(inspection, edit, edits, why) ?? []) : [],
  );
  return gone.length === 0 ? next : { ...next, withdrawn: [...(inspection.withdrawn ?? []), ...gone] };
}

function withdrawnOf(
  before: PlanPart,
  { what, id, reason: own }: Withdraw,
  edits: readonly Edit[],
  { on, reason }: Pick<Withdrawn, 'on' | 'reason'>,
): Withdrawn | undefined {
  const item = itemsById(before, what).get(id);
  // Whose a strand's duties are is no thing that was there: it is named again as it likes.
  if (item === undefined || what === 'owner') return undefined;
  const by = replacedBy({ kind: 'withdraw', what, id }, edits);
  const title = planItems(what).titleOf(item);
  return { what, id, title, on, reason: own ?? reason, ...(by.length === 0 ? {} : { replacedBy: by }) };
}

/** What takes the place of something that is withdrawn: its parts, or what it was merged into. */
export function replacedBy({ what, id }: Withdraw, edits: readonly Edit[]): string[] {
  return edits.flatMap((edit) =>
    edit.kind === 'put' && edit.what === what && replacesOf(edit.item).includes(id) ? [idOfEdit(edit)] : [],
  );
}

/** What an item takes the place of, where it says so: a part of what was split, or what others were merged into. */
export function replacesOf(item: PlanItem): readonly string[] {
  return 'replaces' in item ? (item.replaces ?? []) : [];
}
