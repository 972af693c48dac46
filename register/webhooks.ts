import { createHash } from 'node:crypto';
import type { DeliveryState } from '../domain/webhooks/states.ts';
import type { Told } from '../domain/webhooks/happened.ts';
import type { WebhookEvent } from '../domain/webhooks/events.ts';
import type { Database, Queries } from './database.ts';
import { DATABASE_NOW } from './processes.ts';
import { deliveryId, write, writeDue } from './webhook-events.ts';

/** An address outside, by its council and its short name there. */
export interface WebhookKey {
  authority: string;
  webhook: string;
}

/** That it works at all: sent when somebody asks for it. */
type DeliveryEvent = WebhookEvent | 'webhook.test';

/** Something that an address is to be told, or was. All instants are UTC. */
export interface WebhookDelivery {
  id: string;
  event: DeliveryEvent;
  /** When it happened. */
  at: string;
  told: Told;
  state: DeliveryState;
  madeAt: string;
  tries: number;
  triedAt: string | null;
  /** What was answered last, a sentence. */
  answer: string | null;
  nextAt: string | null;
}

/** What of an address does not stand in the council's file. */
export interface WebhookStanding {
  /** When its secret was made; null where it has none. */
  secretAt: string | null;
  /** Until when the secret before it signs as well; null where there is none. */
  formerUntil: string | null;
  /** When it said that it is gone; null where it has not, or is another address since. */
  stoppedAt: string | null;
  waiting: number;
  lastDelivered: string | null;
}

/** What became of a try. */
export interface Outcome {
  id: string;
  state: DeliveryState;
  answer: string;
  /** When it is tried next, UTC: where it still waits. */
  nextAt: string | null;
  /** It counts as a try: something was sent, or could not be. */
  isTry: boolean;
}

/** How long a former secret signs beside the new one. */
export const FORMER_SIGNS_MS = 24 * 3_600_000;

/** What addresses outside are told, and how that stands. */
export interface WebhookRegister {
  standing(key: WebhookKey, address: string): Promise<WebhookStanding>;
  /** Keeps a new secret, sealed; the present one signs beside it for a while. The same again changes nothing. */
  keepSecret(key: WebhookKey, sealed: string, at: string): Promise<void>;
  /** The sealed secrets that sign now, the newest first. */
  secrets(key: WebhookKey, now: string): Promise<string[]>;
  /** It has said that it is gone: what waits is not sent, until somebody switches it on again. */
  stop(key: WebhookKey, address: string, at: string): Promise<void>;
  resume(key: WebhookKey): Promise<void>;
  /** What is due to be sent, the oldest first. */
  due(key: WebhookKey, now: string, limit: number): Promise<WebhookDelivery[]>;
  /** When something is due next, UTC; null where nothing waits. */
  nextAt(key: WebhookKey): Promise<string | null>;
  settle(outcome: Outcome): Promise<void>;
  /** What is due waits until then, uncounted. */
  rest(key: WebhookKey, now: string, until: string): Promise<void>;
  /** Nothing that waits is sent: why, a sentence. */
  drop(key: WebhookKey, why: string): Promise<void>;
  /** Those that were made last, the newest first. */
  list(key: WebhookKey, page: { offset: number; limit: number }): Promise<WebhookDelivery[]>;
  delivery(key: WebhookKey, id: string): Promise<WebhookDelivery | null>;
  /** Sends again, under the same id; says how many that are. */
  replay(key: WebhookKey, which: { id: string } | { since: string }): Promise<number>;
  /** Something to try an address by; `mark` tells one from another: of the same mark there is one. */
  test(key: WebhookKey, told: Told, mark: string, at: string): Promise<void>;
  /** Writes that duties fall due today. */
  writeDue(now: string): Promise<void>;
  /** The addresses to which something is due: a council's, or all. */
  dueAddresses(authority?: string): Promise<WebhookKey[]>;
}

const COLUMNS =
  'id, event, at, told, state, made_at AS "madeAt", tries, tried_at AS "triedAt", answer, next_at AS "nextAt"';
const OF = 'authority = $1 AND webhook = $2';

const markOf = (address: string): string => createHash('sha256').update(address).digest('hex');

