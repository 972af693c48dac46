import type { ConstitutionFile } from '../../domain/schemas/constitution.ts';
import type { RulePack } from '../../domain/schemas/rule-pack.ts';
import { checkConstitution } from './check-constitution.ts';
import { checkPack } from './check-pack.ts';
import { isOwn, versionsOfConstitution, versionsOfPack } from './rules.ts';

/**
 * A pack that may be used. Those that come with the program are proved by its tests; a council's own is checked wherever it is used,
 * as `duecourse rules check` does.
 *
 * @throws FileProblems where its rules do not come to its examples, or it names what is not there
 */
export function provedPack(pack: RulePack): RulePack {
  if (isOwn('packs', pack.id))
    for (const { file, read } of versionsOfPack(pack.id)) if (read.version === pack.version) checkPack(file);
  return pack;
}

/** The same of a constitution. @throws FileProblems where a window does not come to its example */
export function provedConstitution(constitution: ConstitutionFile): ConstitutionFile {
  if (isOwn('constitutions', constitution.id))
    for (const { file, read } of versionsOfConstitution(constitution.id))
      if (read.version === constitution.version) checkConstitution(file);
  return constitution;
}
