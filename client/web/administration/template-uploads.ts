import { UNFIT } from '../../documents/template/unfit.ts';
import { PageProblem, tooManyFiles } from '../problems.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import type { GivenTemplate, SentTemplate, TemplateAnswer } from './template-thread.ts';

/** Word templates that administrators send, looked at beside the thread that answers requests. */
export interface TemplateUploads {
  /**
   * @returns the fields of the form, and its template; null where none was chosen
   * @throws PageProblem 400 where the form can't be read, 422 where it takes too long, 503
   */
  read(sent: SentTemplate): Promise<{ fields: Record<string, string>; given: GivenTemplate | null }>;
}

/** How long a look may take, in milliseconds: one takes less than two seconds, with the thread that has to come up. */
const MAX_MS = 10_000;

export function templateUploads(): TemplateUploads {
  const threads = threadsFor<SentTemplate, TemplateAnswer>('./template-thread', import.meta.url, MAX_MS);
  return {
    async read(sent) {
      const answer = await answered(() => threads.run(sent));
      if (answer.is === 'read') return answer;
      throw new PageProblem(
        400,
        'The form can’t be read',
        'Nothing was changed. Open the page again, and try once more.',
      );
    },
  };
}

async function answered<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TookTooLong) throw new PageProblem(422, 'The file can’t be used', UNFIT.long);
    if (error instanceof TooManyWait) throw tooManyFiles('Nothing was changed.');
    throw error;
  }
}
