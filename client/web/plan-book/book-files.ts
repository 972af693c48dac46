import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { type FileProblems, problemsOf, wholeFile } from '../../files/file-problems.ts';
import type { OwnChoices } from '../../own-book/own-choices.ts';
import type { BookRead } from '../../plan-book/book-read.ts';
import { PageProblem, tooManyFiles } from '../problems.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import type { BookAnswer, BookTask, RunningPlan } from './book-thread.ts';

/** Workbooks of plans, made and read beside the thread that answers requests. */
export interface BookFiles {
  /** @throws PageProblem 503 */
  write(plan: RunningPlan): Promise<Uint8Array>;
  /**
   * @returns the fields of the form, and its workbook; undefined where none was chosen; why it can't be used, where it can't
   * @throws PageProblem 400 where the form can't be read; 503; FileProblems where it takes too long
   */
  read(sent: {
    body: Uint8Array<ArrayBuffer>;
    contentType: string;
    ref: InspectionRef;
    /** The plan as it stands: a workbook that the council has made itself is read against it. */
    plan: RunningPlan;
    /** What was said of such a workbook before. */
    kept: OwnChoices;
  }): Promise<{ fields: Record<string, string>; book: BookRead | FileProblems | undefined }>;
}

/** How long one may take, in milliseconds: a plan of 3,000 actions takes some five seconds where nothing else runs. */
const MAX_MS = 60_000;

export function bookFiles(): BookFiles {
  const threads = threadsFor<BookTask, BookAnswer>('./book-thread', import.meta.url, MAX_MS);
  const answered = async (task: BookTask): Promise<BookAnswer> => {
    try {
      return await threads.run(task);
    } catch (error) {
      if (error instanceof TookTooLong && task.is === 'read') throw TOO_LONG;
      if (error instanceof TooManyWait || error instanceof TookTooLong) throw tooManyFiles('Nothing was changed.');
      throw error;
    }
  };
  return {
    async write(plan) {
      const answer = await answered({ is: 'write', ...plan });
      if (answer.is !== 'written') throw new Error('no workbook came of it');
      return answer.bytes;
    },
    async read(sent) {
      const answer = await answered({ is: 'read', ...sent });
      if (answer.is === 'read') return { fields: answer.fields, book: answer.read ?? undefined };
      if (answer.is === 'bad-file') return { fields: answer.fields, book: problemsOf(answer) };
      throw new PageProblem(
        400,
        'The form can’t be read',
        'Nothing was changed. Open the page again, and try once more.',
      );
    },
  };
}

const TOO_LONG = wholeFile('the workbook', 'a workbook that takes too long to read', 'expected a smaller one');
