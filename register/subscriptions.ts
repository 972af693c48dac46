import type { Database, Queries } from './database.ts';

/** Who a mail went to, and for which authority; null where the register has no such mail. */
export interface MailReader {
  authority: string;
  recipient: string;
}

/** Does this reader want no copies for information? */
export async function isUnsubscribed({ query }: Database, { authority, recipient }: MailReader): Promise<boolean> {
  const found = await query('SELECT 1 FROM unsubscribed WHERE authority = $1 AND recipient = $2', [
    authority,
    recipient,
  ]);
  return found.length > 0;
}

/**
 * Stops or resumes copies for information to the reader of a mail. Doing it twice is the same as once.
 *
 * @returns the reader; null where the register has no mail of this Message-ID
 */
export async function subscribe(
  { query }: Database,
  messageId: string,
  wanted: boolean,
  at: string,
): Promise<MailReader | null> {
  const [reader] = await query<MailReader>('SELECT authority, recipient FROM mail WHERE message_id = $1', [messageId]);
  if (reader === undefined) return null;
  await wantCopies({ query }, reader, wanted, at);
  return reader;
}

/** Stops or resumes copies for information to a reader. Doing it twice is the same as once. */
export async function wantCopies(
  { query }: Queries,
  { authority, recipient }: MailReader,
  wanted: boolean,
  at: string,
): Promise<void> {
  await query(
    wanted
      ? 'DELETE FROM unsubscribed WHERE authority = $1 AND recipient = $2 AND $3::text IS NOT NULL'
      : 'INSERT INTO unsubscribed VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [authority, recipient, at],
  );
}
