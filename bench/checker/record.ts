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
  reference: `${string}/${string}`;
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
  /** Who acted; null where it was nobody. */
  actor: { id: string; role: string } | null;
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

/** An entry's body: who acted and all words are sealed, with a commitment in their place. */
type Body = Omit<Entry, 'actor' | 'data'> & {
  actor: { role: string; sealed: string } | null;
  words: { sealed: string } | { data: Entry['data'] };
};

/** What is kept beside an entry: its commitment is the SHA-256 of salt and value. */
interface Sealed {
  authority: string;
  number: string;
  part: string;
  salt: string | null;
  value: string | null;
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
    const [beside] = (await client.query<{ there: boolean }>(`SELECT to_regclass('sealed') IS NOT NULL AS there`)).rows;
    const sealed =
      beside?.there === true
        ? (await client.query<Sealed>('SELECT authority, number, part, salt, value FROM sealed')).rows
        : [];
    const { inspections, broken } = inspectionsOf(stored, sealed);
    for (const { inspection, milestone, ...row } of tables) inspections.get(inspection)?.table.set(milestone, row);
    const chains = [...brokenChains(stored, heads), ...broken];
    return { inspections: [...inspections.values()], chains, entries: stored.length };
  } finally {
    await client.end();
  }
}

function inspectionsOf(
  stored: readonly StoredEntry[],
  sealed: readonly Sealed[],
): { inspections: Map<string, InspectionRecord>; broken: BrokenChain[] } {
  const parts = new Map(sealed.map((each) => [`${each.authority} ${each.number} ${each.part}`, each]));
  const inspections = new Map<string, InspectionRecord>();
  const broken: BrokenChain[] = [];
  for (const { authority, number, reference, body } of stored) {
    const id: InspectionRecord['reference'] = `${authority}/${reference}`;
    const part = (name: string, commitment: string): unknown => {
      const { salt, value } = parts.get(`${authority} ${number} ${name}`) ?? {};
      // Erased: nothing is left to be compared.
      if (typeof salt !== 'string' || typeof value !== 'string') return undefined;
      if (createHash('sha256').update(salt).update(value).digest('hex') !== commitment)
        broken.push({ authority, why: `what is sealed beside entry ${number} is not what its commitment says` });
      return JSON.parse(value);
    };
    const entry = opened(JSON.parse(body) as Body, part);
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
      known.startedBy = entry.actor?.role ?? '';
    }
    inspections.set(id, known);
  }
  return { inspections, broken };
}

function opened(body: Body, part: (name: string, commitment: string) => unknown): Entry {
  const { seq, at, kind, milestone, row, actor, words } = body;
  const said = 'sealed' in words ? (part('words', words.sealed) as { data: Entry['data'] } | undefined) : words;
  const id = actor === null ? undefined : part('actor', actor.sealed);
  const who = actor === null ? null : { role: actor.role, id: typeof id === 'string' ? id : 'somebody who was erased' };
  return { seq, at, kind, milestone, row, actor: who, data: said?.data ?? {} };
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
