import { type FrozenDocument, FROZEN_KINDS, frozenIn } from '../domain/documents/frozen.ts';
import type { Actor } from '../domain/commands/actor.ts';
import type { EvidenceType } from '../domain/evidence/kinds.ts';
import { formatInstant } from '../domain/calendar/london.ts';
import { append, lockedHead } from './append.ts';
import type { Database } from './database.ts';
import { entriesIn, ENTRY_COLUMNS, type EntryRow, opened } from './sealed.ts';

interface Place {
  authority: string;
  reference: string;
}

/** A document that is to be frozen, with its file. */
export interface Freezing extends Place, Omit<FrozenDocument, 'by'> {
  actor: Actor;
  /** The title of their role. */
  who: string;
  content: Buffer;
  type: EvidenceType;
}

/** A frozen document, and of which inspection it is. */
export interface ListedFrozen extends FrozenDocument {
  reference: string;
  /** False where its file was erased. */
  isThere: boolean;
}

/** Documents that were frozen. */
export interface FrozenRegister {
  /** Keeps a document's file, and says so in the chain, both or neither. The same file again is on record once. */
  freeze(freezing: Freezing): Promise<void>;
  /** Those of an inspection, or of all of a council's, the newest first. */
  list(of: { authority: string; reference?: string }): Promise<ListedFrozen[]>;
}

export function frozenRegisterOf({ query, inTransaction }: Database): FrozenRegister {
  return {
    freeze: async ({ authority, reference, actor, who, content, type, ...document }) => {
      const { kind, title, at, asAt, fingerprint, file } = document;
      await inTransaction(async (queries) => {
        const head = await lockedHead(queries, authority);
        const [there] = await frozen(queries, { authority, reference, sha256: file.sha256 });
        if (there !== undefined) return;
        await queries.query(
          `INSERT INTO evidence_file VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (authority, sha256) DO NOTHING`,
          [authority, file.sha256, type, content.length, content, at],
        );
        const text = `${FROZEN_KINDS[kind]} frozen by ${who}, as at ${formatInstant(asAt)}: ${title}. Fingerprint ${fingerprint}.`;
        const data = { what: kind, title, asAt, fingerprint, ...file, type };
        await append(queries, { authority, reference, inspectionTitle: reference }, [
          {
            key: `frozen/${Number(head.head_number) + 1}`,
            body: { ...{ seq: 0, at, kind: 'document-frozen', milestone: null, actor, text, data, row: null } },
          },
        ]);
      });
    },
    list: (of) => frozen({ query }, of),
  };
}

async function frozen(
  { query }: Pick<Database, 'query'>,
  { authority, reference, sha256 }: { authority: string; reference?: string; sha256?: string },
): Promise<ListedFrozen[]> {
  const rows = await query<EntryRow & { reference: string }>(
    `SELECT e.reference, ${ENTRY_COLUMNS} FROM ${entriesIn(
      `(SELECT * FROM entry WHERE authority = $1 AND kind = 'document-frozen' AND ($2::text IS NULL OR reference = $2))`,
    )} ORDER BY e.number DESC`,
    [authority, reference ?? null],
  );
  const all = rows.flatMap((row) => {
    const found = frozenIn(opened(row));
    return found === undefined || (sha256 !== undefined && found.file.sha256 !== sha256)
      ? []
      : [{ ...found, reference: row.reference }];
  });
  const there = await query<{ sha256: string }>(
    'SELECT sha256 FROM evidence_file WHERE authority = $1 AND sha256 = ANY($2)',
    [authority, all.map(({ file }) => file.sha256)],
  );
  const kept = new Set(there.map((each) => each.sha256));
  return all.map((each) => ({ ...each, isThere: kept.has(each.file.sha256) }));
}
