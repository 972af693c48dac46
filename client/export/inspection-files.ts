import { shownText } from '../../domain/lifecycle/shown-text.ts';
import { stringify as yaml } from 'yaml';
import type { Register } from '../../register/register.ts';
import type { InspectionSummary } from '../../register/reads.ts';
import { cellsOf } from '../milestone-cells.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { ENTRY_KINDS } from '../../domain/lifecycle/entry-kinds.ts';
import { LISTED_COLUMNS, LISTS, type PlacedRow } from '../../domain/milestone/columns.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { evidenceFiles } from './evidence-files.ts';
import { csvOf } from './csv.ts';
import type { FileContent } from './whole-folder.ts';
import { EngineProblem } from '../engine-problem.ts';
import type { Engine } from '../engine.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';

/** Where what is exported comes from. */
export interface ExportServices {
  engine: Pick<Engine, 'inspect'>;
  register: Pick<Register, 'list' | 'milestones' | 'history' | 'reached' | 'links' | 'evidence'>;
}

/** The files of one inspection, by name, with what their manifest says of them. */
export interface InspectionFiles {
  files: Map<string, FileContent>;
  counts: { milestones: number; entries: number; mails: number; decisions: number; evidence: number };
  /** The name of the file it can be started from again; null where that can't be made. */
  startsFrom: string | null;
  /** What such a start would leave otherwise than it is, or why there is no such file: a sentence each. */
  differences: string[];
}

const RECORDED_WITHIN_MS = 10_000;

/**
 * Everything that is known of one inspection. Of one that runs, or that the engine still knows, its facts as they now
 * stand; of any other, what the register has.
 *
 * @param now an instant, UTC
 */
export async function inspectionFiles(
  { authority, reference, status }: InspectionSummary,
  { engine, register }: ExportServices,
  now: string,
): Promise<InspectionFiles> {
  const running = await runningOf(inspectionRef(authority, reference), engine);
  if (running !== null) await register.reached(authority, reference, running.view.seq, RECORDED_WITHIN_MS);
  const milestones = await register.milestones(authority, reference);
  const entries = await register.history(authority, reference);
  const mails = entries.filter((each) => ENTRY_KINDS[each.kind].about === 'mail');
  const decisions = running?.view.decisions ?? entries.filter((each) => ENTRY_KINDS[each.kind].about === 'decision');
  const evidence = await register.evidence.of({ authority, reference });
  const files = new Map<string, FileContent>([
    ['milestones.csv', milestonesCsv(milestones)],
    ['history.csv', historyCsv(entries)],
    ['history.jsonl', entries.map((each) => `${JSON.stringify(each)}\n`).join('')],
    ['mails.csv', mailsCsv(mails)],
    ...evidenceFiles(evidence, authority, register),
    ['decisions.json', `${JSON.stringify(decisions, null, 2)}\n`],
  ]);
  const counts = {
    milestones: milestones.length,
    entries: entries.length,
    mails: mails.length,
    decisions: decisions.length,
    evidence: evidence.length,
  };
  if (running === null)
    return {
      files,
      counts,
      startsFrom: null,
      differences: [
        'It has ended, and the engine no longer knows it: the register has what happened, not the file it was started from.',
      ],
    };
  const { inspection: facts, differences } = asFile(running, running.view, entries, now);
  if (evidence.length > 0)
    differences.push(
      `Its evidence (${evidence.length}) is not carried by the file: it is in evidence.csv and the folder evidence, to be added again once it is started.`,
    );
  // In the schema's own order, so that the same facts are always the same file.
  const fits = inspectionSchema.safeParse(facts);
  const inspection = fits.success ? fits.data : facts;
  for (const issue of fits.error?.issues ?? [])
    differences.push(`The file would be refused: ${issue.path.join('.')}: ${issue.message}.`);
  // A folder that is imported must not open again what has ended: its file has another ending.
  const startsFrom = status === 'open' ? 'inspection.yaml' : 'inspection.yaml.ended';
  const head = `# ${inspection.title}: as it stood on ${now.slice(0, 10)}.\n`;
  files.set(startsFrom, head + yaml({ ...inspection, authority: `./${authority}.yaml` }));
  files.set(`${authority}.yaml`, yaml(running.facts.authority));
  return { files, counts, startsFrom, differences };
}

type Running = Pick<LifecycleStart, 'facts' | 'calendar'> & { view: LifecycleView };

async function runningOf(id: InspectionRef, engine: ExportServices['engine']): Promise<Running | null> {
  try {
    const { state, view } = await engine.inspect(id);
    return { view, facts: state.facts, calendar: state.calendar };
  } catch (error) {
    if (error instanceof EngineProblem && error.code === 'unknown-reference') return null;
    throw error;
  }
}

function milestonesCsv(milestones: PlacedRow[]): string {
  const columns = LISTS.export.map((name) => LISTED_COLUMNS[name].title);
  return csvOf(
    columns,
    milestones.map((each) => cellsOf(each, LISTS.export, {})),
  );
}

function historyCsv(entries: RegisterEntry[]): string {
  const rows = entries.map((each) => ({
    Number: each.seq === 0 ? '' : each.seq,
    When: each.at,
    Kind: each.kind,
    What: shownText(each),
    Milestone: each.milestone ?? '',
    Role: each.actor?.role ?? '',
    Who: each.actor?.id ?? '',
  }));
  return csvOf(['Number', 'When', 'Kind', 'What', 'Milestone', 'Role', 'Who'], rows);
}

/** Which mails went to whom about what: roles, no addresses; no bodies, which are not kept. */
function mailsCsv(entries: RegisterEntry[]): string {
  const rows = entries.map(({ at, kind, text, data }) => ({
    When: at,
    'What became of it': kind.replace('mail-', ''),
    Roles: textsIn(data['roles']).join(', '),
    Milestones: noticesIn(data['notices']).join(', '),
    'Message-ID': typeof data['messageId'] === 'string' ? data['messageId'] : '',
    What: text,
  }));
  return csvOf(['When', 'What became of it', 'Roles', 'Milestones', 'Message-ID', 'What'], rows);
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

function noticesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return textsIn(value.map((each: { milestone?: unknown } | null) => each?.milestone));
}
