import { type ConstitutionFile, constitution } from '../../domain/schemas/constitution.ts';
import { windowsThatFail } from './check-examples.ts';
import { FileProblems } from './file-problems.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * A constitution from any file, with what a schema can't see: whether its window comes to the days of its examples.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function checkConstitution(file: YamlFile): ConstitutionFile {
  const read = file.parse(constitution);
  const failed = windowsThatFail(read, file);
  if (failed.length > 0) throw new FileProblems(failed);
  return read;
}
