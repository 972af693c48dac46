import type { ConstitutionFile } from '../../domain/schemas/constitution.ts';
import type { RulePack } from '../../domain/schemas/rule-pack.ts';
import { windowsThatFail } from './check-examples.ts';
import { checkPack } from './check-pack.ts';
import { FileProblems } from './file-problems.ts';
import { isOwn, versionsOfConstitution, versionsOfPack } from './rules.ts';
import { YamlFile } from './yaml-file.ts';

/**
 * A pack that may be used. Those that come with the program are proved by its tests; a council's own is checked wherever it is used,
 * as `duecourse rules check` does.
 *
 * @throws FileProblems where its rules do not come to its examples, or it names what is not there
 */
export function provedPack(pack: RulePack): RulePack {
  if (!isOwn('packs', pack.id)) return pack;
  const found = versionsOfPack(pack.id).find(({ read }) => read.version === pack.version);
  if (found !== undefined) checkPack(YamlFile.read(found.path));
  return pack;
}

/** The same of a constitution. @throws FileProblems where a window does not come to its example */
export function provedConstitution(constitution: ConstitutionFile): ConstitutionFile {
  if (!isOwn('constitutions', constitution.id)) return constitution;
  const found = versionsOfConstitution(constitution.id).find(({ read }) => read.version === constitution.version);
  const failed = found === undefined ? [] : windowsThatFail(constitution, YamlFile.read(found.path));
  if (failed.length > 0) throw new FileProblems(failed);
  return constitution;
}