export function webhooksOf(database: Database): WebhookRegister {
  const { query } = database;
  return {
    async standing({ authority, webhook }, address) {
      const [row] = await query<{
        made_at: string | null;
        former_until: string | null;
        stopped_at: string | null;
        stopped_address: string | null;
      }>('SELECT made_at, former_until, stopped_at, stopped_address FROM webhook WHERE authority = $1 AND id = $2', [
        authority,
        webhook,
      ]);
      const [counts] = await query<{ waiting: string; last: string | null }>(
        `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, max(tried_at) FILTER (WHERE state = 'delivered') AS last
         FROM webhook_delivery WHERE ${OF}`,
        [authority, webhook],
      );
      return {
        secretAt: row?.made_at ?? null,
        formerUntil: row?.former_until ?? null,
        stoppedAt: row?.stopped_address === markOf(address) ? row.stopped_at : null,
        waiting: Number(counts?.waiting ?? 0),
        lastDelivered: counts?.last ?? null,
      };
    },
    async keepSecret({ authority, webhook }, sealed, at) {
      const formerUntil = new Date(Date.parse(at) + FORMER_SIGNS_MS).toISOString();
      await query(
        `INSERT INTO webhook (authority, id, secret, made_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (authority, id) DO UPDATE SET secret = $3, made_at = $4, former_secret = webhook.secret,
           former_until = CASE WHEN webhook.secret IS NULL THEN NULL ELSE $5 END`,
        [authority, webhook, sealed, at, formerUntil],
      );
      await query(`UPDATE webhook_delivery SET next_at = ${DATABASE_NOW} WHERE ${OF} AND state = 'waiting'`, [
        authority,
        webhook,
      ]);
    },
    async secrets({ authority, webhook }, now) {
      const [row] = await query<{ secret: string | null; former: string | null }>(
        `SELECT secret, CASE WHEN former_until > $3 THEN former_secret END AS former FROM webhook
         WHERE authority = $1 AND id = $2`,
        [authority, webhook, now],
      );
      return [row?.secret, row?.former].flatMap((each) => each ?? []);
    },
    async stop({ authority, webhook }, address, at) {
      await query(
        `INSERT INTO webhook (authority, id, stopped_at, stopped_address) VALUES ($1, $2, $3, $4)
         ON CONFLICT (authority, id) DO UPDATE SET stopped_at = $3, stopped_address = $4`,
        [authority, webhook, at, markOf(address)],
      );
    },
    async resume({ authority, webhook }) {
      await query('UPDATE webhook SET stopped_at = NULL, stopped_address = NULL WHERE authority = $1 AND id = $2', [
        authority,
        webhook,
      ]);
    },
    due: ({ authority, webhook }, now, limit) =>
      query<WebhookDelivery>(
        `SELECT ${COLUMNS} FROM webhook_delivery WHERE ${OF} AND state = 'waiting' AND next_at <= $3 ORDER BY next_at, at, id LIMIT $4`,
        [authority, webhook, now, limit],
      ),
    async nextAt({ authority, webhook }) {
      const [row] = await query<{ next: string | null }>(
        `SELECT min(next_at) AS next FROM webhook_delivery WHERE ${OF} AND state = 'waiting'`,
        [authority, webhook],
      );
      return row?.next ?? null;
    },
    async settle({ id, state, answer, nextAt, isTry }) {
      await query(
        `UPDATE webhook_delivery SET state = $2, answer = $3, next_at = $4, tries = tries + $5,
           tried_at = CASE WHEN $5 = 1 THEN ${DATABASE_NOW} ELSE tried_at END
         WHERE id = $1`,
        [id, state, answer, nextAt, isTry ? 1 : 0],
      );
    },
    async rest({ authority, webhook }, now, until) {
      await query(`UPDATE webhook_delivery SET next_at = $4 WHERE ${OF} AND state = 'waiting' AND next_at <= $3`, [
        authority,
        webhook,
        now,
        until,
      ]);
    },
    async drop({ authority, webhook }, why) {
      await query(
        `UPDATE webhook_delivery SET state = 'dropped', next_at = NULL, answer = $3 WHERE ${OF} AND state = 'waiting'`,
        [authority, webhook, why],
      );
    },
    list: ({ authority, webhook }, { offset, limit }) =>
      query<WebhookDelivery>(
        `SELECT ${COLUMNS} FROM webhook_delivery WHERE ${OF} ORDER BY made_at DESC, id LIMIT $3 OFFSET $4`,
        [authority, webhook, limit, offset],
      ),
    async delivery({ authority, webhook }, id) {
      const [row] = await query<WebhookDelivery>(`SELECT ${COLUMNS} FROM webhook_delivery WHERE ${OF} AND id = $3`, [
        authority,
        webhook,
        id,
      ]);
      return row ?? null;
    },
    async replay({ authority, webhook }, which) {
      const [where, value] = 'id' in which ? ['id = $3', which.id] : ['at >= $3', which.since];
      const rows = await query(
        `UPDATE webhook_delivery SET state = 'waiting', tries = 0, next_at = ${DATABASE_NOW} WHERE ${OF} AND ${where} RETURNING 1`,
        [authority, webhook, value],
      );
      return rows.length;
    },
    test: ({ authority, webhook }, told, mark, at) =>
      write(
        database,
        [
          [
            {
              id: deliveryId(authority, webhook, `webhook.test/${mark}`),
              ...{ authority, webhook, event: 'webhook.test', reference: null, at, told },
            },
          ],
        ],
        at,
      ),
    writeDue: (now) => database.inTransaction((queries) => writeDue(queries, now)),
    dueAddresses: (authority) =>
      query<WebhookKey>(
        `SELECT DISTINCT authority, webhook FROM webhook_delivery
         WHERE ($1::text IS NULL OR authority = $1) AND state = 'waiting' AND next_at <= ${DATABASE_NOW}`,
        [authority ?? null],
      ),
  };
}

/** What was kept of addresses that are no longer in their council's file goes with them, their secrets first of all. */
export async function forgetWebhooks({ query }: Queries, authority: string, left: readonly string[]): Promise<void> {
  await query('DELETE FROM webhook WHERE authority = $1 AND NOT id = ANY($2)', [authority, left]);
  await query('DELETE FROM webhook_delivery WHERE authority = $1 AND NOT webhook = ANY($2)', [authority, left]);
}
