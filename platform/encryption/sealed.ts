import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { EncryptionProblem } from './encryption-problem.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The first byte of what is encrypted says how the rest is to be read. */
const AS_IT_IS = 0;
const DEFLATED = 1;
/** Shorter ones would hardly become smaller. */
const WORTH_DEFLATING = 512;
/**
 * The most that one payload may hold, in bytes. Far above what is ever sent, and the same both ways: what could not be
 * read again is not written.
 */
export const MAX_BYTES = 16 * 1024 * 1024;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
const { Payload: message } = proto.temporal.api.common.v1;

/**
 * A whole payload, its own metadata included, made small and encrypted: a random IV, what is encrypted, the tag.
 *
 * @param bound authenticated with it, without being part of it
 * @throws EncryptionProblem 'too-large' above MAX_BYTES
 */
export async function seal(payload: Payload, key: KeyObject, bound: Buffer): Promise<Buffer> {
  const plain = message.encode(payload).finish();
  if (plain.length > MAX_BYTES)
    throw new EncryptionProblem('too-large', `This holds ${plain.length} bytes, more than the ${MAX_BYTES} allowed.`);
  const small = plain.length < WORTH_DEFLATING ? plain : await deflate(plain);
  const deflated = small.length < plain.length;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound);
  const parts = [cipher.update(Buffer.of(deflated ? DEFLATED : AS_IT_IS)), cipher.update(deflated ? small : plain)];
  return Buffer.concat([iv, ...parts, cipher.final(), cipher.getAuthTag()]);
}

/**
 * The payload again; undefined where anything of it was altered, or key or bound are not those it was sealed with.
 *
 * @throws EncryptionProblem 'too-large' above MAX_BYTES
 */
export async function open(data: Uint8Array, key: KeyObject, bound: Buffer): Promise<Payload | undefined> {
  const plain = decipher(Buffer.from(data), key, bound);
  if (plain === undefined) return undefined;
  // Authentic from here on; the bound holds all the same, should a key ever be in wrong hands.
  const [how] = plain;
  const rest = plain.subarray(1);
  return message.decode(how === DEFLATED ? await unfold(rest) : rest);
}

async function unfold(deflated: Buffer): Promise<Buffer> {
  try {
    return await inflate(deflated, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new EncryptionProblem('too-large', `This unfolds to more than the ${MAX_BYTES} bytes allowed.`);
    throw error;
  }
}

function decipher(data: Buffer, key: KeyObject, bound: Buffer): Buffer | undefined {
  if (data.length < IV_BYTES + 1 + TAG_BYTES) return undefined;
  const opening = createDecipheriv(CIPHER, key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  opening.setAAD(bound);
  opening.setAuthTag(data.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([opening.update(data.subarray(IV_BYTES, -TAG_BYTES)), opening.final()]);
  } catch {
    return undefined;
  }
}
