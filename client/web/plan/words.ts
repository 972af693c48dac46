import { roleTitle } from '../../../domain/authority/roles.ts';
import { type PlanChange, undone } from '../../../domain/revisions/changes.ts';
import {
  itemsById,
  type PlanItem,
  type PlanItemKind,
  type PlanItems,
  planItems,
  type PlanPart,
} from '../../../domain/revisions/plan-items.ts';
import { ownerIn } from '../../../domain/revisions/steps.ts';
import { fieldLabel } from './field-labels.ts';
import { type Readers, titleIn, titleOfItem, valueOf } from '../../../domain/revisions/values.ts';

/** One line of what changes in something: of a field what it is and what it was. */
export interface ChangedField {
  label: string;
  from?: string;
  to?: string;
}

/** Something of a plan that changes, with every line of it. */
export interface ChangedItem {
  what: PlanItemKind;
  id: string;
  kind: PlanChange['kind'];
  /** 'Action', and what it is called. */
  word: string;
  title: string;
  fields: ChangedField[];
}

/** A plan before and after the changes that are told. */
interface Between {
  before: PlanPart;
  after: PlanPart;
}

/** Changes as a reader takes them in: thing by thing, in their order. */
export function changedItems(readers: Readers, changes: readonly PlanChange[], after: PlanPart): ChangedItem[] {
  const between = { before: undone(after, changes), after };
  const items = new Map<string, ChangedItem>();
  for (const change of changes) {
    const { what, id, kind } = change;
    const key = `${what} ${id}`;
    const item = items.get(key) ?? {
      what,
      id,
      kind,
      word: planItems(what).title,
      title: titled(readers, change),
      fields: [],
    };
    items.set(key, item);
    item.fields.push(...fieldsOf(readers, change, between));
  }
  return [...items.values()];
}

/** What is called after something else is called so here too; all else as the change itself has it. */
function titled(readers: Readers, change: PlanChange): string {
  const { what, id, title } = change;
  if (change.kind === 'withdraw') return titleOfItem(readers, what, change.from as PlanItem);
  return what === 'owner' || what === 'approval' || what === 'promise' ? titleIn(readers, what, id) : title;
}

/** Of these nobody is told who reads what is new: the title stands above, the short name is ours. */
const ABOVE: ReadonlySet<string> = new Set(['id', 'title', 'text', 'values']);

function fieldsOf(readers: Readers, change: PlanChange, between: Between): ChangedField[] {
  const { what, id } = change;
  if (change.kind === 'withdraw')
    return [
      ...(change.reason === undefined ? [] : [{ label: 'Why it is withdrawn', to: change.reason }]),
      ...(change.replacedBy === undefined
        ? []
        : [{ label: 'In its place', to: change.replacedBy.map((each) => titleIn(readers, what, each)).join('; ') }]),
    ];
  if (change.kind === 'change') {
    const said = (value: unknown, plan: PlanPart) =>
      what === 'action' && change.field === 'owner' && value === undefined
        ? byTheme(readers, itemsById(plan, what).get(id) as PlanItems['action'] | undefined, plan)
        : valueOf(readers, what, change.field, value);
    return [
      {
        label: fieldLabel(what, change.field),
        from: said(change.from, between.before),
        to: said(change.to, between.after),
      },
    ];
  }
  const { after } = between;
  const item = itemsById(after, what).get(id);
  const ownerless = what === 'action' && (item as PlanItems['action'] | undefined)?.owner === undefined;
  return [
    ...itemFields(readers, what, item),
    ...(ownerless
      ? [{ label: fieldLabel('action', 'owner'), to: byTheme(readers, item as PlanItems['action'], after) }]
      : []),
  ];
}

/** Whose an action is that names no owner of its own. */
function byTheme(readers: Readers, action: PlanItems['action'] | undefined, plan: PlanPart): string {
  const officer = action === undefined ? undefined : ownerIn(plan, { ...action, owner: undefined });
  const unsaid = valueOf(readers, 'action', 'owner', undefined);
  return officer === undefined ? unsaid : `${roleTitle(readers.facts.authority, officer)}, ${unsaid}`;
}

/** What is said of something beside what it is called. */
function itemFields(readers: Readers, what: PlanItemKind, item: PlanItem | undefined): ChangedField[] {
  return Object.entries({ ...item }).flatMap(([field, value]: [string, unknown]) =>
    ABOVE.has(field) || value === undefined || (Array.isArray(value) && value.length === 0)
      ? []
      : [{ label: fieldLabel(what, field), to: valueOf(readers, what, field, value) }],
  );
}
