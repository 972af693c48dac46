import type { z, ZodType } from 'zod';
import { type PlanItem, planItems } from '../../domain/revisions/plan-items.ts';
import { sameValue } from '../../domain/revisions/same-value.ts';
import { measure } from '../../domain/schemas/measures.ts';
import { action, recommendation, theme } from '../../domain/schemas/plan.ts';
import { issueSentence } from '../issue-sentence.ts';
import type { SheetKind } from './sheet-kind.ts';
import { type BookSheet, headOf, type PlanColumn, WITHDRAW, YES } from './columns.ts';
import type { BookEdit, CellProblem } from './book-read.ts';
import { isAsSent, type Known, readCell, wordsIn } from './read-cell.ts';
import type { BookRow } from './read-rows.ts';
import type { Sent } from './sent.ts';
import { BOOK_SHEETS } from './sheets.ts';

interface ReadItem {
  edit: BookEdit | undefined;
  problems: CellProblem[];
}

const SCHEMAS: Record<SheetKind, ZodType<PlanItem>> = { action, theme, recommendation, measure };

/** A cell of a field of the plan that holds something else than went out. */
interface ChangedCell {
  column: PlanColumn<PlanItem>;
  at: string;
}

/** What a row makes of the plan; undefined where it is as it went out, or something in it can't be used. */
export function editIn(row: BookRow, sent: Sent, known: Known): ReadItem {
  const { what, id, before, withdraw } = row;
  const name = `${what}/${id}`;
  const gone = withdrawn(row);
  if ('problem' in gone) return { edit: undefined, problems: [{ at: withdraw.at, problem: gone.problem }] };
  if (gone.yes)
    return before === undefined
      ? { edit: undefined, problems: [] }
      : { edit: { name, edit: { kind: 'withdraw', what, id }, at: withdraw.at, cells: {} }, problems: [] };
  const problems: CellProblem[] = [];
  const changed: ChangedCell[] = [];
  let item = before ?? (BOOK_SHEETS[what] as BookSheet<PlanItem>).blank(id);
  for (const { column, content, at } of row.cells) {
    if (column.of !== 'plan' || isAsSent(content, before === undefined ? undefined : column.out(before, sent)))
      continue;
    const read = content === undefined ? { value: undefined } : readCell(column.kind, content, known);
    if ('wrong' in read) problems.push({ at, problem: read.wrong });
    else {
      const next = column.put(item, read.value);
      if (before !== undefined && sameValue(next, item)) problems.push({ at, problem: SAME });
      item = next;
      changed.push({ column, at });
    }
  }
  if (problems.length > 0) return { edit: undefined, problems };
  if (changed.length === 0 && before !== undefined) return { edit: undefined, problems };
  const parsed = SCHEMAS[what].safeParse(item);
  if (parsed.data === undefined) return { edit: undefined, problems: wrongIn(parsed.error?.issues ?? [], row, sent) };
  const cells = Object.fromEntries(changed.map(({ column, at }) => [column.field, at]));
  return { edit: { name, edit: putting(what, parsed.data), at: row.at, cells }, problems };
}

/** A date that was moved since may be called back only by those who moved it. */
const SAME = 'the plan says so already; a later date that was granted since stands';

const putting = (what: SheetKind, item: PlanItem): BookEdit['edit'] =>
  ({ kind: 'put', what, item }) as BookEdit['edit'];

function withdrawn({ withdraw: { content } }: BookRow): { yes: boolean } | { problem: string } {
  if (content === undefined) return { yes: false };
  const said = wordsIn(content).toLowerCase();
  if (said === YES) return { yes: true };
  return said === 'no'
    ? { yes: false }
    : { problem: `“${said.slice(0, 40)}” under “${WITHDRAW.head}”: write “${YES}”, or leave it empty` };
}

/** What is wrong with a thing as a whole, at the cells that it comes from; each cell once. */
function wrongIn(issues: readonly z.core.$ZodIssue[], row: BookRow, sent: Sent): CellProblem[] {
  const told = new Map<string, CellProblem>();
  for (const issue of issues) {
    const path = issue.path.map(String).join('.');
    const cell = row.cells.find(({ column }) => column.of === 'plan' && isOf(column.field, path));
    const at = cell?.at ?? row.at;
    const head = cell === undefined ? planItems(row.what).title : headOf(cell.column, sent);
    const isMissing = cell !== undefined && cell.content === undefined;
    const said = isMissing ? `“${head}” is missing` : issueSentence(issue, `“${head}”`).replace(/\.$/, '');
    if (!told.has(at)) told.set(at, { at, problem: said });
  }
  return [...told.values()];
}

/** Is what is wrong at this path of the cell of this field? */
const isOf = (field: string, path: string): boolean =>
  path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`);
