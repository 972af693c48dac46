import { expect, test } from 'vitest';
import { flatTablesOf, type Placed } from '../../register/flat-tables.ts';
import type { Database } from '../../register/database.ts';
import { row } from '../support/rows.ts';
import { entry, ownRegister, rows, sql, started } from './support.ts';

const INSPECTIONS = 4;
const DUTIES = 5000;
const PAGE = 1000;

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** How many rows of a table a plan has read, whether it kept them or not. */
function rowsRead(table: string, node: PlanNode): number {
  const each =
    (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own = node['Relation Name'] === table ? each * (node['Actual Loops'] ?? 1) : 0;
  return (node.Plans ?? []).reduce((sum, below) => sum + rowsRead(table, below), own);
}

test('tables for programs read no more than their pages need in a database that has never counted its rows', async () => {
  const { register, url } = await ownRegister();
  for (const table of ['entry', 'sealed', 'milestone', 'inspection'])
    await sql(url, `ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  const duties = Array.from({ length: DUTIES }, (_, n) => `improvement-actions/a${String(n).padStart(4, '0')}`);
  for (let n = 0; n < INSPECTIONS; n++) {
    const reference = `r${n}`;
    const all = duties.map((milestone, at) => entry(at + 2, { milestone, row: row({ milestone }) }));
    const inspection = { authority: 'anyborough', reference, inspectionTitle: reference };
    await register.append(inspection, [started]);
    for (let from = 0; from < all.length; from += PAGE) await register.append(inspection, all.slice(from, from + PAGE));
  }
  const uncounted = `SELECT count(*)::integer AS n FROM pg_stats WHERE schemaname = 'public' AND tablename IN ('entry', 'milestone')`;
  expect(await rows(url, uncounted)).toEqual([{ n: 0 }]);

  const read: number[] = [];
  const query = async (text: string, values: unknown[] = []) => {
    const [plan] = (await rows(url, `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)) as [
      { 'QUERY PLAN': [{ Plan: PlanNode }] },
    ];
    read.push(rowsRead('entry', plan['QUERY PLAN'][0].Plan));
    return rows(url, text, values);
  };
  const tables = flatTablesOf({ query } as Pick<Database, 'query'>);
  const wanted = { authorities: ['anyborough'], after: undefined, since: undefined, limit: PAGE };
  let last: Placed<unknown> | undefined;
  for (let page = 0; page < 3; page++) {
    const found = await tables.duties({ ...wanted, after: last?.place });
    expect([found.length, found[0]?.place]).toEqual([PAGE, ['anyborough', 'r0', duties[page * PAGE]]]);
    expect(found.every(({ row: { changedAt } }) => changedAt === '2016-02-19T10:00:00.000Z')).toBe(true);
    last = found.at(-1);
  }
  expect(read).toEqual([PAGE, PAGE, PAGE]);

  // What has changed since a day: each duty's own entry, once.
  read.length = 0;
  expect(await tables.duties({ ...wanted, since: '2016-02-20T00:00:00.000Z' })).toEqual([]);
  expect(read).toEqual([INSPECTIONS * DUTIES]);

  // Entries: none twice.
  read.length = 0;
  expect(await tables.entries(wanted, ['milestone-planned'])).toHaveLength(PAGE);
  expect(read[0]).toBeLessThanOrEqual(INSPECTIONS * (DUTIES + 1));
}, 300_000);
