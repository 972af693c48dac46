import { formatDate } from '../domain/calendar/civil-date.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { append, lockedHead } from './append.ts';
import { canonical } from '../domain/canonical.ts';
import type { Database, Queries } from './database.ts';
import { eraseBeside } from './erase-beside.ts';
import type { ErasureRecord } from './erasures.ts';
import { type Redactor, redactor, MIN_SPELLING } from './redact.ts';
import { eraseEvidence } from './erase-evidence.ts';
import { eraseHistories } from './erase-histories.ts';
import { eraseStates } from './kept-states.ts';
import { erasePayloads } from './erase-payloads.ts';
import { commitment, newSalt } from './sealed.ts';
import { rebuildOne } from './tables.ts';

/** Whose data, of which authority, at whose request. */
export interface ErasureRequest {
  authority: string;
  /** Every way in which the person is written: addresses and names. */
  spellings: string[];
  /** The SHA-256 of files of evidence that hold them: what is in a picture or a document can't be looked through. */
  files?: string[];
  /** Goes into the chain as it is: it may not name the person. */
  reason: string;
  actor: Actor;
  at: string;
}

/** What was erased, or would be (where that is nothing, no entry tells of it): numbers, nobody's name. */
export interface Erasure {
  /** Entries in which they acted, and entries whose words spoke of them. */
  acted: number;
  mentioned: number;
  /** Mails to them, and mails to others that spoke of them. */
  mails: number;
  mailsMentioning: number;
  /** Rows of other tables: links, sessions, keys, answers, wishes, approvals. */
  other: number;
  histories: number;
  /** States of open inspections' clocks. */
  states: number;
  /** Large payloads of ended inspections, and those of open ones, which stay until they have ended. */
  payloads: number;
  payloadsLeft: number;
  /** Files of evidence. */
  evidence: number;
  /** Payloads, of archived histories or beside them, that are encrypted: destroying their key erases them. */
  encrypted: number;
  /** Entries that hold them where the chain's hash is made from it: in a milestone's title. */
  fixed: number;
  /** Another authority's file still has them: sign-ins and keys, which are shared, were left. */
  elsewhere: boolean;
  carriedOut: boolean;
}

/** The reference under which entries about the register itself stand. */
const REGISTER = 'register';

class Undo extends Error {
  readonly erasure: Erasure;
  constructor(erasure: Erasure) {
    super('undo');
    this.erasure = erasure;
  }
}

/**
 * Erases a person from an authority's part of the register in one transaction, and records that in the chain, which
 * stays whole: what is erased was only ever committed to.
 *
 * @param how `look` does all of it and takes it back, so that what it counts is what would be erased
 * @throws Refusal where they still hold a role, mail to them is on its way, or the reason names them
 */
export async function erase(database: Database, request: ErasureRequest, how: 'look' | 'carry out'): Promise<Erasure> {
  const person = personIn(request);
  try {
    return await database.inTransaction(async (queries) => {
      const erasure = await eraseAll(queries, request, person);
      if (how === 'look') throw new Undo(erasure);
      return { ...erasure, carriedOut: true };
    }, 'unhurried');
  } catch (error) {
    if (error instanceof Undo) return error.erasure;
    throw error;
  }
}

function personIn({ spellings, reason, actor }: ErasureRequest): Redactor {
  const short = spellings.find((each) => each.trim().length < MIN_SPELLING);
  if (short !== undefined || spellings.length === 0)
    throw new Refusal(
      'too-few',
      `"${short ?? ''}" is too short to be told from other words; give an address or a whole name.`,
    );
  const person = redactor(spellings);
  if (reason.trim() === '') throw new Refusal('missing-reason', 'Say why, for the record.', 'reason');
  if (person.mentions(reason))
    throw new Refusal(
      'wrong-state',
      'The reason names the person, and it stays in the record for good; say it without the name.',
    );
  if (person.mentions(actor.id))
    throw new Refusal(
      'not-permitted',
      'Nobody erases themselves: the record of it would hold them. Somebody else has to do it.',
    );
  return person;
}

async function eraseAll(queries: Queries, request: ErasureRequest, person: Redactor): Promise<Erasure> {
  const { authority, actor, at, reason } = request;
  const head = await lockedHead(queries, authority);
  const elsewhere = await mayErase(queries, request, person);
  await queries.query(`SET LOCAL duecourse.erasing = 'on'`);
  const parts = [...(await eraseActors(queries, authority, person)), ...(await eraseWords(queries, authority, person))];
  const histories = await eraseHistories(queries, authority, person);
  const states = await eraseStates(queries, authority, person);
  const large = await erasePayloads(queries, authority, person);
  const beside = await eraseBeside(queries, { authority, shared: !elsewhere }, person);
  const evidence = await eraseEvidence(queries, { authority, parts, files: request.files ?? [] }, person);
  const fixed = await fixedEntries(queries, authority, person);
  const erasure: Erasure = {
    acted: parts.filter(({ part }) => part === 'actor').length,
    mentioned: parts.filter(({ part }) => part === 'words').length,
    ...beside,
    histories: histories.replaced.length,
    states,
    ...large,
    evidence: evidence.length,
    encrypted: histories.encrypted + large.encrypted,
    fixed,
    elsewhere,
    carriedOut: false,
  };
  const { mails, mailsMentioning, other } = beside;
  const beyond = histories.replaced.length + states + large.payloads + evidence.length;
  if (parts.length + beyond + mails + mailsMentioning + other === 0) return erasure;
  const data: ErasureRecord & Record<string, unknown> = {
    parts,
    histories: histories.replaced,
    ...(evidence.length === 0 ? {} : { evidence }),
    reason,
  };
  await append(queries, { authority, reference: REGISTER, inspectionTitle: REGISTER }, [
    {
      key: `erasure/${Number(head.head_number) + 1}`,
      body: {
        seq: 0,
        at,
        kind: 'personal-data-erased',
        milestone: null,
        actor,
        text: sentence(erasure, reason),
        data,
        row: null,
      },
    },
  ]);
  await queries.query(`SET LOCAL duecourse.erasing = 'off'`);
  return erasure;
}

