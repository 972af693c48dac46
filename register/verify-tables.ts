import { createHash } from 'node:crypto';
import { ENTRY_KINDS } from '../domain/lifecycle/entry-kinds.ts';
import type { MilestoneRow } from '../domain/milestone/columns.ts';
import { canonical } from '../domain/canonical.ts';
import type { EntryBody } from './append.ts';
import type { Queries } from './database.ts';
import type { Finding } from './findings.ts';
import { newInspection } from './inspection-row.ts';
import { ROW_COLUMNS, storedColumns } from './milestone-sql.ts';

interface InspectionRow {
  reference: string;
  title: string;
  division: string;
  status: string;
  startedAt: string;
  endedAt: string | null;
}

/** What the tables beside an authority's chain must say, gathered while the chain is read from its beginning. */
export class ExpectedTables {
  private readonly inspections = new Map<string, InspectionRow>();
  /** Of each milestone's newest row a hash: a large council has tens of thousands of them. */
  private readonly milestones = new Map<string, { reference: string; seq: number; hash: string }>();

  add(reference: string, entry: EntryBody): void {
    const { kind, at, seq, row } = entry;
    const begun = newInspection(entry, reference);
    const known = this.inspections.get(reference);
    const status = ENTRY_KINDS[kind].ends;
    if (begun !== undefined && known === undefined) {
      this.inspections.set(reference, { reference, ...begun, status: 'open', endedAt: null });
    } else if (known !== undefined && status !== undefined) Object.assign(known, { status, endedAt: at });
    if (row === null) return;
    const key = `${reference} ${row.milestone}`;
    if (seq > (this.milestones.get(key)?.seq ?? -1)) this.milestones.set(key, { reference, seq, hash: hashed(row) });
  }

  /** How the tables differ; `queries` sees them as they were when the chain was read. */
  async differences({ query }: Queries, authority: string): Promise<Finding[]> {
    const inspections = await query<InspectionRow>(
      'SELECT reference, title, division, status, started_at AS "startedAt", ended_at AS "endedAt" FROM inspection WHERE authority = $1',
      [authority],
    );
    return [
      ...differing(
        'inspection',
        new Map([...this.inspections].map(([key, row]) => [key, canonical(row)])),
        new Map(inspections.map((row) => [row.reference, canonical(row)])),
      ),
      ...differing('milestone', this.expectedMilestones(), await this.foundMilestones({ query }, authority)),
    ];
  }

  private expectedMilestones(): Map<string, string> {
    const open = new Set(
      [...this.inspections.values()].flatMap((each) => (each.status === 'open' ? [each.reference] : [])),
    );
    return new Map(
      [...this.milestones].map(([key, { reference, seq, hash }]) => [key, `${seq} ${open.has(reference)} ${hash}`]),
    );
  }

  private async foundMilestones({ query }: Queries, authority: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let after = ['', '']; ;) {
      const rows = await query<MilestoneRow & { reference: string; seq: string; inspectionOpen: boolean }>(
        `SELECT m.reference, m.seq, m.inspection_open AS "inspectionOpen", ${ROW_COLUMNS} FROM milestone m
         WHERE authority = $1 AND (reference, milestone) > ($2, $3) ORDER BY reference, milestone LIMIT $4`,
        [authority, ...after, PAGE],
      );
      for (const { reference, seq, inspectionOpen, ...row } of rows)
        found.set(`${reference} ${row.milestone}`, `${Number(seq)} ${inspectionOpen} ${hashed(row)}`);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return found;
      after = [last.reference, last.milestone];
    }
  }
}

/** Rows read at a time. */
const PAGE = 500;

const hashed = (row: Record<keyof MilestoneRow, unknown>): string =>
  createHash('sha256').update(storedColumns(row)).digest('base64');

function differing(table: string, expected: Map<string, string>, found: Map<string, string>): Finding[] {
  const finding = (what: string, why: string): Finding => ({ where: 'table', what: `${table} ${what}`, why });
  return [
    ...[...expected].flatMap(([key, row]) => {
      const there = found.get(key);
      if (there === undefined) return [finding(key, 'the table lacks it')];
      return there === row ? [] : [finding(key, 'the table says something else than the entries')];
    }),
    ...[...found.keys()].filter((key) => !expected.has(key)).map((key) => finding(key, 'no entry tells of it')),
  ];
}
