import type { Authority } from '../../../domain/schemas/authority.ts';
import { problemsOf, wholeFile } from '../../files/file-problems.ts';
import { tooManyFiles } from '../problems.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import type { BroughtAnswer, BroughtFile } from './brought-thread.ts';
import type { CalendarDays, MeetingDays, MeetingFile } from './meeting-file.ts';

/** Files that administrators bring, read beside the thread that answers requests. */
export interface BroughtFiles {
  /** @throws FileProblems naming every part that is wrong, or that it takes too long; PageProblem 503 */
  authority(text: string, name: string): Promise<Authority>;
  /** @throws FileProblems where it takes too long; PageProblem 503 */
  meetings(file: MeetingFile): Promise<MeetingDays>;
  /** An iCalendar file, with what it has called off and moved. @throws FileProblems where it takes too long; PageProblem 503 */
  calendar(file: MeetingFile): Promise<CalendarDays>;
}

/** How long reading a file may take, in milliseconds. */
const MAX_MS = 10_000;

export function broughtFiles(): BroughtFiles {
  const threads = threadsFor<BroughtFile, BroughtAnswer>('./brought-thread', import.meta.url, MAX_MS);
  const answered = async (file: BroughtFile): Promise<BroughtAnswer> => {
    try {
      return await threads.run(file);
    } catch (error) {
      if (error instanceof TookTooLong)
        throw wholeFile('the file', 'a file that takes too long to read', 'expected a smaller one');
      if (error instanceof TooManyWait) throw tooManyFiles('Nothing was changed.');
      throw error;
    }
  };
  return {
    async authority(text, name) {
      const answer = await answered({ is: 'authority', text, name });
      if (answer.is === 'authority') return answer.authority;
      throw problemsOf(answer.is === 'bad-file' ? answer : { problems: [], all: 0 });
    },
    async meetings(file) {
      const answer = await answered({ is: 'meetings', ...file });
      return answer.is === 'meetings' ? answer : { dates: [], problems: [] };
    },
    async calendar(file) {
      const answer = await answered({ is: 'calendar', ...file });
      return answer.is === 'calendar' ? answer : { dates: [], cancelled: [], moved: [], problems: [] };
    },
  };
}