/** @returns whether another authority's file has them still */
async function mayErase(
  { query }: Queries,
  { authority, actor, at }: ErasureRequest,
  person: Redactor,
): Promise<boolean> {
  const files = await query<{ authority: string; content: Authority }>('SELECT authority, content FROM authority_file');
  const own = files.find((file) => file.authority === authority)?.content;
  if (own !== undefined && own.roles.find((role) => role.id === actor.role)?.capacity !== 'administrator')
    throw new Refusal(
      'not-permitted',
      `The role "${actor.role}" may not erase personal data; an administrator of ${own.name} may.`,
    );
  if (own !== undefined && person.mentions(JSON.stringify(own)))
    throw new Refusal(
      'wrong-state',
      `The file of ${own.name} still has them. Take them out of it first, and tell the open inspections: duecourse authority apply FILE`,
    );
  const since = new Date(Date.parse(at) - UNSETTLED_MS).toISOString();
  const pending = await query<{ recipient: string; day: string }>(
    `SELECT recipient, day FROM mail WHERE authority = $1 AND state IN ('claimed', 'delayed') AND claimed_at >= $2`,
    [authority, since],
  );
  const mail = pending.find(({ recipient }) => person.mentions(recipient));
  if (mail !== undefined)
    throw new Refusal(
      'wrong-state',
      `The mail of ${formatDate(mail.day)} to them is still being sent; try again when it is settled.`,
    );
  return files.some((file) => file.authority !== authority && person.mentions(JSON.stringify(file.content)));
}

/** What was claimed longer ago than this and is not settled belongs to a lifecycle that is gone. */
const UNSETTLED_MS = 7 * 24 * 3_600_000;

interface Part {
  number: string;
  value: string;
}

const partsMentioning = ({ query }: Queries, authority: string, part: string, { sieve }: Redactor): Promise<Part[]> =>
  query<Part>(
    'SELECT number, value FROM sealed WHERE authority = $1 AND part = $2 AND value ILIKE ANY($3) ORDER BY number',
    [authority, part, sieve],
  );

async function eraseActors(queries: Queries, authority: string, person: Redactor): Promise<ErasureRecord['parts']> {
  const rows = await partsMentioning(queries, authority, 'actor', person);
  const theirs = rows
    .filter(({ value }) => person.mentions(JSON.parse(value) as string))
    .map(({ number }) => Number(number));
  await queries.query(`DELETE FROM sealed WHERE authority = $1 AND part = 'actor' AND number = ANY($2)`, [
    authority,
    theirs,
  ]);
  return theirs.map((number) => ({ number, part: 'actor', now: null }));
}

async function eraseWords(queries: Queries, authority: string, person: Redactor): Promise<ErasureRecord['parts']> {
  const left: ErasureRecord['parts'] = [];
  for (const { number, value } of await partsMentioning(queries, authority, 'words', person)) {
    const redacted = canonical(person.redact(JSON.parse(value) as unknown));
    if (redacted === value) continue;
    // A new salt: with the old one, whoever guesses the words could still check the guess against the chain.
    const salt = newSalt();
    await queries.query(
      `UPDATE sealed SET salt = $3, value = $4 WHERE authority = $1 AND number = $2 AND part = 'words'`,
      [authority, number, salt, redacted],
    );
    left.push({ number: Number(number), part: 'words', now: commitment(salt, redacted) });
  }
  const references = await queries.query<{ reference: string }>(
    'SELECT DISTINCT reference FROM entry WHERE authority = $1 AND number = ANY($2)',
    [authority, left.map(({ number }) => number)],
  );
  for (const { reference } of references) await rebuildOne(queries, authority, reference);
  return left;
}

async function fixedEntries({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ body: string }>('SELECT body FROM entry WHERE authority = $1 AND body ILIKE ANY($2)', [
    authority,
    person.sieve,
  ]);
  return rows.filter(({ body }) => {
    const value = JSON.parse(body) as unknown;
    return canonical(person.redact(value)) !== canonical(value);
  }).length;
}

function sentence(erasure: Erasure, reason: string): string {
  const { acted, mentioned, mails, mailsMentioning, histories, states, evidence } = erasure;
  const files = evidence === 0 ? '' : `, ${evidence} files of evidence`;
  return `Personal data of one person erased: who acted in ${acted} entries, the words of ${mentioned}, ${mails + mailsMentioning} mails, ${histories} archived histories, ${states} kept states${files}. ${reason}`;
}
