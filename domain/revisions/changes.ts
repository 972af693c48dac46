import { type Edit, idOfEdit, replacedBy, replacesOf, type Withdraw } from './edits.ts';
import { itemsById, type PlanItem, type PlanItemKind, planItems, type PlanPart } from './plan-items.ts';
import { sameValue } from './same-value.ts';

/** One line of what a revision changed; it has what it takes to show the plan as it was before. */
export type PlanChange =
  | { kind: 'add'; what: PlanItemKind; id: string; title: string; replaces?: readonly string[] }
  | { kind: 'change'; what: PlanItemKind; id: string; title: string; field: string; from?: unknown; to?: unknown }
  /** `from` is the whole of it. */
  | {
      kind: 'withdraw';
      what: PlanItemKind;
      id: string;
      title: string;
      from: unknown;
      replacedBy?: readonly string[];
      reason?: string;
    };

/** What edits make of a plan, in their order: of what is in it already, a line for each field that differs. */
export function changesOf(plan: PlanPart, edits: readonly Edit[]): PlanChange[] {
  const before = new Map<PlanItemKind, Map<string, PlanItem>>();
  return edits.flatMap((edit): PlanChange[] => {
    const { what } = edit;
    const items = before.get(what) ?? itemsById(plan, what);
    before.set(what, items);
    const { titleOf } = planItems(what);
    const id = idOfEdit(edit);
    const old = items.get(id);
    if (edit.kind === 'withdraw')
      return old === undefined
        ? []
        : [
            {
              kind: 'withdraw',
              what,
              id,
              title: titleOf(old),
              from: old,
              ...replacement(edit, edits),
              ...reasonOf(edit),
            },
          ];
    const title = titleOf(edit.item);
    const replaces = replacesOf(edit.item);
    return old === undefined
      ? [{ kind: 'add', what, id, title, ...(replaces.length === 0 ? {} : { replaces }) }]
      : fieldsChanged(what, id, title, old, edit.item);
  });
}

function replacement(edit: Withdraw, edits: readonly Edit[]): { replacedBy?: readonly string[] } {
  const by = replacedBy(edit, edits);
  return by.length === 0 ? {} : { replacedBy: by };
}

const reasonOf = ({ reason }: Withdraw): { reason?: string } => (reason === undefined ? {} : { reason });

function fieldsChanged(what: PlanItemKind, id: string, title: string, old: PlanItem, item: PlanItem): PlanChange[] {
  const [is, was]: Partial<Record<string, unknown>>[] = [{ ...item }, { ...old }];
  const fields = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  return fields.flatMap((field): PlanChange[] => {
    const [from, to] = [was?.[field], is?.[field]];
    if (sameValue(from, to)) return [];
    return [
      {
        ...{ kind: 'change', what, id, title, field },
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ];
  });
}

/**
 * A plan as it was before a revision's changes. What was withdrawn stands at its list's end: the order of a list is no
 * part of what it says.
 */
export function undone(plan: PlanPart, changes: readonly PlanChange[]): PlanPart {
  const kinds = [...new Set(changes.map(({ what }) => what))];
  const parts = kinds.map((what) => {
    const items = itemsById(plan, what);
    for (const change of changes.filter((each) => each.what === what).toReversed()) undo(change, items);
    return planItems(what).partOf([...items.values()]);
  });
  return Object.assign({ ...plan }, ...parts) as PlanPart;
}

function undo(change: PlanChange, items: Map<string, PlanItem>): void {
  if (change.kind === 'add') items.delete(change.id);
  else if (change.kind === 'withdraw') items.set(change.id, change.from as PlanItem);
  else {
    const { [change.field]: _now, ...rest }: Partial<Record<string, unknown>> = { ...items.get(change.id) };
    const before = change.from === undefined ? rest : { ...rest, [change.field]: change.from };
    items.set(change.id, before);
  }
}
