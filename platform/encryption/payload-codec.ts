import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { authorityOfWorkflow } from './authority-of-workflow.ts';
import { EncryptionProblem } from './encryption-problem.ts';
import type { EncryptionKeys } from './keys.ts';
import { open, seal } from './sealed.ts';

/** What stands beside an encrypted payload, in the clear: how, by which key, and whose it is. */
const ENCODING = 'encoding';
const KEY_ID = 'encryption-key-id';
const AUTHORITY = 'encryption-authority';
const ENCRYPTED = 'binary/encrypted';

/**
 * Encrypts what Temporal is given to keep, with the first key, and reads what any of the keys has encrypted. What was
 * never encrypted passes as it is. Without keys nothing is encrypted, and what is encrypted is refused by its key's id.
 *
 * Where the workflow is known its authority is bound to the payload: one that is carried over into another authority's
 * workflow is not read there.
 */
export function payloadCodec(keys: EncryptionKeys): PayloadCodec {
  const [first] = keys;
  return {
    async encode(payloads, context) {
      if (first === undefined) return payloads;
      const authority = authorityIn(context);
      return Promise.all(
        payloads.map(async (payload): Promise<Payload> => {
          const data = await seal(payload, first.secret, boundBy(first.id, authority));
          return { metadata: metadataOf(first.id, authority), data };
        }),
      );
    },
    async decode(payloads, context) {
      const here = authorityIn(context);
      return Promise.all(payloads.map((payload) => decrypt(payload, keys, here)));
    },
  };
}

/** Whose an encrypted payload says it is (decrypting it proves that); undefined where it is nobody's in particular. */
export const authorityOfPayload = (payload: Payload): string | undefined => textIn(payload, AUTHORITY);

export function isEncrypted(payload: Payload): boolean {
  return textIn(payload, ENCODING) === ENCRYPTED || textIn(payload, KEY_ID) !== undefined;
}

async function decrypt(payload: Payload, keys: EncryptionKeys, here: string | undefined): Promise<Payload> {
  if (!isEncrypted(payload)) return payload;
  const id = textIn(payload, KEY_ID) ?? '';
  const key = keys.find((each) => each.id === id);
  if (key === undefined)
    throw new EncryptionProblem(
      'unknown-key',
      `This is encrypted with the key "${shown(id)}", which is not among DUECOURSE_ENCRYPTION_KEYS (${keys.map((each) => each.id).join(', ') || 'none are set'}). Add that key to them again.`,
    );
  const authority = authorityOfPayload(payload);
  if (authority !== undefined && here !== undefined && authority !== here)
    throw new EncryptionProblem(
      'wrong-authority',
      `This was encrypted for ${shown(authority)}, and is read for ${here}.`,
    );
  if (textIn(payload, ENCODING) !== ENCRYPTED) throw notAuthentic(id);
  return (
    (await open(payload.data ?? new Uint8Array(), key.secret, boundBy(id, authority))) ??
    Promise.reject(notAuthentic(id))
  );
}

const notAuthentic = (id: string): EncryptionProblem =>
  new EncryptionProblem(
    'not-authentic',
    `This says that it is encrypted with the key "${shown(id)}", but was altered since, or that id stood for another key then.`,
  );

/** What is not secret but must not be altered: it is authenticated with what is encrypted. */
function boundBy(id: string, authority: string | undefined): Buffer {
  return Buffer.from(JSON.stringify([ENCRYPTED, id, authority ?? null]));
}

function metadataOf(id: string, authority: string | undefined): Record<string, Uint8Array> {
  return {
    [ENCODING]: Buffer.from(ENCRYPTED),
    [KEY_ID]: Buffer.from(id),
    ...(authority === undefined ? {} : { [AUTHORITY]: Buffer.from(authority) }),
  };
}

function authorityIn(context: SerializationContext | undefined): string | undefined {
  return context?.workflowId === undefined ? undefined : authorityOfWorkflow(context.workflowId);
}

function textIn({ metadata }: Payload, name: string): string | undefined {
  const value = metadata?.[name];
  return value === undefined || value === null ? undefined : Buffer.from(value).toString('utf8');
}

/** Somebody else may have written it: no more of it than an id has, and nothing that is not an id's. */
const shown = (id: string): string => id.replaceAll(/[^\w.-]/g, '?').slice(0, 80);
