import type { Database } from './database.ts';
import { ENTRY_COLUMNS, type EntryRow, entriesIn, opened } from './sealed.ts';

/** A duty by its place. */
interface Place {
  authority: string;
  reference: string;
  milestone: string;
}

/** The last word on a later date that was asked for: that it was declined. */
export interface DeclinedDate extends Place {
  /** When, an instant, UTC. */
  at: string;
  /** The role that declined it. */
  by: string;
  reason: string;
}

/** Of some duties, those of which a later date was declined, and neither asked for again nor granted since. */
export async function declinedDates(
  { query }: Pick<Database, 'query'>,
  duties: readonly Place[],
): Promise<DeclinedDate[]> {
  if (duties.length === 0) return [];
  const rows = await query<EntryRow & { authority: string; reference: string }>(
    `SELECT e.authority, e.reference, ${ENTRY_COLUMNS} FROM ${entriesIn(
      `(SELECT newest.* FROM json_to_recordset($1::json) AS duty(authority text, reference text, milestone text)
        CROSS JOIN LATERAL (
          SELECT * FROM entry
          WHERE entry.authority = duty.authority AND entry.reference = duty.reference AND entry.milestone = duty.milestone
            AND kind IN ('extension-requested', 'extension-declined', 'milestone-extended')
          ORDER BY number DESC LIMIT 1) newest
        WHERE newest.kind = 'extension-declined')`,
    )}`,
    [JSON.stringify(duties.map(({ authority, reference, milestone }) => ({ authority, reference, milestone })))],
  );
  return rows.map(({ authority, reference, ...row }) => {
    const { at, milestone, actor, data } = opened(row);
    const { reason } = data as { reason?: string };
    return { authority, reference, milestone: milestone ?? '', at, by: actor?.role ?? '', reason: reason ?? '' };
  });
}
