import { createHash } from 'node:crypto';
import { findRole } from '../domain/authority/roles.ts';
import { localDate, localTime } from '../domain/calendar/london.ts';
import { canonical } from '../domain/canonical.ts';
import { type Finding, keyOf } from '../domain/doctor/finding.ts';
import { FINDINGS } from '../domain/doctor/findings.ts';
import { partsOf } from '../domain/inspection-ref.ts';
import type { MilestoneRow } from '../domain/milestone/columns.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { Webhook } from '../domain/schemas/webhooks.ts';
import { eventOf, fallsDue, type Happened, happenedBy, isStuck } from '../domain/webhooks/happened.ts';
import type { EntryBody, InspectionKey } from './append.ts';
import { removePast } from './apply-retention.ts';
import type { Queries } from './database.ts';
import { DATABASE_NOW } from './processes.ts';

/** A council of which addresses outside are told something. */
type Council = Pick<Authority, 'id' | 'name' | 'sending' | 'roles' | 'partners'> & { webhooks: Webhook[] };

/** An invented council tells nobody outside: nor does its mail leave this machine. */
const COUNCILS = `SELECT content->>'id' AS id, content->>'name' AS name, content->'sending' AS sending, content->'webhooks' AS webhooks,
  content->'roles' AS roles, coalesce(content->'partners', '[]') AS partners
  FROM authority_file WHERE content ? 'webhooks' AND NOT content ? 'demonstration'`;

/**
 * Writes what the addresses of a council are to be told of entries just appended, in their transaction: none is lost, and none
 * is there without its entry. Of an inspection that is withdrawn as a mistake nothing more is said.
 */
export async function writeEvents(
  queries: Queries,
  { authority, reference, inspectionTitle: title }: InspectionKey,
  entries: readonly EntryBody[],
): Promise<void> {
  if (entries.some(({ kind }) => kind === 'inspection-withdrawn')) await dropWaiting(queries, authority, reference);
  const found = entries.flatMap((entry) => {
    const event = eventOf(entry);
    return event === undefined ? [] : [{ event, entry }];
  });
  if (found.length === 0) return;
  const [council] = await queries.query<Council>(`${COUNCILS} AND authority = $1`, [authority]);
  if (council === undefined) return;
  const about = { council, place: { reference, title } };
  await write(
    queries,
    found.map(({ event, entry }) => toldTo(council, happenedBy(event, entry, about))),
    // Of stories in another time too: what is past is past here.
    new Date().toISOString(),
  );
}

const dropWaiting = ({ query }: Queries, authority: string, reference: string) =>
  query(
    `UPDATE webhook_delivery SET state = 'dropped', next_at = NULL, answer = 'the inspection was withdrawn as a mistake'
     WHERE authority = $1 AND reference = $2 AND state = 'waiting'`,
    [authority, reference],
  );

/** A row for each address that wants an event. */
interface Delivery {
  id: string;
  authority: string;
  webhook: string;
  event: string;
  reference: string | null;
  at: string;
  told: Happened['told'];
}

function toldTo(council: Council, { event, key, at, owner, told }: Happened): Delivery[] {
  const { id: authority, webhooks } = council;
  const { words, ...rest } = told;
  const holder = owner === undefined ? undefined : findRole(council, owner)?.email?.toLowerCase();
  return webhooks
    .filter(
      ({ on, events, kinds, person }) =>
        on &&
        events.includes(event) &&
        (kinds === undefined || told.duty === undefined || kinds.includes(told.duty.kind)) &&
        (person === undefined || person.toLowerCase() === holder),
    )
    .map((webhook) => ({
      id: deliveryId(authority, webhook.id, `${event}/${key}`),
      ...{ authority, webhook: webhook.id, event, reference: told.inspection.reference, at },
      told: webhook.words && words !== undefined ? { ...rest, words } : rest,
    }));
}

/** What a delivery is known by outside: the same for the same event and address, for good. */
export const deliveryId = (authority: string, webhook: string, key: string): string =>
  `dc_${createHash('sha256')
    .update(canonical([authority, webhook, key]))
    .digest('base64url')
    .slice(0, 32)}`;

/** Written twice it is there once. @param now an instant, UTC: what is past its time by then goes */
export async function write({ query }: Queries, deliveries: readonly Delivery[][], now: string): Promise<void> {
  const rows = deliveries.flat();
  if (rows.length === 0) return;
  await removePast({ query }, 'webhook-delivery', now);
  await query(
    `INSERT INTO webhook_delivery (id, authority, webhook, event, reference, at, told, state, made_at, next_at)
     SELECT id, authority, webhook, event, reference, at, told, 'waiting', ${DATABASE_NOW}, ${DATABASE_NOW}
     FROM jsonb_to_recordset($1::jsonb) AS r(id text, authority text, webhook text, event text, reference text, at text, told jsonb)
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

type DueRow = Parameters<typeof fallsDue>[0] & { reference: string; inspectionTitle: string };

/**
 * Writes that duties fall due today, once the hour has come at which the council's mail goes out; once for each date.
 *
 * @param now an instant, UTC
 */
export async function writeDue(queries: Queries, now: string): Promise<void> {
  const [today, time] = [localDate(now), localTime(now)];
  const councils = await queries.query<Council>(COUNCILS);
  for (const council of councils) {
    if (time < council.sending.time || !council.webhooks.some(({ events }) => events.includes('duty.due'))) continue;
    const rows = await queries.query<DueRow>(
      `SELECT m.reference, i.title AS "inspectionTitle", m.milestone, m.strand, m.title, m.due, m.status, m.owner, m.owner_title AS "ownerTitle"
       FROM milestone m JOIN inspection i USING (authority, reference)
       WHERE m.authority = $1 AND m.inspection_open AND m.due = $2 AND m.status = ANY($3)`,
      [council.id, today, OPEN],
    );
    await write(
      queries,
      rows.map(({ reference, inspectionTitle: title, ...duty }) =>
        toldTo(council, fallsDue(duty, now, { council, place: { reference, title } })),
      ),
      now,
    );
  }
}

/** Nobody waits for what is on hold or was submitted. */
const OPEN: MilestoneRow['status'][] = ['open'];

/** Writes that inspections stand still, of which that was not known until now. */
export async function writeStuck(queries: Queries, findings: readonly Finding[], at: string): Promise<void> {
  const stuck = findings.flatMap((each) => {
    const { area, severity } = FINDINGS[each.code];
    if (area !== 'inspections' || severity !== 'error' || each.inspection === undefined) return [];
    return [{ ...partsOf(each.inspection), key: keyOf(each), what: each.what }];
  });
  if (stuck.length === 0) return;
  const councils = new Map((await queries.query<Council>(COUNCILS)).map((council) => [council.id, council]));
  const titles = await queries.query<{ authority: string; reference: string; title: string }>(
    'SELECT authority, reference, title FROM inspection WHERE reference = ANY($1)',
    [stuck.map(({ reference }) => reference)],
  );
  await write(
    queries,
    stuck.map(({ authority, reference, ...finding }) => {
      const council = councils.get(authority);
      const title = titles.find((each) => each.authority === authority && each.reference === reference)?.title;
      if (council === undefined) return [];
      return toldTo(council, isStuck(finding, at, { council, place: { reference, title: title ?? reference } }));
    }),
    at,
  );
}
