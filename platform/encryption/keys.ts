import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Environment } from '../../domain/schemas/environment.ts';
import { EncryptionProblem } from './encryption-problem.ts';

/** One key of AES-256. As a KeyObject it shows itself in no log and no error. */
export interface EncryptionKey {
  id: string;
  secret: KeyObject;
}

/** The first encrypts; all of them decrypt. None: nothing is encrypted. */
export type EncryptionKeys = readonly EncryptionKey[];

/** How a key is written: its id, a colon, 32 bytes in base64. Shorter than a key is, so that a key is never taken for an id. */
const ENTRY = /^(?<id>[A-Za-z0-9][A-Za-z0-9._-]{0,31}):(?<secret>[^\s:]+)$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const BYTES = 32;

/**
 * The keys of a process: DUECOURSE_ENCRYPTION_KEYS, or the file that DUECOURSE_ENCRYPTION_KEYS_FILE names; none where
 * neither is set.
 *
 * @throws EncryptionProblem 'bad-keys' naming the setting and which of its keys is wrong, never a key
 */
export function keysOf(
  environment: Pick<Environment, 'DUECOURSE_ENCRYPTION_KEYS' | 'DUECOURSE_ENCRYPTION_KEYS_FILE'>,
): EncryptionKeys {
  const { DUECOURSE_ENCRYPTION_KEYS: text, DUECOURSE_ENCRYPTION_KEYS_FILE: path } = environment;
  if (text !== undefined && path !== undefined)
    throw bad('DUECOURSE_ENCRYPTION_KEYS', 'DUECOURSE_ENCRYPTION_KEYS_FILE is set as well; set one of them');
  if (text !== undefined) return parseKeys(text, 'DUECOURSE_ENCRYPTION_KEYS');
  return path === undefined ? [] : parseKeys(textOf(path), `DUECOURSE_ENCRYPTION_KEYS_FILE (${path})`);
}

/**
 * Reads keys: `id:base64`, parted by commas or line ends; a line that begins with # is a remark.
 *
 * @param source what messages call the text
 * @throws EncryptionProblem 'bad-keys'
 */
export function parseKeys(text: string, source: string): EncryptionKeys {
  const entries = text
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .join(',')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) throw bad(source, 'there is no key in it');
  const keys = entries.map((entry, index) => parseKey(entry, source, `key ${index + 1}`));
  for (const [index, { id, secret }] of keys.entries()) {
    const twin = keys.slice(0, index).find((earlier) => earlier.id === id || earlier.secret.equals(secret));
    if (twin?.id === id) throw bad(source, `the id "${id}" is there twice; each key has an id of its own`);
    if (twin !== undefined) throw bad(source, `"${twin.id}" and "${id}" are the same key`);
  }
  return keys;
}

function parseKey(entry: string, source: string, which: string): EncryptionKey {
  const { id, secret } = ENTRY.exec(entry)?.groups ?? {};
  if (id === undefined || secret === undefined)
    throw bad(
      source,
      `${which} is not id:base64; an id has up to 32 letters, digits, dots, hyphens and underscores. Make one with: duecourse keys new`,
    );
  const bytes = Buffer.from(secret, 'base64');
  // Node reads what it can and drops the rest; what doesn't come back as it was is no base64.
  if (!BASE64.test(secret) || bytes.toString('base64').replace(/=+$/, '') !== secret.replace(/=+$/, ''))
    throw bad(source, `${which} ("${id}") is not base64`);
  if (bytes.length !== BYTES) throw bad(source, `${which} ("${id}") has ${bytes.length} bytes; it must have ${BYTES}`);
  return { id, secret: createSecretKey(bytes) };
}

/** A fresh key as it is written in the setting: its id is the day (`YYYY-MM-DD`) with two random digits behind it. */
export function newKey(day: string): string {
  return `${day}-${randomBytes(1).toString('hex')}:${randomBytes(BYTES).toString('base64')}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it can’t be read';
    throw bad('DUECOURSE_ENCRYPTION_KEYS_FILE', `${path} can't be read: ${why}`);
  }
}

function bad(source: string, what: string): EncryptionProblem {
  return new EncryptionProblem('bad-keys', `${source} can't be used: ${what}.`);
}
