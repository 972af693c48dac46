import type { Edit } from '../domain/revisions/edits.ts';
import { removePast } from './apply-retention.ts';
import type { Database } from './database.ts';

/** Which inspection's plan, and who writes on it. */
export interface DraftKey {
  authority: string;
  reference: string;
  email: string;
}

/** What somebody is writing into a plan, and has not carried out. */
export interface PlanDraft {
  email: string;
  /** In which they write it. */
  role: string;
  /** The revision that it was begun from. */
  revision: number;
  /** One more at every change of it. */
  edition: number;
  edits: Edit[];
  /** Instants, UTC. */
  begunAt: string;
  changedAt: string;
}

/** Drafts of plans, one for each person and inspection. */
export interface PlanDrafts {
  /** Everybody's who writes on a plan, the earliest begun first. */
  of(inspection: Omit<DraftKey, 'email'>): Promise<PlanDraft[]>;
  /**
   * Keeps a draft, if it is still as it was when it was read.
   *
   * @param after the edition that was read; 0 where there was none
   * @returns false where it has been changed meanwhile, or thrown away: nothing was kept
   */
  keep(
    key: DraftKey,
    draft: Omit<PlanDraft, 'email' | 'edition' | 'begunAt' | 'changedAt'>,
    kept: Kept,
  ): Promise<boolean>;
  /** @returns false where it is another than the edition that was read: what has been added since stays */
  throwAway(key: DraftKey, edition: number): Promise<boolean>;
}

interface Kept {
  after: number;
  now: string;
}

export function planDraftsOf({ query }: Pick<Database, 'query'>): PlanDrafts {
  return {
    async of({ authority, reference }) {
      const rows = await query<Row>(
        'SELECT * FROM plan_draft WHERE authority = $1 AND reference = $2 ORDER BY begun_at, email',
        [authority, reference],
      );
      return rows.map(draftIn);
    },
    async keep({ authority, reference, email }, { role, revision, edits }, { after, now }) {
      const key = [authority, reference, email.toLowerCase()];
      const values = [...key, role, revision, JSON.stringify(edits), now];
      const kept =
        after === 0
          ? await query(
              `INSERT INTO plan_draft VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $7) ON CONFLICT DO NOTHING RETURNING 1`,
              values,
            )
          : await query(
              `UPDATE plan_draft SET role = $4, revision = $5, edits = $6, changed_at = $7, edition = edition + 1
               WHERE authority = $1 AND reference = $2 AND email = $3 AND edition = $8 RETURNING 1`,
              [...values, after],
            );
      await removePast({ query }, 'plan-draft', now);
      return kept.length > 0;
    },
    async throwAway({ authority, reference, email }, edition) {
      const gone = await query(
        'DELETE FROM plan_draft WHERE authority = $1 AND reference = $2 AND email = $3 AND edition = $4 RETURNING 1',
        [authority, reference, email.toLowerCase(), edition],
      );
      return gone.length > 0;
    },
  };
}

interface Row {
  email: string;
  role: string;
  revision: number;
  edition: number;
  edits: string;
  begun_at: string;
  changed_at: string;
}

const draftIn = ({ email, role, revision, edition, edits, begun_at, changed_at }: Row): PlanDraft => ({
  ...{ email, role, revision, edition, begunAt: begun_at, changedAt: changed_at },
  edits: JSON.parse(edits) as Edit[],
});
