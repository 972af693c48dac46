import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import type { InspectionRecord, Row } from '../checker/record.ts';
import type { Asked } from './explain.ts';
import type { Model } from './model.ts';

/** What differs between the model, the lifecycle's own answer, the register's table and its entries. */
export function differences(model: Model, view: LifecycleView, record: InspectionRecord): string[] {
  const { reference } = record;
  const found: string[] = [];
  const status = model.closed ? 'closed' : 'open';
  if (view.status !== status) found.push(`${reference} is ${view.status}, and ${status} in the model`);
  const last = new Map<string, Row>();
  for (const { milestone, row } of record.entries.toSorted((a, b) => a.seq - b.seq))
    if (milestone !== null && row !== null) last.set(milestone, row);
  const ids = new Set([...Object.keys(model.duties), ...last.keys(), ...record.table.keys()]);
  for (const id of ids) {
    const duty = model.duties[id];
    if (duty === undefined) {
      found.push(`${reference} ${id}: the model has no such duty`);
      continue;
    }
    const expected = `${duty.status}, ${duty.owner}, version ${duty.dueVersion}`;
    const places: [string, string | undefined, string | undefined][] = [
      ['the lifecycle', ...inView(view, id, duty)],
      ['the table', ...inRow(record.table.get(id))],
      ['the entries', ...inRow(last.get(id))],
    ];
    for (const [where, said, due] of places) {
      if (said !== expected) found.push(`${reference} ${id}: ${where}: ${said ?? 'nothing'}; the model: ${expected}`);
      if (duty.due !== undefined && due !== duty.due)
        found.push(`${reference} ${id}: ${where}: due ${due ?? 'never'}; the model: ${duty.due}`);
    }
  }
  return found;
}

function inRow(row: Row | undefined): [string | undefined, string | undefined] {
  return row === undefined
    ? [undefined, undefined]
    : [`${row.status}, ${row.owner}, version ${row.dueVersion}`, row.due];
}

/** A finished duty keeps neither owner nor version in the lifecycle: there only its status and its date are compared. */
function inView(
  { milestones, ended }: LifecycleView,
  id: string,
  duty: { owner: string; dueVersion: number },
): [string | undefined, string | undefined] {
  const open = milestones.find((each) => each.id === id);
  if (open !== undefined) return [`${open.status}, ${open.owner}, version ${open.dueVersion}`, open.due];
  const over = ended[id];
  return over === undefined
    ? [undefined, undefined]
    : [`${over.status}, ${duty.owner}, version ${duty.dueVersion}`, over.due];
}

/** Each accepted operation is on record once, under its own actor; a refused one not at all. */
export function recordedOnce(asked: readonly Asked[], actors: ReadonlyMap<string, string[]>): string[] {
  return asked.flatMap(({ id, operation, answer, reference }) => {
    const kinds = actors.get(id) ?? [];
    const own = kinds.filter((kind) => kind !== 'milestone-lapsed');
    const wanted = typeof answer === 'object' && 'seq' in answer ? 1 : 0;
    return answer === 'none' || own.length === wanted
      ? []
      : [
          `${reference}: ${operation.name} by ${id} is on record ${own.length} times (${own.join(', ')}), not ${wanted}`,
        ];
  });
}
