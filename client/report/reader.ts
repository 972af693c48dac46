import type { FoundReport } from '../../domain/report/found.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../web/threads.ts';
import { MAX_READ_MS } from './document-lines.ts';
import type { GivenReport, ReportAnswer } from './report-thread.ts';

/** What became of a report that somebody gave: the other fields of its form, and what was found or why nothing could be. */
export interface ReadReport {
  fields: Record<string, string>;
  found: FoundReport | undefined;
  /** A sentence; undefined where it was read. */
  refusal: string | undefined;
}

/** Reads reports beside the thread that answers requests. */
export interface ReportReader {
  /** Undefined where the form that it came in can't be read. */
  read(given: GivenReport): Promise<ReadReport | undefined>;
}

/** With what the thread takes to come up and to take a form apart. */
const MAX_MS = MAX_READ_MS + 5000;

const TOO_LONG =
  'This takes too long to read, or more memory than there is for it. Give the report alone, without pictures, or paste its text.';
const TOO_MANY = 'Too many reports are being read just now. Nothing was kept. Please try again in a few minutes.';

/** @param maxMs how long one may take, in milliseconds */
export function reportReader(maxMs = MAX_MS): ReportReader {
  const threads = threadsFor<GivenReport, ReportAnswer>('./report-thread', import.meta.url, maxMs);
  return {
    async read(given) {
      try {
        const answer = await threads.run(given);
        if (answer.is === 'unreadable') return undefined;
        const { fields } = answer;
        return answer.is === 'good'
          ? { fields, found: answer.found, refusal: undefined }
          : { fields, found: undefined, refusal: answer.sentence };
      } catch (error) {
        const refusal = error instanceof TookTooLong ? TOO_LONG : error instanceof TooManyWait ? TOO_MANY : undefined;
        if (refusal === undefined) throw error;
        return { fields: {}, found: undefined, refusal };
      }
    },
  };
}
