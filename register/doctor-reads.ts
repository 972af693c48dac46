import { FINAL_STATES } from './mail-claims.ts';
import { type RegisterTrouble, troubleOf } from './condition.ts';
import type { Database } from './database.ts';

/** Mail that has no end yet, longer than it should. */
export interface WaitingMail {
  /** Put off, and not sent since; the newest reason. */
  putOff: { count: number; since: string; reason: string } | null;
  /** Begun, and nobody has said what became of it. */
  unsettled: { count: number; since: string } | null;
}

/** What the register is asked to see whether all is well. */
export interface DoctorRegister {
  /** Null where it takes what is written. */
  trouble(identity: string): Promise<RegisterTrouble | null>;
  /** PostgreSQL's version, `18.1`. */
  version(): Promise<string>;
  /** Mail that waits at an instant, UTC. */
  waitingMail(now: string): Promise<WaitingMail>;
}

export function doctorReadsOf(database: Database): DoctorRegister {
  const { query } = database;
  return {
    trouble: (identity) => troubleOf(database, identity),
    async version() {
      const [row] = await query<{ server_version: string }>('SHOW server_version');
      return (row?.server_version ?? 'unknown').split(' ')[0] ?? 'unknown';
    },
    waitingMail: (now) => waitingMail(database, now),
  };
}

const PUT_OFF_MS = 60 * 60_000;
const UNSETTLED_MS = 15 * 60_000;

/** Of an inspection that was closed or cancelled nothing is mailed any more: what was put off then waits for nobody. */
const TOLD_OF = `NOT EXISTS (SELECT 1 FROM inspection i
  WHERE i.authority = m.authority AND i.reference = m.reference AND i.status IN ('closed', 'cancelled'))`;

async function waitingMail({ query }: Pick<Database, 'query'>, now: string): Promise<WaitingMail> {
  const before = (ms: number): string => new Date(Date.parse(now) - ms).toISOString();
  // Made anew another day, it has another digest: what has reached the same person since is not waiting.
  const [putOff] = await query<{ count: string; since: string | null; reason: string | null }>(
    `SELECT count(*) AS count, min(m.claimed_at) AS since, (array_agg(m.reason ORDER BY m.settled_at DESC))[1] AS reason
     FROM mail m WHERE m.state = 'delayed' AND m.claimed_at < $1 AND ${TOLD_OF} AND NOT EXISTS (
       SELECT 1 FROM mail l WHERE l.authority = m.authority AND l.reference = m.reference AND l.recipient = m.recipient
         AND l.claimed_at > m.claimed_at AND l.state IN (${FINAL_STATES}))`,
    [before(PUT_OFF_MS)],
  );
  const [unsettled] = await query<{ count: string; since: string | null }>(
    `SELECT count(*) AS count, min(claimed_at) AS since FROM mail m WHERE state = 'claimed' AND claimed_at < $1 AND ${TOLD_OF}`,
    [before(UNSETTLED_MS)],
  );
  return {
    putOff:
      putOff?.since === undefined || putOff.since === null
        ? null
        : { count: Number(putOff.count), since: putOff.since, reason: putOff.reason ?? 'no reason given' },
    unsettled:
      unsettled?.since === undefined || unsettled.since === null
        ? null
        : { count: Number(unsettled.count), since: unsettled.since },
  };
}
