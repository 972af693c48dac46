import { atMost } from '../../platform/at-most.ts';
import { RegisterUnreachable } from '../../register/register-unreachable.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { EngineProblem } from '../engine-problem.ts';
import { FileProblems, textOf } from '../files/file-problems.ts';
import { loadInspectionFile } from '../files/load.ts';
import { loadStartFor, startOf } from '../files/load-start.ts';
import { byCouncilOnRecord } from '../council-on-record.ts';
import { shownPath } from '../files/text-file.ts';
import { YamlFile } from '../files/yaml-file.ts';
import {
  bringSince,
  likenessOf,
  readyToStart,
  startOnly,
  type StartServices,
  unlessStarted,
} from '../start-inspection.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { errorWords } from '../../platform/error-words.ts';
import { failureOf, failureSentence } from '../../platform/failure.ts';
import { type OverLostConnections, overLostConnections } from './over-lost-connections.ts';
import { isOfAnotherKind } from './find-files.ts';

/** What is wrong with a file, or why its inspection was not started. Lines and columns count from 1. */
export interface ImportProblem {
  file: string;
  line: number | null;
  column: number | null;
  text: string;
}

/** What became of one file. `there`: its inspection had been started from it before; `good`: checked, and no more. */
export interface ImportedFile {
  file: string;
  /** Where the file says so. */
  inspection: InspectionRef | null;
  outcome: 'started' | 'there' | 'good' | 'failed' | 'no-inspection' | 'not-tried';
  problems: ImportProblem[];
}

export interface ImportOptions {
  /** How many are started at a time. */
  atOnce: number;
  /** Null where files are only checked. */
  services: StartServices | null;
  startedBy: (authority: Authority) => Actor;
  /** Told of each file as it is done, in the order in which they are done. */
  tell: (done: ImportedFile) => void;
  /** Told where the register is lost on the way, and when it is there again. */
  tellTrouble: (line: string) => void;
  /** Told where a council's own file on record counts, and not the one that a file names. */
  tellOther: (line: string) => void;
  /** Aborted: what is under way is brought to its end, and nothing else begun. */
  signal: AbortSignal;
}

export interface Imported {
  files: ImportedFile[];
  /** Why the rest was not tried, where it was not. */
  stopped: string | null;
}

/**
 * Starts the inspection of each file; what is wrong with one does not stop the others. Begun again after it was cut
 * off anywhere, it goes on: what stands already is told by the register, so it needs no notes of its own.
 */
export async function importFiles(paths: readonly string[], options: ImportOptions): Promise<Imported> {
  const slot = atMost(options.atOnce);
  const claimed = new Map<string, Claimed>();
  const patiently = overLostConnections(options.tellTrouble, options.signal);
  let stopped: string | null = null;
  const files = await Promise.all(
    paths.map((path) =>
      slot(async () => {
        const file = shownPath(path);
        if (options.signal.aborted) stopped ??= 'It was stopped.';
        if (stopped !== null) return { file, inspection: null, outcome: 'not-tried' as const, problems: [] };
        const done = await importOne(path, claimed, options, patiently);
        if (done.outage !== undefined) stopped ??= done.outage;
        options.tell(done.imported);
        // Where files are only read, nothing else would let a Ctrl-C through.
        await new Promise((resolve) => setImmediate(resolve));
        return done.imported;
      }),
    ),
  );
  return { files, stopped };
}

/** The file that has brought an inspection, by its reference. */
interface Claimed {
  file: string;
  fileHash: string | undefined;
}

/** What became of one file, and what keeps all others from being started as well, where something does. */
async function importOne(
  path: string,
  claimed: Map<string, Claimed>,
  { services, startedBy, tellOther }: ImportOptions,
  patiently: OverLostConnections,
): Promise<{ imported: ImportedFile; outage?: string }> {
  const file = shownPath(path);
  let inspection: InspectionRef | null = null;
  const ended = (outcome: ImportedFile['outcome'], problems: ImportProblem[] = []) => ({
    imported: { file, inspection, outcome, problems },
  });
  const failed = (text: string) => ended('failed', [{ file, line: null, column: null, text }]);
  try {
    // Read before anything is waited for: of two files for one inspection, the first by its path has it.
    if (isOfAnotherKind(YamlFile.read(path).data)) return ended('no-inspection');
    const read = startOf(loadInspectionFile(path, { now: new Date().toISOString() }));
    inspection = inspectionRef(read.facts.authority.id, read.facts.inspection.reference);
    const before = claimed.get(inspection);
    if (before !== undefined)
      return before.fileHash === read.fileHash
        ? ended('there')
        : failed(`${inspection} is what ${before.file} stands for as well, and it says otherwise.`);
    claimed.set(inspection, { file, fileHash: read.fileHash });
    if (services === null) {
      openLifecycle({ ...read, startedBy: startedBy(read.facts.authority) }, new Date().toISOString());
      return ended('good');
    }
    const loaded = await patiently(() => onRecord(path, read, services, tellOther));
    const actor = startedBy(loaded.facts.authority);
    const ready = await patiently(() => readyToStart(loaded, actor, services, new Date().toISOString()));
    const found = await patiently(() => startOrFind(ready, services));
    if (found === 'started') await patiently(() => bringSince(services, ready)).catch(unlessStarted);
    return found === 'started' || found === 'there' ? ended(found) : failed(found.why);
  } catch (error) {
    if (error instanceof FileProblems) return ended('failed', problemsIn(error));
    const outage = outageIn(error);
    if (outage !== undefined) return { ...ended('not-tried'), outage };
    return failed(errorWords(error).sentence);
  }
}

/** What a file starts from, by its council's file on record. @throws FileProblems, BadRequest */
async function onRecord(
  path: string,
  read: Omit<LifecycleStart, 'startedBy'>,
  { register }: StartServices,
  tellOther: (line: string) => void,
): Promise<Omit<LifecycleStart, 'startedBy'>> {
  const kept = await register.board.keptAuthority(read.facts.authority.id);
  const now = new Date().toISOString();
  const { loaded, otherCouncil } = byCouncilOnRecord(read, kept, (council) => loadStartFor(path, council, { now }));
  if (otherCouncil !== undefined) tellOther(otherCouncil);
  return loaded;
}

/** Starts it, or finds that it stands already; or why something else stands in its place. */
async function startOrFind(
  start: LifecycleStart,
  services: StartServices,
): Promise<'started' | 'there' | { why: string }> {
  try {
    await startOnly(services, start);
    return 'started';
  } catch (error) {
    if (!(error instanceof EngineProblem) || error.code !== 'already-started') throw error;
  }
  const inspection = inspectionRef(start.facts.authority.id, start.facts.inspection.reference);
  const likeness = await likenessOf(services, start);
  if (likeness === 'the same file') return 'there';
  return {
    why:
      likeness === 'another file'
        ? `${inspection} was started from another file. Give this one another reference, or change what runs with the commands for that (duecourse --help).`
        : `${inspection} was started before it was kept which file an inspection came from, and has changed since: whether this is the same file can't be told. See it with: duecourse show ${inspection}`,
  };
}

function problemsIn({ problems }: FileProblems): ImportProblem[] {
  return problems.map((each) => ({ file: each.file, line: each.line, column: each.column, text: textOf(each) }));
}

/** What stands in the way of every file alike. */
function outageIn(error: unknown): string | undefined {
  if (error instanceof RegisterUnreachable) return error.message;
  if (error instanceof EngineProblem) return error.code === 'unreachable' ? error.message : undefined;
  const failure = failureOf(error);
  return failure === undefined ? undefined : failureSentence(failure);
}
