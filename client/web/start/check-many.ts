import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { FileProblems, linesWrong } from '../../files/file-problems.ts';
import type { AppParts } from '../parts.ts';
import type { Person } from '../people.ts';
import { detailOf } from '../problems.ts';
import type { Wanted } from './uploaded.ts';
import type { GivenFile } from './uploads.ts';

/** What would follow from one file of many, or why it can't be started. */
export type CheckedFile = { name: string; problems: string[] } | ({ name: string } & Wanted['line']);

export const isGood = (file: CheckedFile): file is Extract<CheckedFile, { id: string }> => 'id' in file;

/**
 * Reads each file, and starts nothing: what would follow from it, or all that is wrong with it. One of the same name as
 * an inspection that there is, or as a file before it, is wrong.
 *
 * @param watch told how many have been read, after each; where nobody watches any more, no further file is read
 */
export async function checkMany(
  { register, uploads, onError }: Pick<AppParts, 'register' | 'uploads' | 'onError'>,
  files: readonly GivenFile[],
  { person, now }: { person: Person; now: string },
  watch: { done(n: number): Promise<void>; gone(): boolean },
): Promise<CheckedFile[]> {
  const checked: CheckedFile[] = [];
  const named = new Map<InspectionRef, string>();
  const isThere = async (authority: string, reference: string): Promise<boolean> => {
    const asked = { authorities: [authority], reference };
    return (await register.board.inspections(now, asked, { offset: 0, limit: 1 })).total > 0;
  };
  for (const { name, text } of files) {
    if (watch.gone()) break;
    try {
      const line = await uploads.read('line', { name, text }, { person, now });
      const { id } = line;
      const same = named.get(id);
      if (same !== undefined)
        checked.push({ name, problems: [`${same} is of ${id} as well: each needs its own reference.`] });
      else if (await isThere(line.authority.id, line.reference))
        checked.push({ name, problems: [`There is, or was, an inspection ${id}: give this one another reference.`] });
      else {
        named.set(id, name);
        checked.push({ name, ...line });
      }
    } catch (error) {
      checked.push({ name, problems: wrongIn(error, onError) });
    }
    await watch.done(checked.length);
  }
  return checked;
}

function wrongIn(error: unknown, onError: AppParts['onError']): string[] {
  if (error instanceof FileProblems) return linesWrong(error);
  return [detailOf(error, onError, 'Something went wrong in reading it.')];
}
