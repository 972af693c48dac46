import type { Database, Queries } from './database.ts';
import { removePast } from './apply-retention.ts';

/** What a process runs by. Two of one duecourse have the same, but for its release, while an upgrade is under way. */
export interface ProcessMarks {
  /** The release, `0.2.0`. */
  version: string;
  /** SHA-256 of the bundle of workflow code. */
  code: string;
  /** SHA-256 of the files of bank holidays. */
  bankHolidays: string;
  /** SHA-256 of the rule packs, constitutions and definitions of working days. */
  rules: string;
  /** The encryption keys in their order, each `id:mark`; no key can be had from a mark. Empty: nothing is encrypted. */
  keys: string[];
  /** By which secrets are told apart; the secret can't be had from it. Null where the process has none. */
  secret: string | null;
}

/** Which kind of process: one that carries out, or one that shows. `npm start` is a worker that serves the pages as well. */
export type ProcessPart = 'worker' | 'pages';

/** A process as it says that it runs. */
export interface ProcessNote extends ProcessMarks {
  /** Its name for Temporal as well: `duecourse-<number>-<mark>`. */
  identity: string;
  part: ProcessPart;
  host: string;
  taskQueue: string;
  namespace: string;
}

/** A process that runs, or has run within the last minutes. Instants are UTC, by the database's clock. */
export interface RunningProcess extends ProcessNote {
  /** How far its clock is ahead of the database's, in milliseconds, at the least; negative where it is behind. */
  clockOffMs: number;
  startedAt: string;
  seenAt: string;
  /** When it said that it ends; null where it has not. */
  endedAt: string | null;
}

/** Which processes run, as they say themselves. */
export interface ProcessRegister {
  /** Says that a process runs, to be said every minute; returns how far its clock is off, in milliseconds. */
  keep(note: ProcessNote): Promise<number>;
  /** Says that it ends. */
  end(identity: string): Promise<void>;
  /** Those that ran within the last three minutes and have not said that they end, in the order of their names. */
  running(): Promise<RunningProcess[]>;
  /** The same with those that have said so, or have fallen silent some minutes ago. */
  known(): Promise<RunningProcess[]>;
  /** How far this process's clock is ahead of the database's, in milliseconds, at the least; negative where it is behind. */
  clockOff(): Promise<number>;
}

/** How often a process says that it runs. */
export const SAY_EVERY_MS = 60_000;
/** One that has said nothing for so long has been killed, or can't write. */
const SEEN_WITHIN_MS = 3 * SAY_EVERY_MS;

/** An instant of the database's own clock, as all instants are written. */
export const DATABASE_NOW = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = `identity, part, host, version, code, bank_holidays AS "bankHolidays", rules, keys, secret,
  task_queue AS "taskQueue", namespace, clock_off_ms AS "clockOffMs", started_at AS "startedAt", seen_at AS "seenAt",
  ended_at AS "endedAt"`;

export function processesOf(database: Database): ProcessRegister {
  const known = async (): Promise<(RunningProcess & { runs: boolean })[]> =>
    database.query(
      `SELECT ${COLUMNS}, ended_at IS NULL AND seen_at::timestamptz > clock_timestamp() - make_interval(secs => $1) AS runs
       FROM running_process ORDER BY identity`,
      [SEEN_WITHIN_MS / 1000],
    );
  return {
    async keep(note) {
      const off = await clockOff(database);
      await database.inTransaction(async (queries) => {
        const now = await say(queries, note, off);
        await removePast(queries, 'process', now);
      });
      return off;
    },
    async end(identity) {
      await database.query(`UPDATE running_process SET ended_at = ${DATABASE_NOW} WHERE identity = $1`, [identity]);
    },
    running: async () => (await known()).filter(({ runs }) => runs).map(({ runs: _runs, ...each }) => each),
    known: async () => (await known()).map(({ runs: _runs, ...each }) => each),
    clockOff: () => clockOff(database),
  };
}

/** Returns the database's now. */
async function say({ query }: Queries, note: ProcessNote, clockOffMs: number): Promise<string> {
  const { identity, part, host, version, code, bankHolidays, rules, keys, secret, taskQueue, namespace } = note;
  const [row] = await query<{ now: string }>(
    `INSERT INTO running_process (identity, part, host, version, code, bank_holidays, rules, keys, secret, task_queue,
       namespace, clock_off_ms, started_at, seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, ${DATABASE_NOW}, ${DATABASE_NOW})
     ON CONFLICT (identity) DO UPDATE SET clock_off_ms = $12, seen_at = ${DATABASE_NOW}, ended_at = NULL
     RETURNING seen_at AS now`,
    [
      ...[identity, part, host, version, code, bankHolidays, rules, JSON.stringify(keys), secret, taskQueue],
      ...[namespace, clockOffMs],
    ],
  );
  if (row === undefined) throw new Error('the register kept nothing of this process');
  return row.now;
}

/** Asked twice: the first time may be for want of a connection. */
const CLOCK_TRIES = 2;

async function clockOff({ query }: Pick<Database, 'query'>): Promise<number> {
  let best = { off: 0, uncertain: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < CLOCK_TRIES; turn++) {
    const before = Date.now();
    const began = performance.now();
    const [row] = await query<{ ms: string }>('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms');
    const half = (performance.now() - began) / 2;
    if (half < best.uncertain) best = { off: before + half - Number(row?.ms ?? before), uncertain: half };
  }
  // What the way there and back may explain is not held against the clock.
  return Math.round(Math.sign(best.off) * Math.max(0, Math.abs(best.off) - best.uncertain));
}
