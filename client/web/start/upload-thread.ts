import { Refusal, type RefusalCode } from '../../../domain/refusal.ts';
import { FileProblems, toldOf, type ToldProblems } from '../../files/file-problems.ts';
import { readUpload, type Upload, type Wanted, type WantedName } from './uploaded.ts';

/** What crosses from one thread to another: errors would lose what they are. */
export type UploadAnswer =
  | { is: 'good'; given: Wanted[WantedName] }
  | ({ is: 'bad-file' } & ToldProblems)
  | { is: 'refused'; code: RefusalCode; sentence: string; field: string | undefined };

/** Reads a file that somebody gave; run in a thread of its own, by its file. */
export function answerTo(upload: Upload): UploadAnswer {
  try {
    return { is: 'good', given: readUpload(upload) };
  } catch (error) {
    if (error instanceof FileProblems) return { is: 'bad-file', ...toldOf(error) };
    if (error instanceof Refusal)
      return { is: 'refused', code: error.code, sentence: error.message, field: error.field };
    throw error;
  }
}
