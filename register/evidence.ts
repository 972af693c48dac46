import { type Evidence, evidenceIn } from '../domain/evidence/evidence.ts';
import { fileNamedIn } from '../domain/evidence/named-file.ts';
import type { EvidenceType } from '../domain/evidence/kinds.ts';
import type { EntryBody } from './append.ts';
import { removePast } from './apply-retention.ts';
import type { Queries } from './database.ts';
import { entriesIn, ENTRY_COLUMNS, type EntryRow, opened } from './sealed.ts';

/** The content of a file of evidence, by its council and its SHA-256. */
export interface KeptEvidence {
  authority: string;
  /** 64 hexadecimal digits. */
  sha256: string;
  type: EvidenceType;
  content: Buffer;
}

/** Files of evidence, and which inspection's duties they show. */
export interface EvidenceRegister {
  /** Keeps a file, once; one that no entry comes to name is gone after its time (domain/retention.ts). `at` is UTC. */
  keep(file: KeptEvidence, at: string): Promise<void>;
  /** Undefined where it is not there, or was erased. */
  find(authority: string, sha256: string): Promise<KeptEvidence | undefined>;
  /** What was given for an inspection's duties, or for one of them, in order; what was erased of it is left out. */
  of(inspection: { authority: string; reference: string }, milestone?: string): Promise<ListedEvidence[]>;
}

/** Evidence with whether its file is still there. */
export interface ListedEvidence extends Evidence {
  /** False where the content of its file was erased. */
  isThere: boolean;
}

export function evidenceRegisterOf({ query }: Queries): EvidenceRegister {
  return {
    async keep({ authority, sha256, type, content }, at) {
      await query(
        `INSERT INTO evidence_file VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (authority, sha256) DO UPDATE SET unclaimed_since = $6
         WHERE evidence_file.unclaimed_since IS NOT NULL`,
        [authority, sha256, type, content.length, content, at],
      );
      await removePast({ query }, 'unused-evidence', at);
    },
    async find(authority, sha256) {
      const [row] = await query<KeptEvidence>(
        'SELECT authority, sha256, type, content FROM evidence_file WHERE authority = $1 AND sha256 = $2',
        [authority, sha256],
      );
      return row;
    },
    async of({ authority, reference }, milestone) {
      const rows = await query<EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM ${entriesIn(
          `(SELECT * FROM entry WHERE authority = $1 AND reference = $2 AND kind = 'evidence-added'
            AND ($3::text IS NULL OR milestone = $3))`,
        )} ORDER BY e.number`,
        [authority, reference, milestone ?? null],
      );
      const found = rows.flatMap((row) => evidenceIn(opened(row)) ?? []);
      const there = await query<{ sha256: string }>(
        'SELECT sha256 FROM evidence_file WHERE authority = $1 AND sha256 = ANY($2)',
        [authority, found.flatMap(({ file }) => file?.sha256 ?? [])],
      );
      const kept = new Set(there.map(({ sha256 }) => sha256));
      return found.map((each) => ({ ...each, isThere: each.file === null || kept.has(each.file.sha256) }));
    },
  };
}

/** The files that entries name belong to the record from now on. */
export async function claimEvidence({ query }: Queries, authority: string, added: readonly EntryBody[]): Promise<void> {
  const named = added.flatMap((entry) => fileNamedIn(entry)?.sha256 ?? []);
  if (named.length === 0) return;
  await query('UPDATE evidence_file SET unclaimed_since = NULL WHERE authority = $1 AND sha256 = ANY($2)', [
    authority,
    named,
  ]);
}
