import { createHash, randomBytes } from 'node:crypto';
import { ENTRY_KINDS, type EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import type { MilestoneRow } from '../domain/milestone/columns.ts';
import type { EntryBody } from './append.ts';
import { canonical } from '../domain/canonical.ts';

/** What is kept beside an entry: its chain holds the commitment only. */
export interface SealedPart {
  part: 'actor' | 'words';
  salt: string;
  /** Canonical JSON. */
  value: string;
}

/** The words of an entry, with those of a milestone's explanation, which repeats reasons that people gave. */
interface Words {
  text: string;
  data: EntryBody['data'];
  explanation?: string[];
}

/** The form of an entry's body. A later form gets the next number, and this one stays readable. */
export const BODY_VERSION = 1;

interface Commitment {
  sealed: string;
}

/**
 * An entry as its hash is made from it. Who acted (not in which role) and all words are committed to; a milestone's row
 * has titles only, and tables are made from it.
 */
export interface SealedBody {
  v: typeof BODY_VERSION;
  seq: number;
  at: string;
  kind: EntryKind;
  milestone: string | null;
  actor: (Commitment & { role: string }) | null;
  words: Commitment | Words;
  row: Omit<MilestoneRow, 'explanation'> | null;
  recovered?: string;
}

/** What is shown in place of what was erased. */
export const ERASED = '[erased]';

/** SHA-256 over a salt and a value, 64 hexadecimal digits. The salt keeps anybody from guessing the value. */
export function commitment(salt: string, value: string): string {
  return createHash('sha256').update(salt).update(value).digest('hex');
}

export const newSalt = (): string => randomBytes(16).toString('hex');

/** An entry's body for the chain, and its parts for the table beside it. */
export function seal(content: EntryBody): { body: string; parts: SealedPart[] } {
  const parts = partsOf(content).map((each): SealedPart => ({ ...each, salt: newSalt() }));
  const seals = new Map(parts.map(({ part, salt, value }) => [part, commitment(salt, value)]));
  return { body: canonical(bodyWith(content, seals)), parts };
}

function partsOf(content: EntryBody): Omit<SealedPart, 'salt'>[] {
  const { actor, kind } = content;
  return [
    ...(actor === null ? [] : [{ part: 'actor' as const, value: canonical(actor.id) }]),
    ...(ENTRY_KINDS[kind].about === 'record' ? [] : [{ part: 'words' as const, value: canonical(wordsOf(content)) }]),
  ];
}

function wordsOf({ text, data, row }: EntryBody): Words {
  return { text, data, ...(row === null ? {} : { explanation: row.explanation }) };
}

function bodyWith(content: EntryBody, seals: ReadonlyMap<string, string>): SealedBody {
  const { seq, at, kind, milestone, actor, row, recovered } = content;
  const words = seals.get('words');
  const { explanation: _explanation, ...bare } = row ?? { explanation: [] };
  return {
    v: BODY_VERSION,
    ...{ seq, at, kind, milestone },
    actor: actor === null ? null : { role: actor.role, sealed: seals.get('actor') ?? '' },
    words: words === undefined ? wordsOf(content) : { sealed: words },
    row: row === null ? null : (bare as Omit<MilestoneRow, 'explanation'>),
    ...(recovered === undefined ? {} : { recovered }),
  };
}

/** An entry with what is sealed of it, as the database has it. */
export interface EntryRow {
  body: string;
  actorSalt: string | null;
  actor: string | null;
  wordsSalt: string | null;
  words: string | null;
}

/** What a query selects for an EntryRow, and from where. */
export const ENTRY_COLUMNS = `e.body, sealed_actor.salt AS "actorSalt", sealed_actor.value AS actor, sealed_words.salt AS "wordsSalt", sealed_words.value AS words`;
/**
 * Some entries with what is sealed of them. Where a page is wanted it is chosen first, so that the database looks up only
 * its parts: asked for the whole and a limit, it joins from the chain's beginning for each page.
 *
 * @param chosen a query of the table `entry`, in parentheses
 */
export const entriesIn = (chosen: string): string => `${chosen} e
  LEFT JOIN sealed sealed_actor ON sealed_actor.authority = e.authority AND sealed_actor.number = e.number AND sealed_actor.part = 'actor'
  LEFT JOIN sealed sealed_words ON sealed_words.authority = e.authority AND sealed_words.number = e.number AND sealed_words.part = 'words'`;
export const ENTRIES = entriesIn('entry');

/** An entry as it was recorded; what was erased of it is marked. */
export const opened = (row: EntryRow): EntryBody => openedFrom(bodyIn(row.body), row);

/** The same where its body has been read already. */
export function openedFrom(said: SealedBody, { actor, words }: Pick<EntryRow, 'actor' | 'words'>): EntryBody {
  const { v: _v, actor: who, words: inBody, row, ...rest } = said;
  const { text, data, explanation }: Words = 'sealed' in inBody ? wordsIn(words) : inBody;
  return {
    ...rest,
    actor: who === null ? null : { id: actor === null ? ERASED : String(jsonIn<unknown>(actor, '')), role: who.role },
    text,
    data,
    row: row === null ? null : { ...row, explanation: explanation ?? [] },
  };
}

function wordsIn(words: string | null): Words {
  if (words === null) return { text: ERASED, data: {} };
  const { text = '', data = {}, explanation } = jsonIn<Partial<Words>>(words, {});
  return { text, data, ...(explanation === undefined ? {} : { explanation }) };
}

/** What a text says in JSON; what it does not say is what somebody has written over it, which verify will name. */
export function jsonIn<T>(text: string, otherwise: T): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return otherwise;
  }
}

/** What an entry's body commits to. */
export function sealsIn(stored: SealedBody): { actor: string | null; words: string | null } {
  return { actor: stored.actor?.sealed ?? null, words: 'sealed' in stored.words ? stored.words.sealed : null };
}

/**
 * Is this the entry on record? What has been erased of that since can't be compared, and counts as the same: a delivery
 * that comes again must not bring it back. So does one that was made up: it says of itself that it was.
 */
export function isRecorded(content: EntryBody, row: EntryRow): boolean {
  const stored = bodyIn(row.body);
  const seals = sealsIn(stored);
  const salts = { actor: row.actorSalt, words: row.wordsSalt };
  const kept = { actor: row.actor, words: row.words };
  const again = new Map<string, string>();
  for (const { part, value } of partsOf(content)) {
    const [salt, was, seal] = [salts[part], kept[part], seals[part]];
    const erased = salt === null || was === null || commitment(salt, was) !== seal;
    again.set(part, erased ? (seal ?? '') : commitment(salt, value));
  }
  const { recovered: _again, ...rest } = content;
  const { recovered } = stored;
  return canonical(bodyWith({ ...rest, ...(recovered === undefined ? {} : { recovered }) }, again)) === row.body;
}

/** A body as its hash was made from it. @throws SyntaxError where it is not JSON: somebody has written over it */
export function bodyIn(body: string): SealedBody {
  return JSON.parse(body) as SealedBody;
}
