import type { Payload } from '@temporalio/common';
import { createCipheriv } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { EncryptionKey } from '../../../platform/encryption/keys.ts';

/** Any bytes, deflated and encrypted as a payload is: written anew after docs/encryption.md, to check what reads it. */
export function sealBytes(bytes: Buffer, key: EncryptionKey | undefined, id: string): Payload {
  if (key === undefined) throw new Error('there is no key');
  const iv = Buffer.alloc(12, 1);
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv);
  cipher.setAAD(Buffer.from(`["binary/encrypted","${id}",null]`));
  const body = Buffer.concat([cipher.update(Buffer.concat([Buffer.of(1), deflateRawSync(bytes)])), cipher.final()]);
  return {
    metadata: { encoding: Buffer.from('binary/encrypted'), 'encryption-key-id': Buffer.from(id) },
    data: Buffer.concat([iv, body, cipher.getAuthTag()]),
  };
}
