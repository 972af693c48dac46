import type { MilestoneRow } from '../domain/lifecycle/entry.ts';
import { canonical } from './chain.ts';
import type { EntryBody } from './append.ts';
import type { Queries } from './database.ts';
import type { Finding } from './findings.ts';

const STATUS: Partial<Record<EntryBody['kind'], string>> = {
  'inspection-closed': 'closed',
  'inspection-cancelled': 'cancelled',
};

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
  private readonly milestones = new Map<string, { seq: number; row: string }>();

  add(reference: string, { kind, at, seq, data, row }: EntryBody): void {
    const known = this.inspections.get(reference);
    const status = STATUS[kind];
    if (kind === 'inspection-started' && known === undefined) {
      const { title, division } = data;
      this.inspections.set(reference, {
        reference,
        title: typeof title === 'string' ? title : reference,
        division: typeof division === 'string' ? division : '',
        status: 'open',
        startedAt: at,
        endedAt: null,
      });
    } else if (known !== undefined && status !== undefined) Object.assign(known, { status, endedAt: at });
    if (row === null) return;
    const key = `${reference} ${row.milestone}`;
    if (seq > (this.milestones.get(key)?.seq ?? -1))
      this.milestones.set(key, { seq, row: canonical(columnsOf(row, seq)) });
  }

  /** How the tables differ; `queries` sees them as they were when the chain was read. */
  async differences({ query }: Queries, authority: string): Promise<Finding[]> {
    const inspections = await query<InspectionRow>(
      'SELECT reference, title, division, status, started_at AS "startedAt", ended_at AS "endedAt" FROM inspection WHERE authority = $1',
      [authority],
    );
    const milestones = await query<{ reference: string; milestone: string; seq: string }>(
      `SELECT reference, milestone, strand, title, due, due_at AS "dueAt", due_version AS "dueVersion", status, owner, owner_title AS "ownerTitle",
         strength, provisional, explanation, ended_at AS "endedAt", hold_review_on AS "holdReviewOn", body, seq
       FROM milestone WHERE authority = $1`,
      [authority],
    );
    return [
      ...differing(
        'inspection',
        new Map([...this.inspections].map(([key, row]) => [key, canonical(row)])),
        new Map(inspections.map((row) => [row.reference, canonical(row)])),
      ),
      ...differing(
        'milestone',
        new Map([...this.milestones].map(([key, { row }]) => [key, row])),
        new Map(
          milestones.map(({ reference, seq, ...row }) => [
            `${reference} ${row.milestone}`,
            canonical({ ...row, seq: Number(seq) }),
          ]),
        ),
      ),
    ];
  }
}

/** What the table holds of a row, whatever else an entry may say of it. */
function columnsOf(row: MilestoneRow, seq: number): Required<Record<keyof MilestoneRow | 'seq', unknown>> {
  const { milestone, strand, title, due, dueAt, dueVersion, status, owner, ownerTitle } = row;
  const { strength, provisional, explanation, endedAt, holdReviewOn, body = null } = row;
  return {
    ...{ seq, milestone, strand, title, due, dueAt, dueVersion, status, owner, ownerTitle },
    ...{ strength, provisional, explanation, endedAt, holdReviewOn, body },
  };
}

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
