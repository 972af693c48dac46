import { removePast } from './apply-retention.ts';
import type { Database, Queries } from './database.ts';

/** One template of a council's, or that it was taken away. */
export interface PutTemplate {
  /** Counts what was put in place and taken away. */
  number: number;
  /** What its file is called. */
  name: string;
  /** Bytes; null: from then on there was none. */
  size: number | null;
  /** UTC. */
  at: string;
  by: string;
  /** Since when it is not in force any more, UTC; null: it is. */
  replacedAt: string | null;
}

/** A template with its content. */
export interface KeptTemplate {
  number: number;
  name: string;
  content: Buffer;
}

/** The Word templates of councils. */
export interface TemplateRegister {
  /** The one in force; null where there is none. */
  inForce(authority: string): Promise<KeptTemplate | null>;
  /** Puts one in place of what was; without content, takes it away. */
  put(authority: string, template: { name: string; content: Buffer | null; at: string; by: string }): Promise<void>;
  /** All that are still kept, the newest first. */
  list(authority: string): Promise<PutTemplate[]>;
  /** Null where there is none of that number, or it is that one was taken away. */
  find(authority: string, number: number): Promise<KeptTemplate | null>;
}

export function templateRegisterOf({ query, inTransaction }: Database): TemplateRegister {
  const kept = async (where: string, values: unknown[]): Promise<KeptTemplate | null> => {
    const [row] = await query<KeptTemplate>(
      `SELECT number, name, content FROM word_template WHERE content IS NOT NULL AND authority = $1 AND ${where}`,
      values,
    );
    return row ?? null;
  };
  return {
    inForce: (authority) => kept('replaced_at IS NULL', [authority]),
    find: (authority, number) => kept('number = $2', [authority, number]),
    put: async (authority, { name, content, at, by }) => {
      await inTransaction(async (queries) => {
        await queries.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`word-template ${authority}`]);
        const number = await nextNumber(queries, authority);
        await queries.query('UPDATE word_template SET replaced_at = $2 WHERE authority = $1 AND replaced_at IS NULL', [
          authority,
          at,
        ]);
        await queries.query('INSERT INTO word_template VALUES ($1, $2, $3, $4, $5, $6, NULL)', [
          ...[authority, number, name, content, at, by],
        ]);
        await removePast(queries, 'word-template', at);
      });
    },
    list: (authority) =>
      query<PutTemplate>(
        `SELECT number, name, octet_length(content) AS size, put_at AS at, put_by AS by, replaced_at AS "replacedAt"
         FROM word_template WHERE authority = $1 ORDER BY number DESC`,
        [authority],
      ),
  };
}

async function nextNumber({ query }: Queries, authority: string): Promise<number> {
  const [row] = await query<{ next: number }>(
    'SELECT coalesce(max(number), 0) + 1 AS next FROM word_template WHERE authority = $1',
    [authority],
  );
  return row?.next ?? 1;
}
