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
export function readablePacks(ids = listRulePacks()): Readable<Named & { pack: RulePack; rules: PackRule[] }> {
  return readableOf(ids, (id) =>
    versionsOfPack(id).map(({ read }, age) => ({
      ...{ pack: provedPack(read), rules: resolveRules(read), own: isOwn('packs', id), name: nameOf(read, age) },
    })),
  );
}

/** The same of constitutions. */
export function readableConstitutions(ids = listConstitutions()): Readable<Named & { constitution: ConstitutionFile }> {
  return readableOf(ids, (id) =>
    versionsOfConstitution(id).map(({ read }, age) => ({
      ...{ constitution: provedConstitution(read), own: isOwn('constitutions', id), name: nameOf(read, age) },
    })),
  );
}

/** The one of a name among the versions of its id, and no other file is read; undefined where there is none that can be used. */
export function readableNamed<T extends Named>(
  name: string,
  versionsOf: (ids: string[]) => Readable<T>,
): T | undefined {
  return versionsOf([name.replace(/\.v\d+$/, '')]).read.find((each) => each.name === name);
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
