import { randomBytes } from 'node:crypto';
import { isDemonstration, NOTHING_LEAVES } from '../domain/authority/demonstration.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { Webhook } from '../domain/schemas/webhooks.ts';
import type { SecretBox } from '../platform/encryption/secret-box.ts';
import type { Register } from '../register/register.ts';
import type { WebhookStanding } from '../register/webhooks.ts';
import type { Engine } from './engine.ts';
import { BadRequest } from './bad-request.ts';
import { EngineProblem } from './engine-problem.ts';

/** What it takes to look after addresses outside: the same for the pages and the command line. */
export interface WebhookServices {
  engine: Pick<Engine, 'nudgeCourier'>;
  register: Pick<Register, 'webhooks'>;
}

/** Why nothing is sent to any address of a council; undefined where it is. */
export const whyNothingIsSent = (authority: Authority): string | undefined =>
  isDemonstration(authority) ? `${NOTHING_LEAVES}, not even a test.` : undefined;

/** @throws BadRequest */
function mustBeSent(authority: Authority): void {
  const why = whyNothingIsSent(authority);
  if (why !== undefined) throw new BadRequest(why);
}

const keyOf = (authority: Authority, { id }: Webhook) => ({ authority: authority.id, webhook: id });

/**
 * Sends something by which whoever keeps the address sees that it works; `mark` is of the one who asks: twice of one mark is once.
 *
 * @throws BadRequest where the council is invented
 */
export async function sendTest(
  services: WebhookServices,
  authority: Authority,
  webhook: Webhook,
  mark: string,
  now: string,
) {
  mustBeSent(authority);
  const told = {
    council: { id: authority.id, name: authority.name },
    inspection: { reference: 'test', title: 'A test: no inspection of yours' },
    path: `/administration/${authority.id}/webhooks/${webhook.id}`,
  };
  await services.register.webhooks.test(keyOf(authority, webhook), told, mark, now);
  await nudge(services, authority, webhook);
}

/**
 * Sends again what was told, one or all that happened since an instant, each under its own id.
 *
 * @returns how many
 * @throws BadRequest where the council is invented
 */
export async function sendAgain(
  services: WebhookServices,
  authority: Authority,
  webhook: Webhook,
  which: { id: string } | { since: string },
): Promise<number> {
  mustBeSent(authority);
  const n = await services.register.webhooks.replay(keyOf(authority, webhook), which);
  if (n > 0) await nudge(services, authority, webhook);
  return n;
}

/** An address that has said that it is gone is told again from now on. */
export async function resume(services: WebhookServices, authority: Authority, webhook: Webhook): Promise<void> {
  await services.register.webhooks.resume(keyOf(authority, webhook));
  await nudge(services, authority, webhook);
}

/** A secret as Standard Webhooks writes it. @param bytes 32 that nobody can guess */
export const secretFrom = (bytes: Buffer = randomBytes(32)): string => `whsec_${bytes.toString('base64')}`;

/** Keeps a secret that was just made; that of before signs beside it for a while. */
export async function keepSecret(
  services: WebhookServices & { secrets: SecretBox },
  authority: Authority,
  webhook: Webhook,
  { secret, now }: { secret: string; now: string },
): Promise<void> {
  const sealed = await services.secrets.seal(secret, authority.id);
  await services.register.webhooks.keepSecret(keyOf(authority, webhook), sealed, now);
  await nudge(services, authority, webhook);
}

/** Where the engine does not answer it goes out a few minutes later: the look whether all is well sees that it waits. */
async function nudge(
  { engine }: Pick<WebhookServices, 'engine'>,
  authority: Authority,
  webhook: Webhook,
): Promise<void> {
  try {
    await engine.nudgeCourier(keyOf(authority, webhook));
  } catch (error) {
    if (!(error instanceof EngineProblem)) throw error;
  }
}

/** How an address stands, in a few words. */
export function standsInWords({ on, format }: Webhook, { secretAt, stoppedAt, waiting }: WebhookStanding): string {
  const waits = waiting === 0 ? '' : `; ${waiting} ${waiting === 1 ? 'waits' : 'wait'}`;
  if (!on) return 'off';
  if (stoppedAt !== null) return 'switched off: it answered that it is gone';
  if (format !== 'teams' && secretAt === null) return `its secret has not been made yet${waits}`;
  return `on${waits}`;
}
