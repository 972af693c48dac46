import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns';
import type { RequestListener } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Webhook as Verifier } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import { visit } from '../../activities/webhooks/visit.ts';
import type { Webhook } from '../../domain/schemas/webhooks.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import type { EncryptionKeys } from '../../platform/encryption/keys.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import type { Register } from '../../register/register.ts';
import { type Keep, ownRegister } from '../register/support.ts';
import { council } from '../support/facts.ts';
import { hook } from '../support/hook.ts';
import { CERTIFICATE, outsideServer } from '../support/outside-server.ts';

/** Every name is this machine's own. */
export const toLoopback: LookupFunction = (_name, options, done) => lookup('127.0.0.1', options, done);
export const outside = outsideBy({ allow: 'any', lookup: toLoopback, ca: CERTIFICATE });

/** What a receiver was sent, in order. */
export interface Received {
  id: string;
  headers: Record<string, string>;
  body: string;
}

/** A real receiver: answers with a status, one for each that comes, the last one for all that follow. */
export async function receiver(statuses: number[] = [200], keep: Keep = onTestFinished) {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      received.push({ id: headers['webhook-id'] ?? '', headers, body });
      response.writeHead(statuses[Math.min(received.length, statuses.length) - 1] ?? 200).end();
    });
  };
  const server = await outsideServer(keep, listener);
  return { ...server, received };
}

/** What `standardwebhooks` itself makes of what was received. @throws where it is not signed by the secret */
export const verified = (secret: string, { headers, body }: Received): unknown =>
  new Verifier(secret).verify(body, headers);

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export const KEY = { authority: council.id, webhook: 'performance' };

/** A register in which the council tells one address, with its secret. */
export async function told(parts: Partial<Webhook> & Pick<Webhook, 'address'>, keys: EncryptionKeys = []) {
  const { register, url } = await ownRegister();
  const secret = newSecret();
  const box = secretBox(keys);
  await keepHooks(register, [hook(parts)]);
  await register.webhooks.keepSecret(KEY, await box.seal(secret, council.id), new Date().toISOString());
  return { register, url, secret, box, visit: visitor(register, keys) };
}

export const keepHooks = (register: Register, webhooks: Webhook[], more: object = {}): Promise<void> =>
  register.board.keepAuthority({ ...council, ...more, webhooks }, new Date().toISOString());

/** Visits the address; `later` as if it were so many milliseconds later. */
export const visitor =
  (register: Register, keys: EncryptionKeys = []) =>
  (later = 0, key = KEY) =>
    visit({ register, webhooks: { outside, secrets: secretBox(keys) }, boardUrl: 'https://board.example' }, key, {
      signal: new AbortController().signal,
      clock: async () => (await register.clock()) + later,
    });
