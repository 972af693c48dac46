import type { Document } from '../../../domain/documents/document.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { WebParts } from '../parts.ts';
import { PageProblem, tooManyFiles } from '../problems.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import type { WordAnswer, WordTask } from './word-thread.ts';

/** How long a file may take, in milliseconds: a plan of 3,000 actions takes some seconds where nothing else runs. */
const MAX_MS = 60_000;

/** Writes documents as Word beside the thread that answers requests, on the council's own template where it has one. */
export interface WordWriter {
  /**
   * @param authority whose template; null where the document is of no council
   * @param now an instant, UTC
   * @throws PageProblem 409 where the template can't be used; 503
   */
  write(document: Document, authority: string | null, now: string): Promise<Buffer>;
}

export function wordWriter({ register }: Pick<WebParts, 'register'>): WordWriter {
  const threads = threadsFor<WordTask, WordAnswer>('./word-thread', import.meta.url, MAX_MS);
  const answered = async (task: WordTask): Promise<WordAnswer> => {
    try {
      return await threads.run(task);
    } catch (error) {
      if (error instanceof TooManyWait || error instanceof TookTooLong) throw tooManyFiles('Nothing was written.');
      throw error;
    }
  };
  return {
    async write(document, authority, now) {
      const own = authority === null ? null : await register.templates.inForce(authority);
      const answer = await answered({ document, template: own?.content ?? null, madeOn: localDate(now) });
      if (answer.is === 'written') return Buffer.from(answer.bytes);
      throw new PageProblem(
        409,
        'The council’s Word template can’t be used',
        `${answer.sentence} An administrator can take it away, or put another in its place.`,
      );
    },
  };
}
