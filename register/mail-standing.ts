import type { Database } from './database.ts';

/** How a council's mail stands. */
export interface MailStanding {
  /** When the last one was taken by a mail server, UTC. */
  lastSent: string | null;
  /** Those that could not be delivered, and were not sent again. */
  undeliverable: number;
}

export async function mailStanding({ query }: Database, authority: string): Promise<MailStanding> {
  const [row] = await query<MailStanding>(
    `SELECT max(settled_at) FILTER (WHERE state = 'sent') AS "lastSent",
            count(*) FILTER (WHERE state = 'undeliverable' AND resent_at IS NULL)::int AS undeliverable
     FROM mail WHERE authority = $1`,
    [authority],
  );
  return row ?? { lastSent: null, undeliverable: 0 };
}
