import { provedConstitution, provedPack } from './proved.ts';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ownRulesFolder } from '../../platform/own-rules.ts';
import { signOffs, type SignOff } from '../../domain/schemas/sign-offs.ts';
import { isCivilDate } from '../../domain/calendar/civil-date.ts';
import { nearestHint } from '../../domain/nearest.ts';
import { line } from '../../domain/schemas/common.ts';
import { BadRequest } from '../bad-request.ts';
import { writeWhole } from '../export/whole-folder.ts';
import { listConstitutions, listRulePacks, versionsOfConstitution, versionsOfPack } from './rules.ts';
import { YamlFile } from './yaml-file.ts';

const NAME = 'signed-off.yaml';
const HEAD =
  '# Who in the council has read a pack or a constitution and stands behind it. Written by: duecourse rules sign-off\n';

/** Every sign-off that the council has kept. @throws FileProblems where the file is wrong */
export function loadSignOffs(): SignOff[] {
  const own = ownRulesFolder();
  const file = own === undefined ? undefined : join(own, NAME);
  if (file === undefined || !existsSync(file)) return [];
  return YamlFile.read(file).parse(signOffs).signedOff;
}

/** The SHA-256 of a file's bytes. */
export const hashOfFile = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * Keeps that a pack or constitution, as it is now, was signed off; the file is written whole or not at all.
 *
 * @param today the day on which it is said, in London
 * @throws BadRequest where there is none of this id, the day is none or still to come, or the council has no folder of its own:
 *   what it signs never goes into the program's
 */
export function signedOff(
  id: string,
  { by, on, note }: { by: string; on: string; note?: string | undefined },
  today: string,
): { signOff: SignOff; file: string } {
  const [newest] = listRulePacks().includes(id)
    ? versionsOfPack(id)
    : listConstitutions().includes(id)
      ? versionsOfConstitution(id)
      : [];
  if (newest === undefined) {
    const known = [...listRulePacks(), ...listConstitutions()];
    throw new BadRequest(
      `There is no pack or constitution "${id}"${nearestHint(id, known) || '.'} See: duecourse rules list`,
    );
  }
  if (!isCivilDate(on)) throw new BadRequest(`"${on}" is no day: expected one that exists, written YYYY-MM-DD.`);
  if (on > today) throw new BadRequest(`It can't have been signed off on ${on}, in the future: today is ${today}.`);
  const own = ownRulesFolder();
  if (own === undefined)
    throw new BadRequest(
      'There is no folder of the council’s own to keep it in: say which with DUECOURSE_RULES, or make a folder rules/ where you work, outside the program’s own.',
    );
  const words = line.safeParse(by.trim());
  if (!words.success) throw new BadRequest('--by: expected the role that stands behind it, in one line.');
  if ('rules' in newest.read) provedPack(newest.read);
  else provedConstitution(newest.read);
  const said = note === undefined ? undefined : line.safeParse(note.trim());
  if (said !== undefined && !said.success) throw new BadRequest('--note: expected one line of text that can be seen.');
  const signOff: SignOff = {
    ...{ rules: id, version: newest.read.version, hash: hashOfFile(newest.path), by: words.data, on },
    ...(said === undefined ? {} : { note: said.data }),
  };
  const file = join(own, NAME);
  writeWhole(file, `${HEAD}${stringify({ signedOff: [...loadSignOffs(), signOff] })}`);
  return { signOff, file };
}
