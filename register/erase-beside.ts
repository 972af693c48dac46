import type { Queries } from './database.ts';
import { eraseSearched } from './searched-words.ts';
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
  { table: 'saved_view', key: ['id'] },
  { table: 'saved_form', key: ['email', 'page'] },
] as const;

/** Erases a person from what is not in the chain: mail, wishes, sign-ins, keys, approvals. */
export async function eraseBeside(
  queries: Queries,
  { authority, shared }: Beside,
  person: Redactor,
): Promise<{ mails: number; mailsMentioning: number; other: number }> {
  const mails = await eraseMails(queries, authority, person);
  let other = await eraseRows(queries, { table: 'unsubscribed', key: ['authority', 'recipient'] }, person, authority);
  other += await eraseRows(queries, { table: 'webhook_delivery', key: ['id'] }, person, authority);
  other += await eraseFromPlanDrafts(queries, authority, person);
  if (shared) for (const each of OF_ONE_PERSON) other += await eraseRows(queries, each, person);
  other += await eraseSearched(queries, authority, person);
  other += await eraseChanges(queries, authority, person);
  other += await eraseFromTemplates(queries, authority, person);
  return { ...mails, other: other + (await eraseApprovals(queries, authority, person)) };
}

/** Their own drafts of plans go; others' lose the words about them alone. */
async function eraseFromPlanDrafts({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ reference: string; email: string; edits: string }>(
    'SELECT reference, email, edits FROM plan_draft d WHERE authority = $1 AND d::text ILIKE ANY($2)',
    [authority, person.sieve],
  );
  let changed = 0;
  for (const { reference, email, edits } of rows) {
    const redacted = JSON.stringify(person.redact(JSON.parse(edits)));
    const isTheirs = person.mentions(email);
    if (!isTheirs && redacted === edits) continue;
    changed++;
    await query(
      isTheirs
        ? 'DELETE FROM plan_draft WHERE authority = $1 AND reference = $2 AND email = $3'
        : 'UPDATE plan_draft SET edits = $4, edition = edition + 1 WHERE authority = $1 AND reference = $2 AND email = $3',
      isTheirs ? [authority, reference, email] : [authority, reference, email, redacted],
    );
  }
  return changed;
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

/** Who put the council's Word template in place, and what they called it. In what a file looks like no name can be found. */
async function eraseFromTemplates({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ number: number; name: string; by: string }>(
    'SELECT number, name, put_by AS by FROM word_template WHERE authority = $1',
    [authority],
  );
  const theirs = rows.filter(({ name, by }) => person.mentions(name) || person.mentions(by));
  for (const { number, name, by } of theirs)
    await query('UPDATE word_template SET name = $3, put_by = $4 WHERE authority = $1 AND number = $2', [
      ...[authority, number, person.redact(name), person.redact(by)],
    ]);
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

/** What was changed of the authority's file stays, without them: a change that names them can't be put back any more. */
async function eraseChanges({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ number: number; by: string | null; before: object | null; after: object }>(
    `SELECT number, changed_by AS by, before, after FROM authority_change c WHERE authority = $1 AND c::text ILIKE ANY($2)`,
    [authority, person.sieve],
  );
  let changed = 0;
  for (const { number, ...row } of rows) {
    const without = person.redact(row);
    if (JSON.stringify(without) === JSON.stringify(row)) continue;
    changed++;
    await query(
      'UPDATE authority_change SET changed_by = $3, before = $4, after = $5 WHERE authority = $1 AND number = $2',
      [
        authority,
        number,
        without.by,
        without.before === null ? null : JSON.stringify(without.before),
        JSON.stringify(without.after),
      ],
    );
  }
  return changed;
}
