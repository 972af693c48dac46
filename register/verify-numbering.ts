import { inspectionRef } from '../domain/inspection-ref.ts';
import type { Finding } from './findings.ts';

/** What a lifecycle calls its entries: `lifecycle/<seq>`, from 1 without a gap. */
const LIFECYCLE_KEY = /^lifecycle\/(\d+)$/;

/** The numbers that each inspection's lifecycle has given its entries, gathered while the chain is read. */
export class ExpectedNumbering {
  private readonly seqs = new Map<string, number[]>();

  add(reference: string, key: string): void {
    const seq = LIFECYCLE_KEY.exec(key)?.[1];
    if (seq === undefined) return;
    const known = this.seqs.get(reference);
    if (known === undefined) this.seqs.set(reference, [Number(seq)]);
    else known.push(Number(seq));
  }

  /** The numbers that are missing: entries that an inspection has counted and the register never got. */
  gaps(authority: string): Finding[] {
    return [...this.seqs].flatMap(([reference, seqs]) => {
      const sorted = seqs.toSorted((a, b) => a - b);
      return sorted.flatMap((seq, index) => {
        const before = sorted[index - 1] ?? 0;
        if (seq <= before + 1) return [];
        const missing = seq === before + 2 ? `its entry ${seq - 1} is` : `its entries ${before + 1} to ${seq - 1} are`;
        const why = `${missing} missing: the inspection has counted on to ${seq}`;
        return [{ where: 'numbering' as const, what: inspectionRef(authority, reference), why }];
      });
    });
  }
}
