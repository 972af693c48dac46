import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { UnplacedManifest } from '../../domain/archive/manifest.ts';
import type { ArchiveRegister, StoredRun } from '../../register/archive.ts';
import type { Signer } from '../../register/signing.ts';
import type { ClosedRun, Histories } from './histories.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';

/** Which history: a lifecycle's up to one of its runs, or to its newest. */
export interface ArchiveRequest {
  authority: string;
  reference: string;
  run?: string;
}

/** `forgotten`: the engine has no such lifecycle any more, and nothing of it could be kept. */
export type Archived = 'archived' | 'nothing new' | 'forgotten';

export interface ArchiveParts {
  register: { archive: ArchiveRegister };
  histories: Histories;
  signer?: Signer;
}

/**
 * Brings the history of an ended run, and of the runs before it that are not in the register yet, into the register. The
 * chain of runs is followed backwards, each naming the one that it continues: so it is found whole after a reset too.
 *
 * @param at the story's instant, UTC
 * @throws a failure to be tried again where the run goes on, or where there is no key to sign with
 */
export async function archiveHistory(
  { register, histories, signer }: ArchiveParts,
  { authority, reference, run }: ArchiveRequest,
  at: string,
): Promise<Archived> {
  if (signer === undefined) throw noKey();
  const inspection = inspectionRef(authority, reference);
  const workflow = `inspection/${inspection}`;
  const earlier = new Set(await register.archive.runs(authority, reference));
  const runs: ClosedRun[] = [];
  const missing: string[] = [];
  let next: string | null | undefined = run;
  while (next !== null && (next === undefined || !earlier.has(next))) {
    const found: ClosedRun | 'running' | null = await histories.closedRun(workflow, next);
    if (found === 'running') throw ApplicationFailure.retryable(`${workflow} has not ended yet`, 'StillRunning');
    if (found === null) {
      if (next !== undefined && runs.length > 0) missing.push(next);
      break;
    }
    if (earlier.has(found.run)) break;
    runs.unshift(found);
    next = found.continuedFrom;
  }
  const last = runs.at(-1);
  if (last === undefined) return earlier.size === 0 ? 'forgotten' : 'nothing new';
  const stored = await Promise.all(runs.map(compressed));
  const manifest: UnplacedManifest = {
    inspection,
    workflow,
    ended: last.ended,
    runs: runs.map(({ run: id, events, first, last: until }, index) => ({
      run: id,
      events,
      first,
      last: until,
      ...measured(stored[index]?.content ?? Buffer.alloc(0)),
    })),
    earlier: [...earlier].sort(),
    missing,
    key: signer.fingerprint,
  };
  const { handedOn } = last;
  await register.archive.keep({ authority, reference, at, manifest, handedOn }, stored, signer);
  return 'archived';
}

async function compressed({ run, history }: ClosedRun): Promise<StoredRun> {
  return { run, content: await promisify(gzip)(history) };
}

function measured(content: Buffer): { bytes: number; sha256: string } {
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Said at the worker's start; a warning at each of its tries for each inspection would hide what else is in its log. */
function noKey(): ApplicationFailure {
  return ApplicationFailure.create({
    message:
      'This worker has no key to sign the archive with: set DUECOURSE_SIGNING_KEY. Until then the history waits in the engine.',
    type: 'NoSigningKey',
    category: ApplicationFailureCategory.BENIGN,
  });
}
