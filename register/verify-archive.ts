import { createHash } from 'node:crypto';
import type { Manifest } from '../domain/archive/manifest.ts';
import type { EntryBody } from './append.ts';
import { canonical } from '../domain/canonical.ts';
import type { Queries } from './database.ts';
import type { ErasureRecord } from './erasures.ts';
import type { Finding } from './findings.ts';
import { isSigned } from './signing.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';

/** An entry that names the bytes of runs, with its number in the chain. */
interface Claim {
  number: number;
  reference: string;
  /** The hash of the entry before it. */
  previous: string;
  data: EntryBody['data'];
}

/** Where an entry stands. */
export type Place = Omit<Claim, 'data'>;

/** What the archive beside an authority's chain must hold, gathered while the chain is read from its beginning. */
export class ExpectedArchive {
  private readonly manifests: Claim[] = [];
  /** The bytes that each run must have by the last entry about it. */
  private readonly hashes = new Map<string, string>();

  private readonly replaced: ErasureRecord['histories'];

  /** @param replaced how erasures have replaced archived bytes, in order */
  constructor(replaced: ErasureRecord['histories']) {
    this.replaced = replaced;
  }

  add({ number, reference, previous }: Place, { kind, data }: EntryBody): void {
    if (kind === 'history-archived') {
      this.manifests.push({ number, reference, previous, data });
      for (const { run, sha256 } of manifestIn(data).runs) this.hashes.set(`${reference} ${run}`, sha256);
    }
  }

  async differences({ query }: Queries, authority: string): Promise<Finding[]> {
    const keys = await query<{ fingerprint: string; public_key: string }>('SELECT * FROM signing_key');
    const known = new Map(keys.map((key) => [key.fingerprint, key.public_key]));
    const findings = this.manifests.flatMap((claim) => signatureOf(claim, known));
    const runs = await query<{ reference: string; run: string }>(
      'SELECT reference, run FROM archived_history WHERE authority = $1 ORDER BY reference, run',
      [authority],
    );
    const finding = (what: string, why: string): Finding => ({ where: 'archive', what, why });
    const left = new Map(this.hashes);
    for (const { reference, run } of runs) {
      const what = `${inspectionRef(authority, reference)} run ${run}`;
      const expected = this.nowOf(reference, run, left.get(`${reference} ${run}`));
      left.delete(`${reference} ${run}`);
      if (expected === undefined) {
        findings.push(finding(what, 'no manifest names it'));
        continue;
      }
      // One at a time: a history may be tens of megabytes.
      const [row] = await query<{ content: Buffer }>(
        'SELECT content FROM archived_history WHERE authority = $1 AND reference = $2 AND run = $3',
        [authority, reference, run],
      );
      const hash = createHash('sha256')
        .update(row?.content ?? Buffer.alloc(0))
        .digest('hex');
      if (hash !== expected) findings.push(finding(what, 'its history was altered: it is not what its manifest says'));
    }
    for (const key of left.keys())
      findings.push(finding(`${authority}/${key.replace(' ', ' run ')}`, 'its history is missing'));
    return findings;
  }

  /** The bytes that a run must have after the erasures on record. */
  private nowOf(reference: string, run: string, signed: string | undefined): string | undefined {
    return this.replaced
      .filter((each) => each.reference === reference && each.run === run)
      .reduce((hash, { from, to }) => (hash === from ? to : hash), signed);
  }
}

function signatureOf({ number, previous, data }: Claim, keys: ReadonlyMap<string, string>): Finding[] {
  const manifest = manifestIn(data);
  const { signature } = data;
  const what = `manifest in entry ${number}`;
  const publicKey = keys.get(manifest.key);
  if (publicKey === undefined)
    return [{ where: 'archive', what, why: `the key ${manifest.key} that signed it is missing` }];
  if (manifest.follows.hash !== previous || manifest.follows.number !== number - 1)
    return [{ where: 'archive', what, why: 'the chain before it is not the one that was signed' }];
  return isSigned(canonical(data['manifest']), typeof signature === 'string' ? signature : '', publicKey, manifest.key)
    ? []
    : [{ where: 'archive', what, why: 'its signature is not that of its key' }];
}

/** Of an entry that somebody may have forged: only its shape is taken for granted where it is there. */
function manifestIn(data: EntryBody['data']): Pick<Manifest, 'runs' | 'key' | 'follows'> {
  const manifest = (data['manifest'] ?? {}) as Partial<Manifest>;
  const follows = manifest.follows ?? { number: -1, hash: '' };
  return { follows, runs: Array.isArray(manifest.runs) ? manifest.runs : [], key: manifest.key ?? 'of nobody' };
}
