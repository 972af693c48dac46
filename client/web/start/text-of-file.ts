import { wholeFile } from '../../files/file-problems.ts';

/** The text of a file that somebody uploads. @throws FileProblems where it is not UTF-8 */
export async function textOfFile(file: File): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw wholeFile(file.name, 'bytes that are not UTF-8 text', 'expected a file saved as UTF-8');
  }
}
