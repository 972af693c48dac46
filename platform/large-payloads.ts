import { ExternalStorage, type Payload, type StorageDriver, StorageDriverClaim } from '@temporalio/common';
import proto from '@temporalio/proto';
import { createHash } from 'node:crypto';
import { type InspectionRef, inspectionRef, partsOf } from '../domain/inspection-ref.ts';

const { Payload: message } = proto.temporal.api.common.v1;

/** A payload in its store: whose it is, and the SHA-256 of its bytes, 64 hexadecimal digits. */
export interface PayloadKey {
  authority: string;
  reference: string;
  hash: string;
}

/** Where payloads are kept that are too large for the engine. */
export interface PayloadStore {
  /** Keeps bytes; those that are there already are left as they are. */
  keep(key: PayloadKey, bytes: Uint8Array): Promise<void>;
  /** Undefined where they are not there. */
  find(key: PayloadKey): Promise<Uint8Array | undefined>;
}

/**
 * From so many bytes on a payload goes to the store. Temporal takes 2 MB of one and 4 MB of a message; what an inspection of
 * some hundred actions sends stays below, so that it needs no second store to wake.
 */
export const LARGE_PAYLOAD_BYTES = 512 * 1024;

/** Written into every reference: what was stored under a name is found by it as long as the reference lives. */
const DRIVER = 'register';
const LIFECYCLE = /^inspection\/(.+)$/;

/** The SDK's storage, with the store behind it: what the SDK does not read itself is resolved by it. */
export class LargePayloads extends ExternalStorage {
  readonly store: PayloadStore;

  constructor(store: PayloadStore, options: ConstructorParameters<typeof ExternalStorage>[0]) {
    super(options);
    this.store = store;
  }
}

/**
 * Large payloads of lifecycles go to a store, and the engine keeps a reference to each. They are stored as they would have
 * gone to the engine: encrypted where there are keys. What belongs to no inspection (a Schedule, a fan-out) stays with
 * the engine: nothing says when it is needed no more.
 */
export function largePayloadsIn(store: PayloadStore): LargePayloads {
  const driver: StorageDriver = {
    name: DRIVER,
    type: 'duecourse.register',
    store: ({ target }, payloads) =>
      Promise.all(
        payloads.map(async (payload) => {
          const inspection = inspectionOf(target?.id);
          if (inspection === undefined)
            throw new Error(`There is no inspection whose payload "${target?.id}" could be.`);
          const bytes = message.encode(payload).finish();
          const key = { ...partsOf(inspection), hash: hashOf(bytes) };
          await store.keep(key, bytes);
          return new StorageDriverClaim({ ...key });
        }),
      ),
    retrieve: (_context, claims) => Promise.all(claims.map(({ claimData }) => mustFind(keyIn(claimData), store))),
  };
  return new LargePayloads(store, {
    drivers: [driver],
    driverSelector: ({ target }) => (inspectionOf(target?.id) === undefined ? null : driver),
    payloadSizeThreshold: LARGE_PAYLOAD_BYTES,
  });
}

function inspectionOf(workflowId: string | undefined): InspectionRef | undefined {
  return LIFECYCLE.exec(workflowId ?? '')?.[1] as InspectionRef | undefined;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function mustFind(key: PayloadKey, store: PayloadStore): Promise<Payload> {
  const found = await payloadAt(key, store);
  if (found !== undefined) return found;
  const { authority, reference, hash } = key;
  throw new Error(
    `The register does not hold what ${inspectionRef(authority, reference)} goes on with (payload ${hash}): it is of another moment than the engine. Restore a later backup of the register.`,
  );
}

/** @throws Error where it is not what was stored */
async function payloadAt(key: PayloadKey, store: PayloadStore): Promise<Payload | undefined> {
  const bytes = await store.find(key);
  if (bytes === undefined) return undefined;
  if (hashOf(bytes) !== key.hash)
    throw new Error(
      `The payload ${key.hash} of ${inspectionRef(key.authority, key.reference)} was altered in the register.`,
    );
  return message.decode(bytes);
}

function keyIn({ authority, reference, hash }: Record<string, string>): PayloadKey {
  if (authority === undefined || reference === undefined || hash === undefined)
    throw new Error('A reference to a payload does not say which one.');
  return { authority, reference, hash };
}

const REFERENCE = 'temporal.api.sdk.v1.ExternalStorageReference';
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/**
 * Puts the stored payloads into a history's events (or any other message) in place of the references to them. A reference to
 * what is not there any more stays.
 */
export async function resolveReferences(node: unknown, store: PayloadStore): Promise<void> {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  const fields = node as Record<string, unknown>;
  const key = referenceIn(fields);
  if (key === undefined) {
    for (const value of Object.values(fields)) await resolveReferences(value, store);
    return;
  }
  const { metadata, data } = (await payloadAt(key, store)) ?? {};
  if (data !== undefined) Object.assign(fields, { metadata, data, externalPayloads: [] });
}

/** The stored payloads that are referred to anywhere in a message. */
export function referencesIn(node: unknown): PayloadKey[] {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return [];
  const fields = node as Record<string, unknown>;
  const key = referenceIn(fields);
  return key === undefined ? Object.values(fields).flatMap(referencesIn) : [key];
}

/** The key that a payload refers to; undefined where it is no payload, or one as it is. */
function referenceIn({ metadata, data }: Record<string, unknown>): PayloadKey | undefined {
  if (!(data instanceof Uint8Array) || typeof metadata !== 'object' || metadata === null) return undefined;
  const { messageType } = metadata as Record<string, Uint8Array | undefined>;
  if (messageType === undefined || textOf(messageType) !== REFERENCE) return undefined;
  const { driverName, claimData } = JSON.parse(textOf(data)) as { driverName?: string; claimData?: object };
  return driverName === DRIVER ? keyIn({ ...claimData }) : undefined;
}
