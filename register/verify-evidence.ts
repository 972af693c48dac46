import { fileNamedIn } from '../domain/evidence/named-file.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';
import type { EntryBody } from './append.ts';
import type { Queries } from './database.ts';
import type { Finding } from './findings.ts';

/** The files that entries name, gathered while the chain is read: each must be there to the byte, or erased on record. */
export class ExpectedEvidence {
  private readonly named = new Map<string, string>();
  private readonly erased: ReadonlySet<string>;

  /** @param erased the SHA-256 of files that erasures on record have taken */
  constructor(erased: readonly string[]) {
    this.erased = new Set(erased);
  }

  add(reference: string, body: EntryBody): void {
    const file = fileNamedIn(body);
    if (file !== null) this.named.set(file.sha256, `${reference} ${file.name}`);
  }

  async differences({ query }: Queries, authority: string): Promise<Finding[]> {
    const rows = await query<{ sha256: string; is: string; claimed: boolean }>(
      `SELECT sha256, encode(sha256(content), 'hex') AS is, unclaimed_since IS NULL AS claimed
       FROM evidence_file WHERE authority = $1 ORDER BY sha256`,
      [authority],
    );
    const finding = (sha256: string, why: string): Finding => ({
      where: 'evidence',
      what: this.whatOf(authority, sha256),
      why,
    });
    const altered = rows.filter((row) => row.is !== row.sha256).map(({ sha256 }) => finding(sha256, 'altered'));
    const strange = rows
      .filter(({ sha256, claimed }) => claimed && !this.named.has(sha256) && !this.erased.has(sha256))
      .map(({ sha256 }) => finding(sha256, 'no entry names it'));
    const there = new Set(rows.map(({ sha256 }) => sha256));
    const gone = [...this.named.keys()]
      .filter((sha256) => !there.has(sha256) && !this.erased.has(sha256))
      .map((sha256) => finding(sha256, 'missing, and no entry says that it was erased'));
    return [...altered, ...strange, ...gone];
  }

  private whatOf(authority: string, sha256: string): string {
    const [reference = '', ...name] = (this.named.get(sha256) ?? '').split(' ');
    const short = sha256.slice(0, 12);
    return reference === ''
      ? `the file ${short}…`
      : `${inspectionRef(authority, reference)}, ${name.join(' ')} (${short}…)`;
  }
}
