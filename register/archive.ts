import type { Manifest, RunEnd, UnplacedManifest } from '../domain/archive/manifest.ts';
import { formatDate } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import type { InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import { type Appending, append, lockedHead } from './append.ts';
import { canonical } from '../domain/canonical.ts';
import type { Database, Queries } from './database.ts';
import { type Releasing, releasePayloads } from './payloads.ts';
import type { Signer } from './signing.ts';

/** An inspection whose history the register does not hold to its end. */
export interface Unarchived {
  authority: string;
  reference: string;
  title: string;
  status: InspectionStatus;
  endedAt: string | null;
}

/** What is kept of a run: its manifest's line is made from it. */
export interface StoredRun {
  run: string;
  /** History in protobuf, compressed with gzip. */
  content: Buffer;
}

/** The key of the entry with which a lifecycle's archive ends. */
const END = 'archive/end';

/** How a lifecycle ends that could not say so itself: the register has it open until its history is archived. */
const WORDLESS: readonly RunEnd[] = ['terminated', 'failed', 'timed-out', 'otherwise'];

/** The engine's histories in the register. */
export interface ArchiveRegister {
  /** The runs of a lifecycle that are archived, in no order. */
  runs(authority: string, reference: string): Promise<string[]>;
  /**
   * Keeps runs together with their signed manifest in the chain, all or nothing.
   *
   * @throws Error where another has archived one of them meanwhile: look again
   */
  keep(archive: Releasing & { manifest: UnplacedManifest }, runs: readonly StoredRun[], signer: Signer): Promise<void>;
  /** Inspections without a whole archive: ended ones first, by reference. Open ones among them may well be running. */
  unarchived(): Promise<Unarchived[]>;
}

export function archiveOf(database: Database): ArchiveRegister {
  return {
    async runs(authority, reference) {
      const rows = await database.query<{ run: string }>(
        'SELECT run FROM archived_history WHERE authority = $1 AND reference = $2',
        [authority, reference],
      );
      return rows.map(({ run }) => run);
    },
    keep: (archive, runs, signer) =>
      database.inTransaction(async (queries) => {
        const { authority, reference, at } = archive;
        const head = await lockedHead(queries, authority);
        const follows = { number: Number(head.head_number), hash: head.head_hash };
        const manifest: Manifest = { ...archive.manifest, follows };
        for (const { run, content } of runs)
          await queries.query('INSERT INTO archived_history VALUES ($1, $2, $3, $4)', [
            authority,
            reference,
            run,
            content,
          ]);
        await queries.query('INSERT INTO signing_key VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          signer.fingerprint,
          signer.publicKey,
        ]);
        await releasePayloads(queries, archive);
        const key = manifest.ended === 'continued-as-new' ? `archive/${runs.at(-1)?.run ?? ''}` : END;
        await append(queries, { authority, reference, inspectionTitle: reference }, [
          {
            key,
            body: {
              seq: 0,
              at,
              kind: 'history-archived',
              milestone: null,
              actor: null,
              text: sentence(manifest),
              data: { manifest, signature: signer.sign(canonical(manifest)) },
              row: null,
            },
          },
          ...(WORDLESS.includes(manifest.ended) && (await isOpen(queries, authority, reference))
            ? [stopped(manifest, at)]
            : []),
        ]);
      }, 'unhurried'),
    unarchived: () =>
      database.query<Unarchived>(
        `SELECT i.authority, i.reference, i.title, i.status, i.ended_at AS "endedAt" FROM inspection i
         WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.authority = i.authority AND e.reference = i.reference AND e.key = $1)
         ORDER BY i.status = 'open', i.authority, i.reference`,
        [END],
      ),
  };
}

async function isOpen({ query }: Queries, authority: string, reference: string): Promise<boolean> {
  const open = await query(`SELECT 1 FROM inspection WHERE authority = $1 AND reference = $2 AND status = 'open'`, [
    authority,
    reference,
  ]);
  return open.length > 0;
}

/** The end of an inspection whose lifecycle was ended from outside: from then on nothing of it is late any more. */
function stopped({ ended: how, runs }: Manifest, at: string): Appending {
  const last = runs.at(-1)?.last ?? at;
  return {
    key: 'archive/stopped',
    body: {
      seq: 0,
      at,
      kind: 'inspection-cancelled',
      milestone: null,
      actor: null,
      text: `Stopped in the engine on ${formatDate(localDate(last))} (${how}), not by a command of duecourse: nobody was reminded after that.`,
      data: { ended: how, last },
      row: null,
    },
  };
}

function sentence({ runs, ended, missing }: Manifest): string {
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const what = ended === 'continued-as-new' ? 'a finished part' : `the whole, which ended as ${ended}`;
  const lost = missing.length === 0 ? '' : ' The engine had already forgotten what went before it.';
  return `History archived, ${what}: ${runs.length} run${runs.length === 1 ? '' : 's'}, ${events} events, signed.${lost}`;
}
