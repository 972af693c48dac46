import type { ConstitutionFile } from '../../domain/schemas/constitution.ts';
import type { PackRule, RulePack } from '../../domain/schemas/rule-pack.ts';
import { FileProblems } from './file-problems.ts';
import { provedConstitution, provedPack } from './proved.ts';
import {
  isOwn,
  listConstitutions,
  listRulePacks,
  resolveRules,
  versionsOfConstitution,
  versionsOfPack,
  loadWorkingDays,
} from './rules.ts';

/** What is wrong with rules that can't be used, a sentence each; empty where all is well. @throws EnvironmentProblems where their folder is none */
export function brokenRules(): string[] {
  const days = firstProblem(loadWorkingDays);
  // Packs name definitions: without those each of them would be wrong for the same reason.
  if (days !== undefined) return [days];
  return [...readablePacks().broken, ...readableConstitutions().broken].map(({ problem }) => problem);
}

/** A file of rules that can't be used, with the first of what is wrong with it. */
export interface BrokenRules {
  id: string;
  problem: string;
}

interface Named {
  /** As it is asked for: 'ilacs-2018' is the newest version, 'ilacs-2018.v1' an older one. */
  name: string;
  /** It is the council's own. */
  own: boolean;
}

interface Readable<T> {
  read: T[];
  broken: BrokenRules[];
}

/** Each version of each pack, newest first, with all of its rules; a broken one doesn't take the others away. */
export function readablePacks(): Readable<Named & { pack: RulePack; rules: PackRule[] }> {
  return readableOf(listRulePacks(), (id) =>
    versionsOfPack(id).map(({ read }, age) => ({
      ...{ pack: provedPack(read), rules: resolveRules(read), own: isOwn('packs', id), name: nameOf(read, age) },
    })),
  );
}

/** The same of constitutions. */
export function readableConstitutions(): Readable<Named & { constitution: ConstitutionFile }> {
  return readableOf(listConstitutions(), (id) =>
    versionsOfConstitution(id).map(({ read }, age) => ({
      ...{ constitution: provedConstitution(read), own: isOwn('constitutions', id), name: nameOf(read, age) },
    })),
  );
}

/** @param age how many newer versions there are */
const nameOf = ({ id, version }: Pick<RulePack, 'id' | 'version'>, age: number): string =>
  age === 0 ? id : `${id}.v${version}`;

function readableOf<T>(ids: readonly string[], versionsOf: (id: string) => T[]): Readable<T> {
  const found: Readable<T> = { read: [], broken: [] };
  for (const id of ids) {
    const problem = firstProblem(() => found.read.push(...versionsOf(id)));
    if (problem !== undefined) found.broken.push({ id, problem });
  }
  return found;
}

/** The first line of what is wrong with the files that something reads; undefined where nothing is. */
function firstProblem(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof FileProblems) return error.message.split('\n')[0] ?? '';
    throw error;
  }
}
