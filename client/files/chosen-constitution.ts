import { carriedConstitution, unfitFor } from '../../domain/decisions/first-constitution.ts';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Constitution } from '../../domain/schemas/constitution.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';
import { dayOfConstitution } from './council-checks.ts';
import { FileProblems } from './file-problems.ts';
import { provedConstitution } from './proved.ts';
import { loadConstitution } from './rules.ts';

/** The constitution that a council's file names, in the version of an inspection. @throws FileProblems */
export const chosenConstitution = (id: string, inspection: Inspection): Constitution =>
  carriedConstitution(provedConstitution(loadConstitution(id, dayOfConstitution(inspection))));

/** What an inspection that has no constitution makes of the one that its council's file names. */
export type FirstConstitution = { takes: Constitution } | { leaves: Constitution; why: string };

/** Undefined where it has one, or the file names none that can be read. */
export function firstConstitution(
  { constitution, inspection }: Pick<Facts, 'constitution' | 'inspection'>,
  authority: Authority,
): FirstConstitution | undefined {
  if (constitution !== null || authority.constitution === undefined) return undefined;
  try {
    const first = chosenConstitution(authority.constitution, inspection);
    const why = unfitFor({ inspection, authority }, first);
    return why === undefined ? { takes: first } : { leaves: first, why };
  } catch (error) {
    if (error instanceof FileProblems) return undefined;
    throw error;
  }
}

/** A council's file as it is brought to an inspection: with the first constitution that it goes by, where it takes one. */
export function broughtTo(
  facts: Pick<Facts, 'constitution' | 'inspection'>,
  authority: Authority,
): CommandPayload<'changeAuthority'> {
  const first = firstConstitution(facts, authority);
  return first !== undefined && 'takes' in first ? { authority, constitution: first.takes } : { authority };
}
