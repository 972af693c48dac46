import type { Queries } from './database.ts';
import { jsonIn, type SealedPart } from './sealed.ts';

/** What the entry about an erasure says, beside its reason: which parts and histories it changed, and nobody's name. */
export interface ErasureRecord {
  /** `now` is the commitment to what was left of it; null where nothing was. */
  parts: { number: number; part: SealedPart['part']; now: string | null }[];
  /** The SHA-256 of archived bytes before and after. */
  histories: { reference: string; run: string; from: string; to: string }[];
  /** The SHA-256 of files of evidence that are gone; absent where there were none. */
  evidence?: string[];
}

/** What is left, by the last erasure of each part (`<number> <part>`); and how archived bytes were replaced, in order. */
export interface Erasures {
  parts: Map<string, string | null>;
  histories: ErasureRecord['histories'];
  evidence: string[];
}

/** All erasures of an authority's chain; whether their entries are genuine is for the check of the chain to say. */
export async function erasuresOf({ query }: Queries, authority: string): Promise<Erasures> {
  const rows = await query<{ number: string; body: string }>(
    `SELECT number, body FROM entry WHERE authority = $1 AND kind = 'personal-data-erased' ORDER BY number`,
    [authority],
  );
  const erasures: Erasures = { parts: new Map(), histories: [], evidence: [] };
  for (const { number, body } of rows) {
    const { parts = [], histories = [], evidence = [] } = recordIn(body);
    // An erasure speaks of what was there before it.
    for (const each of parts)
      if (each.number < Number(number)) erasures.parts.set(`${each.number} ${each.part}`, each.now);
    erasures.histories.push(...histories);
    erasures.evidence.push(...evidence);
  }
  return erasures;
}

function recordIn(body: string): Partial<ErasureRecord> {
  const { words } = jsonIn<{ words?: { data?: Partial<ErasureRecord> } }>(body, {});
  return words?.data ?? {};
}
