import { createHash } from 'node:crypto';
import { namesOf } from '../domain/closed-table.ts';
import { countsOf, type Digest, type Envelope, namedIn } from '../domain/lifecycle/digest.ts';
import { councilMail } from '../domain/lifecycle/council-mails.ts';
import { MAIL_STATES, type MailState } from '../domain/lifecycle/mail-states.ts';
import { append } from './append.ts';
import { storable } from './chain.ts';
import type { Database, Queries } from './database.ts';
import { EntryConflict, EntryGap } from './diverged.ts';

/** The states that stand, for SQL's IN. */
export const FINAL_STATES = namesOf(MAIL_STATES)
  .filter((state) => MAIL_STATES[state].final)
  .map((state) => `'${state}'`)
  .join(', ');

/** One try of a worker's to send what is due. A later one takes over what an earlier one has claimed. */
export interface Attempt {
  /** No two tries have the same. */
  id: string;
  /** When the engine gave it out: milliseconds since 1970 by the engine's clock, never by a worker's. */
  at: number;
}

/** What a claim found. */
export interface Claim<Mail extends Envelope> {
  /**
   * `new`: the claim is ours, nothing was tried before. `taken-over`: a later try has it, and this one was given up as dead.
   * Anything else: what became of the try before.
   */
  state: 'new' | 'taken-over' | MailState;
  /** The mail to send: the one first claimed where a try may have got through, else the present one. */
  digest: Mail;
  /** Why it is undeliverable, where it is. */
  reason?: string;
}

/**
 * Claims a digest before it is sent. One that was claimed and never settled may have been sent: what was stored then
 * must go again to the letter. One that was put off was certainly not sent, so the present content takes its place.
 */
export async function claim<Mail extends Envelope>(
  database: Database,
  given: Mail,
  messageId: string,
  at: string,
  attempt: Attempt,
): Promise<Claim<Mail>> {
  const digest = storable(given);
  const { id, authority, reference, recipient, day } = digest;
  return database.inTransaction(async ({ query }) => {
    const inserted = await query(
      `INSERT INTO mail (digest, authority, reference, recipient, day, message_id, state, content, claimed_at, holder, holder_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'claimed', $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING digest`,
      [id, authority.id, reference, recipient.email, day, messageId, contentOf(digest), at, attempt.id, attempt.at],
    );
    if (inserted.length > 0) return { state: 'new', digest };
    const [row] = await query<{ state: MailState; content: Mail; reason: string | null; holder_at: string }>(
      'SELECT state, content, reason, holder_at FROM mail WHERE digest = $1 FOR UPDATE',
      [id],
    );
    if (row === undefined) throw new Error(`the claim of ${id} is gone`);
    if (!MAIL_STATES[row.state].final && Number(row.holder_at) > attempt.at)
      return { state: 'taken-over', digest: row.content };
    if (row.state === 'delayed') {
      await query(
        `UPDATE mail SET state = 'claimed', content = $2, claimed_at = $3, holder = $4, holder_at = $5, attempts = attempts + 1
         WHERE digest = $1`,
        [id, contentOf(digest), at, attempt.id, attempt.at],
      );
      return { state: 'delayed', digest };
    }
    if (row.state === 'claimed')
      await query('UPDATE mail SET holder = $2, holder_at = $3, attempts = attempts + 1 WHERE digest = $1', [
        id,
        attempt.id,
        attempt.at,
      ]);
    const known = row.state === 'undeliverable' && row.reason !== null ? { reason: row.reason } : {};
    return { state: row.state, digest: row.content, ...known };
  });
}

/** Is a digest still this attempt's to send: claimed by it, not settled, not taken over since? */
export async function holds({ query }: Queries, id: string, attempt: Attempt): Promise<boolean> {
  const rows = await query(`SELECT 1 FROM mail WHERE digest = $1 AND holder = $2 AND state = 'claimed'`, [
    id,
    attempt.id,
  ]);
  return rows.length > 0;
}

/**
 * Gives a claim up that nothing came of, because the mail is not wanted any more: as if it had never been made, or put off as
 * before. To be called only where no try can have got through.
 */
