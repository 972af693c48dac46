import { Hono } from 'hono';
import { stringify } from 'csv-stringify/sync';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import {
  filterChoices,
  filterOf,
  listHref,
  listQuery,
  type MilestonePages,
  pagination,
  PER_PAGE,
  standingLinks,
} from '../lists.ts';
import { LISTS, type ListedMilestone } from '../../../domain/milestone/columns.ts';
import { MILESTONE_STANDINGS } from '../../../domain/milestone/statuses.ts';
import { cellsOf, type CellWriters, IN_WORDS } from '../../milestone-cells.ts';
import { page } from '../page.ts';
import type { Env } from '../parts.ts';

/** Rows of a table that a spreadsheet opens: more are not read at once, and between them others get their pages. */
const CSV_PAGE = 1000;

/** The first page: what is overdue, the longest first; and the same list by any other standing. */
export function overdueRoutes(pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .get('/', async (context) => {
      const { person } = context.get('session');
      // A partner's officer sees their own duties, and no list of the council's.
      if (person.memberships.length === 0) return context.redirect('/my-duties', 303);
      const now = context.get('now');
      const query = listQuery(context);
      const filter = filterOf(person, query, 'overdue');
      const { rows, counts, total } = await pages.read(now, filter, {
        offset: (query.page - 1) * PER_PAGE,
        limit: PER_PAGE,
      });
      const status = query.status ?? 'overdue';
      return page(context, 'overdue.html', {
        title: status === 'overdue' ? 'Overdue' : status === 'all' ? 'All duties' : MILESTONE_STANDINGS[status].words,
        rows: await pages.listed(rows, person, now),
        heads: LISTS.board.map((name) => (name === 'workingDaysLate' && status !== 'overdue' ? 'standing' : name)),
        total,
        status,
        q: query.q,
        filtered: [query.authority, query.strand, query.owner, query.q].some((each) => each !== undefined),
        several: person.memberships.length > 1,
        choices: filterChoices(person, query),
        standings: standingLinks('/', query, counts, status),
        pagination: pagination('/', query, total),
        csv: listHref('/overdue.csv', { ...query, page: 1 }, {}),
      });
    })
    .get('/overdue.csv', async (context) => {
      const { person } = context.get('session');
      const now = context.get('now');
      const filter = filterOf(person, listQuery(context), 'overdue');
      const parts: string[] = [];
      for (let offset = 0; ; offset += CSV_PAGE) {
        const rows = await pages.rows(now, filter, { offset, limit: CSV_PAGE });
        parts.push(csvOf(await pages.listed(rows, person, now), offset === 0));
        if (rows.length < CSV_PAGE) break;
      }
      return context.body(parts.join(''), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="duties-${localDate(now)}.csv"`,
      });
    });
}

/** Dates as a spreadsheet in this country reads them. */
const IN_A_SPREADSHEET: CellWriters = { ...IN_WORDS, date: (date) => date.split('-').reverse().join('/') };

/** Cells that a spreadsheet would take for a formula are kept as text. */
function csvOf(rows: ListedMilestone[], first: boolean): string {
  return stringify(
    rows.map((row) => {
      const reference = inspectionRef(row.authority, row.reference);
      const workingDaysLate = row.standing === 'overdue' ? row.workingDaysLate : null;
      return cellsOf({ ...row, reference, workingDaysLate }, LISTS.spreadsheet, IN_A_SPREADSHEET);
    }),
    { header: first, bom: first, escape_formulas: true },
  );
}
