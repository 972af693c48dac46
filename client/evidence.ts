import { createHash } from 'node:crypto';
import { refusalOf } from '../domain/commands/apply.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { endedId, findMilestone } from '../domain/commands/find-milestone.ts';
import { formatDate } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import type { EvidenceFile } from '../domain/evidence/evidence.ts';
import { evidenceTypeOf, type GivenFile, mustBeNamedAs } from '../domain/evidence/sniff.ts';
import { type InspectionRef, partsOf } from '../domain/inspection-ref.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Register } from '../register/register.ts';
import type { CommandResult } from '../workflows/messages.ts';
import type { Engine } from './engine.ts';

/** Where evidence goes. */
export interface EvidenceServices {
  engine: Pick<Engine, 'command' | 'inspect'>;
  register: Pick<Register, 'evidence'>;
}

/** A file that somebody gives as evidence, looked at: what it is, by its content. */
export interface ReadFile extends EvidenceFile {
  type: ReturnType<typeof evidenceTypeOf>;
  content: Buffer;
}

/** What somebody gives as evidence of a duty: a link, or a file. */
export interface GivenEvidence {
  milestone: string;
  title: string;
  note?: string | undefined;
  link?: string | undefined;
  file?: ReadFile | undefined;
}

/** Looks at a file. @throws Refusal where it is none that is kept */
export function readEvidence({ name, content }: GivenFile & { content: Buffer }): ReadFile {
  const type = evidenceTypeOf({ name, content });
  return { name, type, content, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Whoever may not add evidence to a duty is told so before anything of theirs is read. @returns its whole id @throws Refusal */
export function mustTakeEvidence(state: LifecycleState, milestone: string, actor: Actor, now: string): string {
  const refusal = refusalOf('addEvidence', milestone, state, { actor, now });
  if (refusal !== undefined) throw refusal;
  return endedId(state, milestone) ?? findMilestone(state, milestone).id;
}

/** What a program says of a file is what was kept of it. @throws Refusal where it is not there, or is something else */
export async function mustBeKept(
  { evidence }: Pick<Register, 'evidence'>,
  authority: string,
  { sha256, name, bytes, type }: Partial<EvidenceFile>,
): Promise<void> {
  if (sha256 === undefined) return;
  const kept = await evidence.find(authority, sha256);
  if (kept === undefined)
    throw new Refusal(
      'wrong-state',
      `No file with the SHA-256 ${sha256.slice(0, 64)} has been sent yet: send it first.`,
    );
  if (kept.content.length !== bytes || kept.type !== type)
    throw new Refusal('wrong-state', `That file is ${kept.type}, of ${kept.content.length} bytes: say so.`);
  mustBeNamedAs(name ?? '', kept.type);
}

/**
 * Puts evidence on record: its file is kept first, so that the record never names one that is not there.
 *
 * @param now an instant, UTC
 * @param updateId under which the change is asked for, where it may be asked for twice
 * @throws Refusal where it is there already, or the lifecycle refuses it
 */
export async function giveEvidence(
  { engine, register }: EvidenceServices,
  inspection: InspectionRef,
  given: GivenEvidence,
  { actor, now, updateId }: { actor: Actor; now: string; updateId?: string | undefined },
): Promise<CommandResult> {
  const { authority, reference } = partsOf(inspection);
  const { state } = await engine.inspect(inspection);
  const milestone = mustTakeEvidence(state, given.milestone, actor, now);
  const { title, note, link, file } = given;
  const before = await register.evidence.of({ authority, reference }, milestone);
  const same = before.find((each) => (file === undefined ? each.link === link : each.file?.sha256 === file.sha256));
  if (same !== undefined)
    throw new Refusal(
      'duplicate',
      `That is there already: "${same.title}", added on ${formatDate(localDate(same.at))}.`,
      file === undefined ? 'link' : 'file',
    );
  if (file !== undefined) await register.evidence.keep({ authority, ...file }, now);
  const of =
    file === undefined ? { link } : { sha256: file.sha256, name: file.name, bytes: file.bytes, type: file.type };
  return engine.command(
    inspection,
    'addEvidence',
    { milestone, title, ...of, ...(note === undefined ? {} : { note }) },
    actor,
    updateId === undefined ? {} : { updateId },
  );
}

/** A file's content, where an inspection's record names it by its SHA-256 or the beginning of it. @throws Refusal */
export async function evidenceFile(
  { evidence }: Pick<Register, 'evidence'>,
  inspection: { authority: string; reference: string },
  sha256: string,
): Promise<ReadFile> {
  const given = await evidence.of(inspection);
  const files = new Map(
    given.flatMap(({ file }) => (file?.sha256.startsWith(sha256) === true ? [[file.sha256, file]] : [])),
  );
  const [file] = files.values();
  if (file === undefined || sha256 === '')
    throw new Refusal('wrong-state', `This inspection has no file of evidence "${sha256.slice(0, 64)}".`);
  if (files.size > 1)
    throw new Refusal('wrong-state', `Several files of evidence begin with "${sha256}": give more of it.`);
  const found = await evidence.find(inspection.authority, file.sha256);
  if (found === undefined)
    throw new Refusal('wrong-state', `"${file.name}" was erased from the record; what it was is still in its entry.`);
  return { ...file, type: found.type, content: found.content };
}
