import type { Home } from '../domain/closing/homes.ts';
import type { Actor } from '../domain/commands/actor.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import { ENTRY_KINDS, type EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import { isListed, type InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import { namesOf } from '../domain/closed-table.ts';
import type { MilestoneRow } from '../domain/milestone/columns.ts';
import type { AsOfEntry, PublicFacts } from '../domain/publication/public-page.ts';
import { append, lockedHead } from './append.ts';
import type { Database, Queries } from './database.ts';
import { makesKnown, newInspection } from './inspection-row.ts';
import { IS_LISTED, ROW_COLUMNS } from './milestone-sql.ts';
import { ENTRIES, ENTRY_COLUMNS, type EntryRow, opened } from './sealed.ts';

interface Place {
  authority: string;
  reference: string;
}

/** What is said when the public page is switched on or off. */
interface PublicPageChange extends Place {
  isOpen: boolean;
  /** In words, for the record. */
  who: string;
  reason: string;
  actor: Actor;
  /** UTC. */
  at: string;
}

/** What became of a switch. Nobody reads about an inspection that was withdrawn: its page is switched no more. */
type Switched = 'switched' | 'so already' | 'withdrawn';

/** The public pages of inspections. */
export interface PublicationRegister {
  isPublic(place: Place): Promise<boolean>;
  /** Switches it on or off, on record; where it was so already, or the inspection is withdrawn, nothing is recorded. */
  set(change: PublicPageChange): Promise<Switched>;
  /**
   * A mark of all that a page is made from, but for its day: another as soon as anything of the council's record or file is,
   * an erasure too. Null where the public may not read about it.
   */
  markOf(place: Place): Promise<string | null>;
  /** What a page is made from, now. */
  facts(place: Place): Promise<PublicFacts | null>;
  /** The same from the entries alone, as it was after one of them; null where there is none of that number. */
  factsAt(place: Place, number: number): Promise<PublicFacts | null>;
}

export const publicationOf = (database: Database): PublicationRegister => ({
  isPublic: (place) => isPublic(database, place),
  set: (change) => setPublic(database, change),
  markOf: (place) => markOf(database, place),
  facts: (place) => publicFacts(database, place),
  factsAt: (place, number) => publicFactsAt(database, place, number),
});

/** May the public read about this inspection? Its newest word on that is in the chain; one that was withdrawn nobody reads about. */
const isPublic = async (queries: Queries, place: Place): Promise<boolean> =>
  (await isOnLists(queries, place)) && (await newestWord(queries, place)) === 'public-page-opened';

async function isOnLists({ query }: Queries, { authority, reference }: Place): Promise<boolean> {
  const [listed] = await query(`SELECT 1 FROM inspection i WHERE authority = $1 AND reference = $2 AND ${IS_LISTED}`, [
    authority,
    reference,
  ]);
  return listed !== undefined;
}

async function newestWord({ query }: Queries, { authority, reference }: Place): Promise<EntryKind | undefined> {
  const [row] = await query<{ kind: EntryKind }>(NEWEST_WORD, [authority, reference]);
  return row?.kind;
}

const NEWEST_WORD = `SELECT kind FROM entry WHERE authority = $1 AND reference = $2
  AND kind IN ('public-page-opened', 'public-page-closed') ORDER BY number DESC LIMIT 1`;

/** Asked at every look of anybody: one statement, by keys alone. */
async function markOf({ query }: Queries, { authority, reference }: Place): Promise<string | null> {
  const [row] = await query<{ mark: string }>(
    `SELECT c.head_hash || ' ' || coalesce(f.number, 0) AS mark
     FROM authority_chain c JOIN inspection i USING (authority) LEFT JOIN authority_file f USING (authority)
     WHERE c.authority = $1 AND i.reference = $2 AND ${IS_LISTED} AND (${NEWEST_WORD}) = 'public-page-opened'`,
    [authority, reference],
  );
  return row?.mark ?? null;
}

/** Switches the page on or off, as an entry of the chain: who, when and why. */
function setPublic(
  database: Database,
  { authority, reference, isOpen, actor, at, reason, who }: PublicPageChange,
): Promise<Switched> {
  return database.inTransaction(async (queries) => {
    const head = await lockedHead(queries, authority);
    if (!(await isOnLists(queries, { authority, reference }))) return 'withdrawn';
    const kind: EntryKind = isOpen ? 'public-page-opened' : 'public-page-closed';
    const was = (await newestWord(queries, { authority, reference })) ?? 'public-page-closed';
    if (was === kind) return 'so already';
    const text = `The public page was switched ${isOpen ? 'on' : 'off'} by ${who}: ${reason}`;
    await append(queries, { authority, reference, inspectionTitle: reference }, [
      {
        key: `public-page/${Number(head.head_number) + 1}`,
        body: { ...{ seq: 0, at, kind, milestone: null, actor, text }, data: { reason }, row: null },
      },
    ]);
    return 'switched';
  });
}

