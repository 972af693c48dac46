import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost } from '../../platform/at-most.ts';
import type { InspectionSummary } from '../../register/reads.ts';
import { type ExportServices, inspectionFiles } from './inspection-files.ts';
import { isExport, type ListedFile, listing, MANIFEST, writeFolder, writeWhole } from './whole-folder.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { errorWords } from '../../platform/error-words.ts';

/** What became of one inspection's, or one chain's, export. `kept`: it stood there already. */
export interface Exported {
  /** `<authority>/<reference>`, or `<authority>` for the chain. */
  what: string;
  outcome: 'written' | 'kept' | 'failed' | 'not-tried';
  problem: string | null;
  /** What a lifecycle started from the exported file would have otherwise. */
  differences: string[];
}

export interface ExportOptions {
  to: string;
  /** Whether what stands there is written anew. */
  force: boolean;
  atOnce: number;
  tell: (done: Exported) => void;
  signal: AbortSignal;
}

/**
 * Exports inspections, each into a folder of its own, `<authority>/<reference>`; and, where they are asked for, the
 * whole chains of authorities. Each is written whole or not at all, so that a run which was cut off goes on.
 */
export async function exportAll(
  inspections: readonly InspectionSummary[],
  chains: readonly string[],
  services: ExportServices,
  options: ExportOptions,
): Promise<Exported[]> {
  const slot = atMost(options.atOnce);
  const attempt = (what: string, place: string, there: boolean, write: () => Promise<string[]>) =>
    slot(async () => {
      const done = options.signal.aborted
        ? { what, outcome: 'not-tried' as const, problem: null, differences: [] }
        : await exportOne(what, place, there, options.force, write);
      if (done.outcome !== 'not-tried') options.tell(done);
      return done;
    });
  const done = await Promise.all([
    ...inspections.map((each) => {
      const folder = join(options.to, each.authority, each.reference);
      return attempt(inspectionRef(each.authority, each.reference), folder, isExport(folder), async () => {
        const now = new Date().toISOString();
        const { files, ...about } = await inspectionFiles(each, services, now);
        const { authority, reference, title, status, startedAt, endedAt } = each;
        await writeFolder(folder, files, {
          authority,
          reference,
          title,
          status,
          startedAt,
          endedAt,
          madeAt: now,
          ...about,
        });
        return about.differences;
      });
    }),
    ...chains.map((authority) => {
      const file = join(options.to, authority, 'chain.jsonl');
      return attempt(authority, file, existsSync(file), async () => {
        writeWhole(file, await chainText(authority, services));
        return [];
      });
    }),
  ]);
  if (done.some((each) => each.outcome === 'written')) writeManifest(options.to);
  return done;
}

async function exportOne(
  what: string,
  place: string,
  there: boolean,
  force: boolean,
  write: () => Promise<string[]>,
): Promise<Exported> {
  if (there && !force) return { what, outcome: 'kept', problem: null, differences: [] };
  if (!there && existsSync(place))
    return { what, outcome: 'failed', problem: `${place} is there, and is no export.`, differences: [] };
  try {
    return { what, outcome: 'written', problem: null, differences: await write() };
  } catch (error) {
    return { what, outcome: 'failed', problem: errorWords(error).sentence, differences: [] };
  }
}

const LINKS_AT_ONCE = 2000;

/** A line a link, as the chain holds it: each hash can be worked out again from the line before. */
async function chainText(authority: string, { register }: ExportServices): Promise<string> {
  const lines: string[] = [];
  for (let after = 0; ;) {
    const links = await register.links(authority, after, LINKS_AT_ONCE);
    for (const link of links) lines.push(`${JSON.stringify({ authority, ...link })}\n`);
    const last = links.at(-1);
    if (last === undefined || links.length < LINKS_AT_ONCE) return lines.join('');
    after = last.number;
  }
}

/** What the folder holds in all, whichever run has brought it. */
function writeManifest(to: string): void {
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((each) => each.isDirectory() && !each.name.startsWith('.'))
      .map((each) => each.name)
      .sort();
  const chains: (ListedFile & { entries: number })[] = [];
  const inspections: (ListedFile & { counts: unknown })[] = [];
  for (const authority of folders(to)) {
    const chain = join(to, authority, 'chain.jsonl');
    if (existsSync(chain)) {
      const text = readFileSync(chain, 'utf8');
      chains.push({ ...listing(`${authority}/chain.jsonl`, text), entries: text.split('\n').length - 1 });
    }
    for (const reference of folders(join(to, authority))) {
      const folder = join(to, authority, reference);
      if (!isExport(folder)) continue;
      const text = readFileSync(join(folder, MANIFEST), 'utf8');
      const { counts } = JSON.parse(text) as { counts: unknown };
      inspections.push({ ...listing(`${inspectionRef(authority, reference)}/${MANIFEST}`, text), counts });
    }
  }
  const counts = { inspections: inspections.length, chains: chains.length };
  const manifest = { madeAt: new Date().toISOString(), counts, inspections, chains };
  writeWhole(join(to, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
