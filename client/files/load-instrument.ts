import { instrument, type Instrument } from '../../domain/schemas/instrument.ts';
import { FileProblems } from './file-problems.ts';
import { YamlFile } from './yaml-file.ts';

/**
 * Reads an instrument's file: one entry of `instruments`, as an inspection's file has them.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function loadInstrumentFile(path: string): Instrument {
  const { data, problems } = YamlFile.read(path).check(instrument);
  if (data === undefined) throw new FileProblems(problems);
  return data;
}
