import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import { recordedUpTo } from '../domain/lifecycle/kept-state.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { append, type InspectionKey, lockedHead } from './append.ts';
import type { Database, Queries } from './database.ts';
import { EntryGap } from './diverged.ts';
import { keepState } from './kept-states.ts';

/** Where a lifecycle stands that hands its entries over. */
export interface Standing {
  /** Its entries up to this one are in the register, as far as it knows. */
  after: number;
  /** Its state, to be kept with the last of them; null where it could not be had. */
  state: LifecycleState | null;
}

/** A lifecycle's own entries are known by their numbers. */
export const lifecycleKey = (seq: number): string => `lifecycle/${seq}`;

/**
 * Appends what a lifecycle hands over, and keeps its state, in one transaction. Entries that are there already are left
 * alone, so that a delivery may be tried again.
 *
 * @throws EntryGap where the register ends before the first of them, or goes on after the last
 * @throws EntryConflict where another entry stands under the same number
 */
export async function appendDelivery(
  database: Database,
  inspection: InspectionKey,
  entries: readonly RegisterEntry[],
  { after, state }: Standing,
): Promise<void> {
  const last = entries.at(-1);
  if (last === undefined) return mustFollow(database, inspection, after, after);
  await database.inTransaction(async (queries) => {
    // Held from here on: what is looked at must not change before it is appended to.
    await lockedHead(queries, inspection.authority);
    await mustFollow(queries, inspection, after, last.seq);
    await append(
      queries,
      inspection,
      entries.map((entry) => ({ key: lifecycleKey(entry.seq), body: entry })),
    );
    if (state !== null) await keepState(queries, inspection, { state, recorded: recordedUpTo(state), keptAt: last.at });
  });
}

async function mustFollow(
  { query }: Queries,
  { authority, reference }: InspectionKey,
  after: number,
  last: number,
): Promise<void> {
  const [before, beyond] = [lifecycleKey(after), lifecycleKey(last + 1)];
  const rows = await query<{ key: string }>(
    'SELECT key FROM entry WHERE authority = $1 AND reference = $2 AND key = ANY($3)',
    [authority, reference, [before, beyond]],
  );
  const there = new Set(rows.map(({ key }) => key));
  if (after > 0 && !there.has(before))
    throw new EntryGap(`the register lacks entry ${after}, which the inspection's clock takes to be recorded`);
  if (there.has(beyond))
    throw new EntryGap(`the register has an entry ${last + 1}, and the inspection's clock has counted to ${last} only`);
}
