import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { payloadCodec } from './payload-codec.ts';
import type { EncryptionKeys } from './keys.ts';

const { Payload: message } = proto.temporal.api.common.v1;

/** Small secrets that the register keeps: encrypted with the keys that payloads are encrypted with, where there are any. */
export interface SecretBox {
  /** @param authority whose it is: for another's it does not open */
  seal(secret: string, authority: string): Promise<string>;
  /** @throws EncryptionProblem where its key is not set, or it was altered */
  open(sealed: string, authority: string): Promise<string>;
}

export function secretBox(keys: EncryptionKeys): SecretBox {
  const codec = payloadCodec(keys);
  // What is bound to a payload is the authority of the workflow that it belongs to.
  const contextOf = (authority: string) => ({
    type: 'workflow' as const,
    namespace: '',
    workflowId: `secrets/${authority}`,
  });
  return {
    async seal(secret, authority) {
      const [payload] = await codec.encode([defaultPayloadConverter.toPayload(secret)], contextOf(authority));
      return Buffer.from(message.encode(payload ?? {}).finish()).toString('base64');
    },
    async open(sealed, authority) {
      const [payload] = await codec.decode([message.decode(Buffer.from(sealed, 'base64'))], contextOf(authority));
      return defaultPayloadConverter.fromPayload<string>(payload ?? {});
    },
  };
}