export async function release({ query }: Queries, id: string, attempt: Attempt): Promise<void> {
  const own = `digest = $1 AND holder = $2 AND state = 'claimed'`;
  await query(`DELETE FROM mail WHERE ${own} AND attempts = 1`, [id, attempt.id]);
  await query(`UPDATE mail SET state = 'delayed' WHERE ${own}`, [id, attempt.id]);
}

/** What is kept of a mail; one of the council's is about no single inspection and has no notices. */
type Content = Envelope & Partial<Pick<Digest, 'inspectionTitle' | 'notices' | 'lines' | 'unnamed' | 'withdrawn'>>;

function contentInWords(content: Content): string {
  const ofCouncil = councilMail(content.reference);
  if (ofCouncil !== undefined) return ofCouncil.words;
  if (content.withdrawn !== undefined) return 'that the inspection was withdrawn';
  const { count } = countsOf(content);
  return `${count} notice${count === 1 ? '' : 's'}`;
}

/** A digest's id names an address; the chain, which nothing can be taken out of, must not. */
const nameless = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);

const contentOf = (digest: Envelope): string => JSON.stringify(digest);

/**
 * Says what became of a claimed digest; what is final goes into the chain as well, once, and stands. A worker that was
 * given up as dead may still come with late news. That its mail was sent is true all the same; that it was put off or
 * refused says nothing of the mail that another is sending by then.
 *
 * @param attempt whose news it is; null where nobody is sending it, and it is given up
 * @param recovered where this is made up from the engine's history: when, UTC
 * @throws EntryConflict where the mail is on record as having ended otherwise; EntryGap where it is not on record at all
 */
export async function settle(
  database: Database,
  id: string,
  state: Exclude<MailState, 'claimed'>,
  given: string | null,
  at: string,
  attempt: Attempt | null,
  recovered?: string,
): Promise<void> {
  const reason = given === null ? null : storable(given);
  await database.inTransaction(async (queries) => {
    const [row] = await queries.query<{ content: Content; message_id: string }>(
      `UPDATE mail SET state = $2, reason = $3, settled_at = $4
       WHERE digest = $1 AND state NOT IN (${FINAL_STATES}) AND ($2 = 'sent' OR $5::text IS NULL OR holder = $5)
       RETURNING content, message_id`,
      [id, state, reason, at, attempt?.id ?? null],
    );
    if (row === undefined) return mustStand(queries, id, state);
    if (state === 'delayed') return;
    const { authority, reference, inspectionTitle = reference, recipient, day, n } = row.content;
    const roles = recipient.roles.map((role) => role.title).join(', ') || 'the administrator';
    const told = namedIn(row.content).map(({ milestone, kind, step, due, dueVersion }) => ({
      milestone,
      kind,
      step,
      due,
      dueVersion,
    }));
    const count = contentInWords(row.content);
    const text =
      state === 'sent'
        ? `Mail to ${roles}: ${count}.`
        : `Mail to ${roles} (${count}) can't be delivered: ${reason ?? 'no reason given'}.`;
    await append(queries, { authority: authority.id, reference, inspectionTitle }, [
      {
        key: `mail/${nameless(id)}/${state}`,
        body: {
          seq: 0,
          at,
          kind: state === 'sent' ? 'mail-sent' : 'mail-undeliverable',
          milestone: null,
          actor: null,
          text,
          data: {
            messageId: row.message_id,
            roles: recipient.roles.map((role) => role.id),
            day,
            n,
            notices: told,
            ...(reason === null ? {} : { reason }),
          },
          row: null,
          ...(recovered === undefined ? {} : { recovered }),
        },
      },
    ]);
  });
}

/**
 * What is final stands: the same said again, or late news that it was put off, changes nothing. Nor does what is said of a
 * mail that another try has taken over.
 */
async function mustStand({ query }: Queries, id: string, state: MailState): Promise<void> {
  const [row] = await query<{ state: MailState }>('SELECT state FROM mail WHERE digest = $1', [id]);
  if (row === undefined) throw new EntryGap(`the mail ${id} was never claimed`);
  if (row.state === state || state === 'delayed' || !MAIL_STATES[row.state].final) return;
  throw new EntryConflict(`the mail ${id} is on record as ${row.state}; it can't become ${state}`);
}