/** What the public page is made from, as the tables have it, with the entry that they are as of: at one moment. */
function publicFacts(database: Database, { authority, reference }: Place): Promise<PublicFacts | null> {
  return database.inTransaction(async ({ query }) => {
    const [inspection] = await query<{ title: string; status: InspectionStatus }>(
      'SELECT title, status FROM inspection WHERE authority = $1 AND reference = $2',
      [authority, reference],
    );
    const own = await lastEntry({ query }, { authority, reference });
    if (inspection === undefined || own === null) return null;
    const rows = await query<MilestoneRow>(
      `SELECT ${ROW_COLUMNS} FROM milestone m WHERE authority = $1 AND reference = $2 AND strand = 'improvement-actions'`,
      [authority, reference],
    );
    const lapsed = await query<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 AND e.kind = 'milestone-lapsed' ORDER BY e.number`,
      [authority, reference],
    );
    const homes = homesIn(lapsed.map(opened));
    const { titles, newest } = await othersIn({ query }, { authority, named: namedIn(homes) });
    return { authority, reference, ...inspection, rows, homes, titles, entry: later(own, newest) };
  }, 'snapshot');
}

/** The inspection's newest entry: by it a page says what it is as of. */
async function lastEntry({ query }: Queries, { authority, reference }: Place): Promise<AsOfEntry | null> {
  const [row] = await query<{ number: string; hash: string }>(
    'SELECT number, hash FROM entry WHERE authority = $1 AND reference = $2 ORDER BY number DESC LIMIT 1',
    [authority, reference],
  );
  return row === undefined ? null : { number: Number(row.number), hash: row.hash };
}

/** The same facts from the entries alone, as they were after an entry: what a published page is checked against. */
async function publicFactsAt(
  { query }: Queries,
  { authority, reference }: Place,
  number: number,
): Promise<PublicFacts | null> {
  const found = await query<EntryRow & { number: string; hash: string }>(
    `SELECT e.number, e.hash, ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 AND e.number <= $3 ORDER BY e.number`,
    [authority, reference, number],
  );
  const last = found.at(-1);
  if (last === undefined) return null;
  const newest = new Map<string, { seq: number; row: MilestoneRow }>();
  let title = reference;
  let status: InspectionStatus = 'open';
  const entries = found.map(opened);
  for (const entry of entries) {
    title = newInspection(entry, title)?.title ?? title;
    status = ENTRY_KINDS[entry.kind].ends ?? status;
    const { seq, row } = entry;
    if (row !== null && seq >= (newest.get(row.milestone)?.seq ?? 0)) newest.set(row.milestone, { seq, row });
  }
  // Rows of entries from before there were themes in them say nothing of one.
  const rows = [...newest.values()].map(({ row }) => ({ ...NOTHING_SAID, ...row }));
  const homes = homesIn(entries);
  const { titles, newest: other } = await othersIn({ query }, { authority, named: namedIn(homes), until: number });
  const entry = later({ number: Number(last.number), hash: last.hash }, other);
  return entry.number === number ? { authority, reference, title, status, rows, homes, titles, entry } : null;
}

/** Which inspections its actions go on in, by what was said. */
const namedIn = (homes: PublicFacts['homes']): string[] => [
  ...new Set([...homes.values()].flatMap((home) => (home?.to === 'inspection' ? [home.said] : []))),
];

/** What can make another inspection's title public, or no longer so. */
const OF_OTHERS = namesOf(ENTRY_KINDS).filter(
  (kind) => kind.startsWith('public-page-') || ENTRY_KINDS[kind].ends !== undefined || makesKnown(kind),
);

/**
 * The titles of inspections that are named, of those whose own pages are public; and the newest of the entries by which that is
 * so. The page is as of that one where it came later: whether somebody else's page is public changes what may stand on this one.
 *
 * @param until the last entry that counts; without it all do
 */
async function othersIn(
  { query }: Queries,
  { authority, named, until }: { authority: string; named: string[]; until?: number },
): Promise<{ titles: Map<string, string>; newest: AsOfEntry | undefined }> {
  if (named.length === 0) return { titles: new Map(), newest: undefined };
  const found = await query<EntryRow & { reference: string; number: string; hash: string }>(
    `SELECT e.reference, e.number, e.hash, ${ENTRY_COLUMNS} FROM ${ENTRIES}
     WHERE e.authority = $1 AND e.reference = ANY($2) AND e.kind = ANY($3) AND ($4::bigint IS NULL OR e.number <= $4)
     ORDER BY e.number`,
    [authority, named, OF_OTHERS, until ?? null],
  );
  const titles = new Map<string, string>();
  const open = new Set<string>();
  for (const row of found) {
    const entry = opened(row);
    const started = newInspection(entry, row.reference);
    if (started !== undefined) titles.set(row.reference, started.title);
    if (entry.kind === 'public-page-opened') open.add(row.reference);
    const { ends } = ENTRY_KINDS[entry.kind];
    if (entry.kind === 'public-page-closed' || (ends !== undefined && !isListed({ status: ends })))
      open.delete(row.reference);
  }
  const last = found.at(-1);
  return {
    titles: new Map([...titles].filter(([reference]) => open.has(reference))),
    newest: last === undefined ? undefined : { number: Number(last.number), hash: last.hash },
  };
}

const later = (one: AsOfEntry, other: AsOfEntry | undefined): AsOfEntry =>
  other !== undefined && other.number > one.number ? other : one;

/** Where each duty goes that was not finished when the inspection was closed, as its entry says. */
function homesIn(entries: readonly RegisterEntry[]): PublicFacts['homes'] {
  return new Map(
    entries.flatMap(({ kind, milestone, data }) =>
      kind !== 'milestone-lapsed' || milestone === null ? [] : [[milestone, data['home'] as Home | undefined]],
    ),
  );
}

const NOTHING_SAID = { theme: null, themeTitle: null, recommendations: null };
