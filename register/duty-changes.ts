import type { DutyChange, InspectionPast } from '../domain/figures/past.ts';
import { ENTRY_KINDS, type EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import type { MilestoneStatus } from '../domain/milestone/milestone.ts';
import type { MilestoneRow } from '../domain/milestone/columns.ts';
import type { Queries } from './database.ts';
import { bodyIn } from './sealed.ts';

/** Between the parts of an entry's column `duty`: in none of them. */
const BETWEEN = '|';

type Counted = Pick<
  MilestoneRow,
  'milestone' | 'due' | 'dueAt' | 'status' | 'strength' | 'owner' | 'endedAt' | 'firstDue' | 'timesGranted' | 'theme'
>;

/** What an entry says of a duty as far as figures are counted from it: short names, dates and instants; no words of anybody. */
export function dutyOf({ seq, row }: { seq: number; row: Counted | null }): string | null {
  if (row === null) return null;
  const { milestone, due, dueAt, status, strength, owner, endedAt, firstDue, timesGranted, theme } = row;
  // Rows of entries from before there were themes in them say nothing of one.
  const parts = [
    milestone,
    seq,
    due,
    dueAt,
    status,
    strength,
    owner,
    endedAt ?? '',
    firstDue,
    timesGranted,
    theme ?? '',
  ];
  return parts.join(BETWEEN);
}

/**
 * What figures of one council are counted from: all that had become of each duty, by the entries alone, in the order of the
 * chain. The index alone is read.
 *
 * @param until an instant, UTC: what was recorded as happening before it
 * @param reference of one inspection, where its figures alone are asked for
 */
export async function pastOf(
  { query }: Queries,
  { authority, reference }: { authority: string; reference?: string | undefined },
  until: string,
): Promise<InspectionPast[]> {
  const values = [authority, reference ?? null, until];
  const where = 'authority = $1 AND ($2::text IS NULL OR reference = $2) AND at < $3';
  const bounds = await query<{ reference: string; at: string; kind: EntryKind }>(
    `SELECT reference, at, kind FROM entry WHERE ${where} AND kind IN (${BOUNDS}) ORDER BY number`,
    values,
  );
  const pasts = new Map<string, InspectionPast>();
  for (const bound of bounds) {
    const known = pasts.get(bound.reference);
    const status = ENTRY_KINDS[bound.kind].ends;
    if (status === undefined && known === undefined)
      pasts.set(bound.reference, { reference: bound.reference, startedAt: bound.at, end: null, changes: [] });
    else if (status !== undefined && known !== undefined) known.end = { at: bound.at, status };
  }
  // One text an inspection: a row an entry is slower to hand over than to count.
  const told = await query<{ reference: string; changes: string }>(
    `SELECT reference, string_agg(at || '${BETWEEN}' || number || '${BETWEEN}' || duty, E'\\n' ORDER BY number) AS changes
     FROM entry WHERE ${where} AND duty IS NOT NULL GROUP BY reference`,
    values,
  );
  for (const { reference, changes } of told) {
    const past = pasts.get(reference);
    // Not pushed by spreading: an inspection may have more of them than a call has room for.
    if (past !== undefined) past.changes = changes.split('\n').map(changeIn);
  }
  return [...pasts.values()];
}

/** Where a council's chain has come to, and whether anything that figures are counted from was added since an entry. */
export interface PastSince {
  head: number;
  /** The entry up to which all has happened before the instant: the clock of whoever recorded it may be ahead of ours. */
  settled: number;
  added: boolean;
}

/** Nobody's clock is ahead by more entries than these. */
const AHEAD = 1000;

/**
 * Has anything been recorded after an entry of a council's chain that happened before an instant? What comes later changes no
 * figure of a day that is over; what was made up again after a backup was restored, or came late, does.
 *
 * @param after the entry's number
 * @param until an instant, UTC
 */
export async function pastSince(
  { query }: Queries,
  { authority, reference }: { authority: string; reference?: string | undefined },
  after: number,
  until: string,
): Promise<PastSince> {
  const [row] = await query<{ head: string; ahead: string | null; added: boolean }>(
    `SELECT head_number AS head,
       (SELECT min(number) FROM entry WHERE authority = $1 AND number > head_number - ${AHEAD} AND at >= $3) AS ahead, EXISTS (SELECT 1 FROM entry WHERE authority = $1 AND number > $2 AND at < $3
       AND ($4::text IS NULL OR reference = $4) AND (duty IS NOT NULL OR kind IN (${BOUNDS}))) AS added
     FROM authority_chain WHERE authority = $1`,
    [authority, after, until, reference ?? null],
  );
  // An older chain than the one that was counted from is another one: a backup was put back.
  const head = Number(row?.head ?? 0);
  const ahead = row?.ahead ?? null;
  const settled = ahead === null ? head : Number(ahead) - 1;
  return { head, settled, added: row?.added === true || head < after };
}

/** As the condition of their index has them. */
const BOUNDS = (
  [
    'inspection-started',
    'entries-missing',
    'inspection-closed',
    'inspection-cancelled',
    'inspection-withdrawn',
  ] as const
)
  .map((kind: EntryKind) => `'${kind}'`)
  .join(', ');

/** Written out part by part: there are many of them, and objects put together by spreading are slow to make and to read. */
function changeIn(line: string): DutyChange {
  const parts = line.split(BETWEEN);
  return {
    at: parts[0] ?? '',
    number: Number(parts[1]),
    milestone: parts[2] ?? '',
    seq: Number(parts[3]),
    due: parts[4] ?? '',
    dueAt: parts[5] ?? '',
    status: parts[6] as MilestoneStatus,
    strength: parts[7] as MilestoneRow['strength'],
    owner: parts[8] ?? '',
    endedAt: parts[9] || null,
    firstDue: parts[10] ?? '',
    timesGranted: Number(parts[11]),
    theme: parts[12] || null,
  };
}

/** What duties were called as entries told of them, by the entries' numbers. */
export async function namesIn(
  { query }: Queries,
  authority: string,
  numbers: readonly number[],
): Promise<Map<number, Pick<MilestoneRow, 'title' | 'ownerTitle' | 'themeTitle'>>> {
  const rows = await query<{ number: string; body: string }>(
    'SELECT number, body FROM entry WHERE authority = $1 AND number = ANY($2::bigint[])',
    [authority, numbers],
  );
  return new Map(
    rows.flatMap(({ number, body }) => {
      const { row } = bodyIn(body);
      return row === null
        ? []
        : [[Number(number), { title: row.title, ownerTitle: row.ownerTitle, themeTitle: row.themeTitle ?? null }]];
    }),
  );
}
