import type { z } from 'zod';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { planItems } from '../../domain/revisions/plan-items.ts';
import { commands } from '../../domain/schemas/commands.ts';
import { issueSentence } from '../issue-sentence.ts';
import { headOf, type ReportColumn } from './columns.ts';
import type { BookReport, CellProblem } from './book-read.ts';
import { isAsSent, type Known, readCell } from './read-cell.ts';
import type { BookRow } from './read-rows.ts';
import type { Sent } from './sent.ts';
import type { PlanItem } from '../../domain/revisions/plan-items.ts';

interface ReadReport {
  report: BookReport | undefined;
  problems: CellProblem[];
}

type Field = ReportColumn<PlanItem>['field'];

/** What a row reports that was not said when it went out. */
export function reportIn(row: BookRow, sent: Sent, known: Known): ReadReport {
  const { before } = row;
  const problems: CellProblem[] = [];
  const said: Partial<Record<Field, { value: unknown; at: string; head: string }>> = {};
  for (const { column, content, at } of row.cells) {
    if (column.of !== 'report' || isAsSent(content, before === undefined ? undefined : column.out(before, sent)))
      continue;
    if (before === undefined) problems.push({ at, problem: 'it is not in the plan yet: report on it once it is' });
    else if (content === undefined)
      problems.push({
        at,
        problem: 'what was reported can’t be taken back by emptying its cell: report how it stands',
      });
    else {
      const read = readCell(column.kind, content, known);
      if ('wrong' in read) problems.push({ at, problem: read.wrong });
      else said[column.field] = { value: read.value, at, head: headOf(column, sent) };
    }
  }
  const first = Object.values(said)[0];
  if (problems.length > 0 || before === undefined || first === undefined) return { report: undefined, problems };
  const values = Object.fromEntries(Object.entries(said).map(([field, each]) => [field, each.value]));
  const about = { title: planItems(row.what).titleOf(before), at: first.at, id: row.id };
  const wrong = (issues: readonly z.core.$ZodIssue[]): ReadReport => ({
    report: undefined,
    problems: issues.map((issue) => {
      const cell = said[issue.path[0] as Field];
      return {
        at: cell?.at ?? first.at,
        problem: issueSentence(issue, cell === undefined ? '“New value”' : `“${cell.head}”`).replace(/\.$/, ''),
      };
    }),
  });
  if (row.what === 'action') {
    const { data, error } = commands.progress.safeParse({ milestone: dutyOfAction(row.id), ...values });
    if (data === undefined) return wrong(error.issues);
    return { report: { ...about, name: `progress/${row.id}`, command: 'progress', payload: data }, problems };
  }
  const { data, error } = commands.recordMeasure.safeParse({ measure: row.id, ...values });
  if (data === undefined) return wrong(error.issues);
  return { report: { ...about, name: `value/${row.id}`, command: 'recordMeasure', payload: data }, problems };
}
