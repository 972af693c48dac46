import { Refusal } from '../../../domain/refusal.ts';
import type { ReadFile } from '../../evidence.ts';
import { PageProblem, tooManyFiles } from '../problems.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import type { EvidenceAnswer, SentEvidence } from './evidence-thread.ts';

/** Evidence that people send, taken apart and looked at beside the thread that answers requests. */
export interface EvidenceUploads {
  /** @throws PageProblem 400 where it can't be read, 503 where too much waits */
  read(sent: SentEvidence): Promise<ReadUpload>;
}

/** The fields of a form, its file, and why that is refused, where it is. */
export interface ReadUpload {
  fields: Record<string, string>;
  file: ReadFile | undefined;
  refusal: Refusal | undefined;
}

/** How long one may take, in milliseconds: 20 MB take less than one second. */
const MAX_MS = 20_000;

export function evidenceUploads(maxMs = MAX_MS): EvidenceUploads {
  const threads = threadsFor<SentEvidence, EvidenceAnswer>('./evidence-thread', import.meta.url, maxMs);
  return {
    async read(sent) {
      const answer = await answered(() => threads.run(sent));
      if (answer.is === 'unreadable')
        throw new PageProblem(
          400,
          'The form can’t be read',
          'Nothing was changed. Open the page again, and try once more.',
        );
      const refusal = answer.is === 'refused' ? new Refusal(answer.code, answer.sentence, answer.field) : undefined;
      const file = answer.is === 'good' && answer.file !== null ? answer.file : undefined;
      return {
        fields: answer.fields,
        // A buffer comes from its thread as bare bytes.
        file: file === undefined ? undefined : { ...file, content: Buffer.from(file.content) },
        refusal,
      };
    },
  };
}

async function answered<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TookTooLong || error instanceof TooManyWait) throw tooManyFiles('Nothing was added.');
    throw error;
  }
}
