import type { Queries } from './database.ts';
import type { Redactor } from './redact.ts';

/** What stands beside the chain of one authority, or is shared by all. */
export interface Beside {
  authority: string;
  /** May what is shared by all authorities be taken as well? */
  shared: boolean;
}

/** Tables whose rows are about one person, and go with them; each with its key. Nothing of the record is in them. */
const OF_ONE_PERSON = [
  { table: 'sign_in_link', key: ['hash'] },
  { table: 'web_session', key: ['hash'] },
  { table: 'access_key', key: ['id'] },
  { table: 'answered_request', key: ['email', 'key'] },
  { table: 'form_draft', key: ['form'] },
] as const;

/** Erases a person from what is not in the chain: mail, wishes, sign-ins, keys, approvals. */
export async function eraseBeside(
  queries: Queries,
  { authority, shared }: Beside,
  person: Redactor,
): Promise<{ mails: number; mailsMentioning: number; other: number }> {
  const mails = await eraseMails(queries, authority, person);
  let other = await eraseRows(queries, { table: 'unsubscribed', key: ['authority', 'recipient'] }, person, authority);
  if (shared) for (const each of OF_ONE_PERSON) other += await eraseRows(queries, each, person);
  return { ...mails, other: other + (await eraseApprovals(queries, authority, person)) };
}

async function eraseMails(
  { query }: Queries,
  authority: string,
  person: Redactor,
): Promise<{ mails: number; mailsMentioning: number }> {
  const rows = await query<{ digest: string; recipient: string; content: object; reason: string | null }>(
    'SELECT digest, recipient, content, reason FROM mail m WHERE authority = $1 AND m::text ILIKE ANY($2)',
    [authority, person.sieve],
  );
  const theirs = rows.filter(({ digest, recipient }) => person.mentions(recipient) || person.mentions(digest));
  await query('DELETE FROM mail WHERE digest = ANY($1)', [theirs.map(({ digest }) => digest)]);
  let mentioning = 0;
  for (const { digest, content, reason } of rows) {
    if (theirs.some((each) => each.digest === digest)) continue;
    const before = JSON.stringify([content, reason]);
    const after = person.redact([content, reason]);
    if (JSON.stringify(after) === before) continue;
    mentioning++;
    await query('UPDATE mail SET content = $2, reason = $3 WHERE digest = $1', [
      digest,
      JSON.stringify(after[0]),
      after[1],
    ]);
  }
  return { mails: theirs.length, mailsMentioning: mentioning };
}

/** Deletes the rows of a table that mention the person anywhere. The names are ours, nobody typed them. */
async function eraseRows(
  { query }: Queries,
  { table, key }: { table: string; key: readonly string[] },
  person: Redactor,
  authority?: string,
): Promise<number> {
  const mine = authority === undefined ? '$2::text IS NULL' : 'authority = $2';
  const rows = await query<Record<string, string>>(
    `SELECT ${key.join(', ')}, to_jsonb(t) AS all FROM ${table} t WHERE to_jsonb(t)::text ILIKE ANY($1) AND ${mine}`,
    [person.sieve, authority ?? null],
  );
  const theirs = rows.filter((row) => JSON.stringify(person.redact(row['all'])) !== JSON.stringify(row['all']));
  for (const row of theirs)
    await query(
      `DELETE FROM ${table} WHERE ${key.map((column, index) => `${column} = $${index + 1}`).join(' AND ')}`,
      key.map((column) => row[column]),
    );
  return theirs.length;
}

/** Who approved the bank holidays that are in force: that somebody did stays. */
async function eraseApprovals({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const [row] = await query<{ by: string }>('SELECT approved_by AS by FROM approved_holidays WHERE authority = $1', [
    authority,
  ]);
  if (row === undefined || !person.mentions(row.by)) return 0;
  await query('UPDATE approved_holidays SET approved_by = $2 WHERE authority = $1', [authority, person.redact(row.by)]);
  return 1;
}
