import type { Finding } from '../domain/doctor/finding.ts';
import { keyOf } from '../domain/doctor/finding.ts';
import type { Database, Queries } from './database.ts';
import { DATABASE_NOW } from './processes.ts';
import { writeStuck } from './webhook-events.ts';

/** The newest look. */
export interface KeptReport {
  /** When it was, UTC. */
  at: string;
  findings: Finding[];
}

/** Something that is not well, or was not until just now. */
export interface Notice {
  key: string;
  finding: Finding;
  /** When it was first seen, UTC. */
  since: string;
  /** Looks in a row that have seen it. */
  seen: number;
  /** Looks in a row that could have seen it, and have not. */
  missed: number;
  /** When the operator was told; null where they were not. */
  toldAt: string | null;
}

/** What the newest look has found, and what the operator knows of it. */
export interface LookNotes {
  /** Is it this process's turn to look? One has it, once in so long. */
  takeTurn(everyMs: number): Promise<boolean>;
  /** Null where nobody has looked yet. */
  report(): Promise<KeptReport | null>;
  /** What stands, in the order in which it was first seen. */
  notices(): Promise<Notice[]>;
  /**
   * Keeps what a look has found.
   *
   * @param canSee whether the look could have seen a finding, were it still there
   * @returns what stands, as `notices` has it
   */
  keep(report: KeptReport, canSee: (finding: Finding) => boolean): Promise<Notice[]>;
  /** The operator has been told: that these are there, and that those are over, which are forgotten. */
  told(told: { there: readonly string[]; over: readonly string[] }, at: string): Promise<void>;
}

export function lookNotesOf(database: Database): LookNotes {
  const { query } = database;
  return {
    async takeTurn(everyMs) {
      const rows = await query(
        `INSERT INTO doctor_report (begun_at) VALUES (${DATABASE_NOW})
         ON CONFLICT (one) DO UPDATE SET begun_at = excluded.begun_at
         WHERE doctor_report.begun_at::timestamptz <= clock_timestamp() - make_interval(secs => $1) RETURNING 1`,
        [everyMs / 1000],
      );
      return rows.length > 0;
    },
    async report() {
      const [row] = await query<KeptReport>('SELECT at, findings FROM doctor_report WHERE at IS NOT NULL');
      return row ?? null;
    },
    notices: () => notices(database),
    keep: ({ at, findings }, canSee) =>
      database.inTransaction(async (queries) => {
        await queries.query(
          `INSERT INTO doctor_report (begun_at, at, findings) VALUES (${DATABASE_NOW}, $1, $2)
           ON CONFLICT (one) DO UPDATE SET at = excluded.at, findings = excluded.findings`,
          [at, JSON.stringify(findings)],
        );
        await writeStuck(queries, await note(queries, findings, at), at);
        const there = new Set(findings.map(keyOf));
        const missed = (await notices(queries)).filter(({ key, finding }) => !there.has(key) && canSee(finding));
        await queries.query('UPDATE operator_notice SET missed = missed + 1, seen = 0 WHERE key = ANY($1)', [
          missed.map(({ key }) => key),
        ]);
        return notices(queries);
      }),
    async told({ there, over }, at) {
      await query('UPDATE operator_notice SET told_at = $2 WHERE key = ANY($1)', [there, at]);
      await query('DELETE FROM operator_notice WHERE key = ANY($1)', [over]);
    },
  };
}

/** One by its key: of several alike the first stands. @returns those that did not stand before */
async function note({ query }: Queries, findings: readonly Finding[], at: string): Promise<Finding[]> {
  const byKey = new Map(findings.toReversed().map((finding) => [keyOf(finding), finding]));
  const noted = await query<{ finding: Finding; isNew: boolean }>(
    `INSERT INTO operator_notice (key, finding, since, seen, missed)
     SELECT n.key, n.finding, $2, 1, 0 FROM jsonb_to_recordset($1::jsonb) AS n(key text, finding jsonb)
     ON CONFLICT (key) DO UPDATE SET finding = excluded.finding, seen = operator_notice.seen + 1, missed = 0
     RETURNING finding, since = $2 AS "isNew"`,
    [JSON.stringify([...byKey].map(([key, finding]) => ({ key, finding }))), at],
  );
  return noted.flatMap(({ finding, isNew }) => (isNew ? [finding] : []));
}

const notices = ({ query }: Queries): Promise<Notice[]> =>
  query<Notice>(
    'SELECT key, finding, since, seen, missed, told_at AS "toldAt" FROM operator_notice ORDER BY since, key',
  );
