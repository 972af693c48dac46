import type { PlacedRow } from '../../../domain/milestone/columns.ts';
import { inspectionRef, type InspectionRef } from '../../../domain/inspection-ref.ts';
import type { Register } from '../../../register/register.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { PER_PAGE } from '../lists.ts';
import { type Membership, membershipIn, type Person } from '../people.ts';
import { notFound } from '../problems.ts';
import type { Task } from './tasks.ts';

/** A duty by its whole name: council, inspection, kind of duty, its own. */
const WHOLE = /^([a-z0-9-]{1,100})\/([a-z0-9-]{1,100})\/([a-z-]{1,40}\/[\w-]{1,150})$/;

export const wholeName = ({ authority, reference, milestone }: PlacedRow): string =>
  `${inspectionRef(authority, reference)}/${milestone}`;

/** What was chosen on a page of a list, each once. */
export function namesIn(typed: Typed): string[] {
  return [...new Set([typed['duty'] ?? []].flat())];
}

/** The page of a list that it was chosen on: one of ours. */
export function listIn({ from }: Typed): string {
  return typeof from === 'string' && /^\/overdue(\?[^\s\\]*)?$/.test(from) ? from : '/overdue';
}

export const isTooMany = (names: readonly string[]): boolean => names.length > PER_PAGE;

/** The chosen duties as the register has them, in the order of the list. @throws PageProblem 404 where one is not there, or not theirs */
export async function chosenRows(
  register: Pick<Register, 'milestones'>,
  person: Person,
  names: readonly string[],
): Promise<PlacedRow[]> {
  return Promise.all(
    names.map(async (name) => {
      const [, authority = '', reference = '', milestone = ''] = WHOLE.exec(name) ?? [];
      if (membershipIn(person, authority) === undefined) throw notFound();
      const [row] = await register.milestones(authority, reference, milestone);
      if (row === undefined) throw notFound();
      return row;
    }),
  );
}

/** One thing that is done: to a duty, or to an inspection that several of the chosen belong to. */
export interface Item {
  /** Its name among the others of the form. */
  key: string;
  title: string;
  inspection: InspectionRef;
  inspectionTitle: string;
  membership: Membership;
  /** The id of the command's subject. */
  about: string;
}

export function itemsOf({ of }: Task, rows: readonly PlacedRow[], person: Person): Item[] {
  const items = rows.flatMap((row): Item[] => {
    const membership = membershipIn(person, row.authority);
    if (membership === undefined) return [];
    const inspection = inspectionRef(row.authority, row.reference);
    const place = { inspection, inspectionTitle: row.inspectionTitle, membership };
    return of === 'duty'
      ? [{ ...place, key: wholeName(row), title: row.title, about: row.milestone }]
      : [{ ...place, key: inspection, title: row.inspectionTitle, about: '' }];
  });
  return [...new Map(items.map((item) => [item.key, item])).values()];
}
