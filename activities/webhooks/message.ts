import { Webhook as Signer } from 'standardwebhooks';
import type { Webhook } from '../../domain/schemas/webhooks.ts';
import { cardOf } from '../../domain/webhooks/card.ts';
import type { WebhookDelivery } from '../../register/webhooks.ts';

/** What is posted to an address. */
interface Message {
  headers: Record<string, string>;
  body: string;
}

interface Signing {
  /** Those that sign, the newest first; a channel of Teams needs none. */
  secrets: readonly string[];
  /** Where the pages are; undefined where nobody has said. */
  boardUrl: string | undefined;
  /** UTC. */
  now: string;
}

/** A delivery as an address wants it: for a program signed, for Teams as a card. */
export function messageOf(
  { id, event, at, told }: WebhookDelivery,
  { format }: Pick<Webhook, 'format'>,
  { secrets, boardUrl, now }: Signing,
): Message {
  const { path, ...data } = told;
  const link = boardUrl === undefined ? undefined : `${boardUrl.replace(/\/+$/, '')}${path}`;
  const headers = { 'content-type': 'application/json', 'user-agent': 'duecourse' };
  if (format === 'teams') return { headers, body: JSON.stringify(cardOf(event, at, told, link)) };
  const body = JSON.stringify({
    type: event,
    timestamp: at,
    data: { ...data, ...(link === undefined ? {} : { link }) },
  });
  const when = new Date(now);
  return {
    headers: {
      ...headers,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(when.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, when, body)).join(' '),
    },
    body,
  };
}
