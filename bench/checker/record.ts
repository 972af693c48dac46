import { createHash } from 'node:crypto';
import pg from 'pg';

/**
 * What the register says, read by the checker's own SQL and not by the register's code. How entries are kept is known here
 * alone.
 */
export interface Recorded {
  inspections: InspectionRecord[];
  chains: BrokenChain[];
  entries: number;
}

export interface InspectionRecord {
  /** `<authority>/<reference>`. */
  reference: string;
  title: string;
  startedBy: string;
  entries: Entry[];
  /** The table beside the chain: a milestone's newest state. */
  table: Map<string, Row>;
}

export interface Entry {
  seq: number;
  at: string;
  kind: string;
  milestone: string | null;
  data: Record<string, unknown>;
  row: Row | null;
}

export interface Row {
  title: string;
  due: string;
  dueVersion: number;
  status: string;
  owner: string;
  strength: string;
}

export interface BrokenChain {
  authority: string;
  why: string;
}

interface StoredEntry {
  authority: string;
  number: string;
  reference: string;
  key: string;
  body: string;
  previous_hash: string;
  hash: string;
}

interface Body extends Entry {
  actor: { role: string } | null;
}

/** Reads everything as it was at one moment, while others may write on. */
export async function readRecord(databaseUrl: string): Promise<Recorded> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const { rows: stored } = await client.query<StoredEntry>(
      'SELECT authority, number, reference, key, body, previous_hash, hash FROM entry ORDER BY authority, number',
    );
    const { rows: heads } = await client.query<{ authority: string; head_number: string; head_hash: string }>(
      'SELECT authority, head_number, head_hash FROM authority_chain',
    );
    const { rows: tables } = await client.query<Row & { inspection: string; milestone: string }>(
      `SELECT authority || '/' || reference AS inspection, milestone, title, due, due_version AS "dueVersion", status, owner, strength FROM milestone`,
    );
    const inspections = inspectionsOf(stored);
    for (const { inspection, milestone, ...row } of tables) inspections.get(inspection)?.table.set(milestone, row);
    return { inspections: [...inspections.values()], chains: brokenChains(stored, heads), entries: stored.length };
  } finally {
    await client.end();
  }
}

function inspectionsOf(stored: readonly StoredEntry[]): Map<string, InspectionRecord> {
  const inspections = new Map<string, InspectionRecord>();
  for (const { authority, reference, body } of stored) {
    const id = `${authority}/${reference}`;
    const { actor, ...entry } = JSON.parse(body) as Body;
    const known: InspectionRecord = inspections.get(id) ?? {
      reference: id,
      title: '',
      startedBy: '',
      entries: [],
      table: new Map(),
    };
    known.entries.push(entry);
    if (entry.kind === 'inspection-started') {
      known.title = String(entry.data['title']);
      known.startedBy = actor?.role ?? '';
    }
    inspections.set(id, known);
  }
  return inspections;
}

/**
 * Each entry's hash is the SHA-256 of the JSON list [hash before, authority, reference, key, number, body]; sixty-four
 * noughts come before the first, numbers count from 1, and the chain's head names the last.
 */
function brokenChains(
  stored: readonly StoredEntry[],
  heads: readonly { authority: string; head_number: string; head_hash: string }[],
): BrokenChain[] {
  const ends = new Map<string, { number: number; hash: string }>();
  const broken = new Map<string, string>();
  for (const { authority, number, reference, key, body, previous_hash, hash } of stored) {
    const before = ends.get(authority) ?? { number: 0, hash: '0'.repeat(64) };
    const own = createHash('sha256')
      .update(JSON.stringify([before.hash, authority, reference, key, before.number + 1, body]))
      .digest('hex');
    if (
      !broken.has(authority) &&
      (Number(number) !== before.number + 1 || previous_hash !== before.hash || hash !== own)
    )
      broken.set(authority, `entry ${number} does not follow from the one before it, or was altered`);
    ends.set(authority, { number: Number(number), hash });
  }
  for (const { authority, head_number, head_hash } of heads) {
    const end = ends.get(authority);
    if (end?.number !== Number(head_number) || end.hash !== head_hash)
      broken.set(authority, broken.get(authority) ?? `its head names entry ${head_number}, which is not its last`);
  }
  return [...broken].map(([authority, why]) => ({ authority, why }));
}
