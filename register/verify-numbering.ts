import { inspectionRef } from '../domain/inspection-ref.ts';
import type { EntryBody } from './append.ts';
import type { Finding } from './findings.ts';

/** What a lifecycle calls its entries: `lifecycle/<seq>`, from 1 without a gap. */
const LIFECYCLE_KEY = /^lifecycle\/(\d+)$/;

/** What an entry of kind 'entries-missing' says: numbers that nobody has any more, each range with both its ends. */
export interface MissingEntries {
  missing: Range[];
}

/** Both ends included. */
type Range = [from: number, to: number];

interface Numbers {
  /** Those that are there, in the order of the chain: nearly always one range. */
  there: Range[];
  /** Said to be missing. */
  missing: MissingEntries['missing'];
}

/** The numbers that each inspection's lifecycle has given its entries, gathered while the chain is read. */
export class ExpectedNumbering {
  private readonly inspections = new Map<string, Numbers>();

  add(reference: string, key: string, { kind, data }: Pick<EntryBody, 'kind' | 'data'>): void {
    const seq = LIFECYCLE_KEY.exec(key)?.[1];
    if (seq === undefined) return;
    const numbers = this.inspections.get(reference) ?? { there: [], missing: [] };
    this.inspections.set(reference, numbers);
    addTo(numbers.there, Number(seq));
    if (kind === 'entries-missing') numbers.missing.push(...((data as Partial<MissingEntries>).missing ?? []));
  }

  /**
   * The numbers that are missing: entries that an inspection has counted and the register never got, or has lost.
   *
   * @param kept up to which number each open inspection's entries were there when its state was kept
   */
  gaps(authority: string, kept: ReadonlyMap<string, number>): Finding[] {
    const references = new Set([...this.inspections.keys(), ...kept.keys()]);
    return [...references].flatMap((reference) => {
      const { there, missing } = this.inspections.get(reference) ?? { there: [], missing: [] };
      const sorted = there.toSorted(([a], [b]) => a - b);
      const what = inspectionRef(authority, reference);
      const inside = sorted.flatMap(([from], index) => {
        const before = sorted[index - 1]?.[1] ?? 0;
        if (from <= before + 1 || isSaid(missing, before + 1, from - 1)) return [];
        return [finding(what, before + 1, from - 1, `the inspection has counted on to ${from}`)];
      });
      const [last, known] = [sorted.at(-1)?.[1] ?? 0, kept.get(reference) ?? 0];
      if (known <= last) return inside;
      return [...inside, finding(what, last + 1, known, `its state was kept when entry ${known} was there`)];
    });
  }
}

function addTo(ranges: Range[], seq: number): void {
  const last = ranges.at(-1);
  if (last?.[1] === seq - 1) last[1] = seq;
  else ranges.push([seq, seq]);
}

function finding(what: string, from: number, to: number, how: string): Finding {
  const missing = from === to ? `its entry ${from} is` : `its entries ${from} to ${to} are`;
  return { where: 'numbering', what, why: `${missing} missing: ${how}` };
}

const isSaid = (missing: MissingEntries['missing'], from: number, to: number): boolean =>
  missing.some(([first, last]) => first <= from && to <= last);
