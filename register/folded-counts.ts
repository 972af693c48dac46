import { mapTable } from '../domain/closed-table.ts';
import { MILESTONE_STANDINGS, type MilestoneStanding } from '../domain/milestone/statuses.ts';
import { conditions, type MilestoneFilter } from './board-reads.ts';
import type { Queries } from './database.ts';
import { STANDS } from './milestone-sql.ts';

/** Duties of a standing, and the rows that a list shows them in. */
export interface FoldedCount {
  duties: number;
  rows: number;
}

export type FoldedCounts = Record<MilestoneStanding, FoldedCount>;

/** What was counted of one council: it holds while the head of its chain is the same, until the next of its dates has passed. */
interface Kept {
  head: string;
  /** Instants, UTC: from (inclusive) and before. */
  from: string;
  before: string;
  counts: FoldedCounts;
}

/** Councils' counts that are kept at most, of all filters together: the lists that somebody of all councils goes through in a morning. */
const MAX_KEPT = 5000;
/** In milliseconds: tables that were made anew from the entries, after they had been damaged, change no chain. */
const MAX_AGE_MS = 300_000;
/** After every instant. */
const NEVER = '9999';

/** What was counted, by filter and council. */
export type KeptCounts = Map<string, Map<string, Kept>>;

export const keptCounts = (): KeptCounts => new Map();

/**
 * How many milestones of open inspections there are of each standing, and in how many rows a list shows them, under all filters
 * but that of standing. Counted are only councils of which something has changed since they were counted last.
 *
 * @param now an instant, UTC
 */
export async function foldedCounts(
  { query }: Queries,
  kept: KeptCounts,
  now: string,
  { authorities, ...others }: MilestoneFilter,
): Promise<FoldedCounts> {
  const key = JSON.stringify({ ...others, status: undefined });
  const own = kept.get(key) ?? new Map<string, Kept>();
  // Before they are counted: what is recorded meanwhile is counted again.
  const heads = await headsOf({ query }, authorities);
  const holds = (authority: string): boolean => {
    const known = own.get(authority);
    return known !== undefined && known.head === heads.get(authority) && known.from <= now && now < known.before;
  };
  const changed = [...heads.keys()].filter((authority) => !holds(authority));
  if (changed.length > 0) {
    const counted = await countEach({ query }, now, { ...others, authorities: changed });
    for (const authority of changed)
      own.set(authority, { head: heads.get(authority) ?? '', ...(counted.get(authority) ?? nothingAt(now)) });
  }
  // The filter that was asked for last stands last.
  kept.delete(key);
  kept.set(key, own);
  dropOldest(kept);
  return sumOf([...heads.keys()].flatMap((authority) => own.get(authority)?.counts ?? []));
}

/** The head of each council's chain. One without a chain has no duties. */
export async function headsOf({ query }: Queries, authorities: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ authority: string; head: string }>(
    'SELECT authority, head_hash AS head FROM authority_chain WHERE authority = ANY($1)',
    [authorities],
  );
  return new Map(rows.map(({ authority, head }) => [authority, head]));
}

const none = (): FoldedCounts => mapTable(MILESTONE_STANDINGS, () => ({ duties: 0, rows: 0 }));

const notAfter = (now: string): string => new Date(Date.parse(now) + MAX_AGE_MS).toISOString();

const nothingAt = (now: string): Omit<Kept, 'head'> => ({ from: now, before: notAfter(now), counts: none() });

/** The counts of each of some councils, and the next of their dates, at an instant (UTC). */
async function countEach(
  { query }: Queries,
  now: string,
  filter: MilestoneFilter,
): Promise<Map<string, Omit<Kept, 'head'>>> {
  const { from, where, values } = conditions({ ...filter, status: undefined }, now);
  const counted = await query<{
    authority: string;
    standing: MilestoneStanding;
    next: string | null;
    duties: string;
    rows: string;
  }>(
    `SELECT authority, standing, min(next) AS next, sum(n) AS duties, sum(CASE WHEN cycle IS NULL THEN n ELSE 1 END) AS rows
     FROM (SELECT m.authority, ${STANDS} AS standing, m.cycle, CASE WHEN m.cycle IS NOT NULL THEN m.reference END AS reference,
         count(*) AS n, min(m.due_at) FILTER (WHERE m.due_at > $1) AS next
       FROM ${from} WHERE ${where} GROUP BY 1, 2, 3, 4) AS folded
     GROUP BY 1, 2`,
    values,
  );
  const found = new Map<string, Omit<Kept, 'head'>>();
  for (const { authority, standing, next, duties, rows } of counted) {
    const known = found.get(authority) ?? nothingAt(now);
    known.counts[standing].duties += Number(duties);
    known.counts[standing].rows += Number(rows);
    if ((next ?? NEVER) < known.before) known.before = next ?? NEVER;
    found.set(authority, known);
  }
  return found;
}

function sumOf(all: readonly FoldedCounts[]): FoldedCounts {
  return all.reduce(
    (sum, counts) =>
      mapTable(sum, ({ duties, rows }, standing) => ({
        duties: duties + counts[standing].duties,
        rows: rows + counts[standing].rows,
      })),
    none(),
  );
}

function dropOldest(kept: Map<string, Map<string, Kept>>): void {
  let all = [...kept.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [key, { size }] of kept) {
    if (all <= MAX_KEPT) return;
    kept.delete(key);
    all -= size;
  }
}
