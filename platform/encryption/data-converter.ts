import type { DataConverter } from '@temporalio/common';
import { join } from 'node:path';
import { largePayloadsIn, type PayloadStore } from '../large-payloads.ts';
import { packageRoot } from '../package-root.ts';
import type { EncryptionKeys } from './keys.ts';
import { payloadCodec } from './payload-codec.ts';

/**
 * What errors become on their way into Temporal, the same in the workflow bundle and outside it: their sentence and
 * their stack are payloads as well. Read by Temporal itself, which can't read TypeScript: so it is JavaScript.
 */
export const failureConverterPath = (): string => join(packageRoot(), 'workflows', 'failure-converter.mjs');

/**
 * For every client and every worker: what passes between them and the server. It is encrypted where there are keys, and
 * goes to the store after that where it is large.
 */
export function dataConverterOf(keys: EncryptionKeys, store: PayloadStore): DataConverter {
  return {
    failureConverterPath: failureConverterPath(),
    payloadCodecs: [payloadCodec(keys)],
    externalStorage: largePayloadsIn(store),
  };
}
