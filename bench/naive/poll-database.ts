import pg from 'pg';
import type { NoticeKind, PlannedMilestone, Step } from '../../domain/milestone/milestone.ts';

/** A notice that the daily look has found: what it is about is in the database. */
export interface Found {
  milestone: string;
  rung: number;
  kind: NoticeKind;
  step: Step | null;
  to: string;
}

/** The database of the daily look: its milestones and what was told of them. */
export interface Poll {
  open(reference: string, now: string): Promise<{ milestone: PlannedMilestone; told: Set<string>; planned: boolean }[]>;
  milestone(reference: string, id: string): Promise<PlannedMilestone>;
  tell(reference: string, found: Found): Promise<void>;
  add(reference: string, milestone: PlannedMilestone, planned: boolean): Promise<void>;
  /** It is done from an instant (UTC) on. */
  complete(reference: string, id: string, at: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens it in PostgreSQL; its tables are made where they are not there. */
export async function openPoll(url: string): Promise<Poll> {
  const pool = new pg.Pool({ connectionString: url, max: 5 });
  await pool.query(`
    CREATE TABLE IF NOT EXISTS poll_milestone
      (reference text, id text, planned boolean, done_at text, body jsonb, PRIMARY KEY (reference, id));
    CREATE TABLE IF NOT EXISTS poll_told
      (reference text, milestone text, rung integer, role text, PRIMARY KEY (reference, milestone, rung, role))`);
  return {
    async open(reference, now) {
      const { rows } = await pool.query<{ body: PlannedMilestone; planned: boolean; told: string[] }>(
        `SELECT body, planned, array(SELECT rung || '/' || role FROM poll_told t WHERE t.reference = m.reference AND t.milestone = m.id) AS told
         FROM poll_milestone m WHERE reference = $1 AND (done_at IS NULL OR done_at > $2)`,
        [reference, now],
      );
      return rows.map(({ body, planned, told }) => ({ milestone: body, planned, told: new Set(told) }));
    },
    async milestone(reference, id) {
      const sql = 'SELECT body FROM poll_milestone WHERE reference = $1 AND id = $2';
      const [row] = (await pool.query<{ body: PlannedMilestone }>(sql, [reference, id])).rows;
      if (row === undefined) throw new Error(`the poll knows no ${id}`);
      return row.body;
    },
    async tell(reference, { milestone, rung, to }) {
      await pool.query('INSERT INTO poll_told VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
        reference,
        milestone,
        rung,
        to,
      ]);
    },
    async add(reference, milestone, planned) {
      await pool.query('INSERT INTO poll_milestone (reference, id, planned, body) VALUES ($1, $2, $3, $4)', [
        reference,
        milestone.id,
        planned,
        JSON.stringify(milestone),
      ]);
    },
    async complete(reference, id, at) {
      await pool.query('UPDATE poll_milestone SET done_at = $3 WHERE reference = $1 AND id = $2', [reference, id, at]);
    },
    close: () => pool.end(),
  };
}
