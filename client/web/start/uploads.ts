import type { Register } from '../../../register/register.ts';
import { atMost } from '../../../platform/at-most.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { problemsOf, wholeFile } from '../../files/file-problems.ts';
import type { Person } from '../people.ts';
import { tooManyFiles } from '../problems.ts';
import { type Threads, threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import { mustBeStarter } from './startable.ts';
import type { Upload, Wanted, WantedName } from './uploaded.ts';
import type { UploadAnswer } from './upload-thread.ts';

/** A file as it was given. */
export interface GivenFile {
  name: string;
  text: string;
}

/** What people upload, read beside the thread that answers requests. */
export interface Uploads {
  /**
   * Reads an inspection file that came by the web, and gives what is wanted of it; one file of a person's at a time.
   *
   * @throws PageProblem 403 where they may start none, before anything of it is read; FileProblems naming every part that
   *   is wrong, or that it takes too long; Refusal where the lifecycle would refuse it
   */
  read<Name extends WantedName>(
    wanted: Name,
    given: GivenFile,
    by: { person: Person; now: string },
  ): Promise<Wanted[Name]>;
}

/** How long one file may take, from its person's turn on, in milliseconds. An inspection of 3,000 actions takes two seconds. */
const MAX_MS = 20_000;

/** @param maxMs how long one file may take, in milliseconds */
export function uploadsTo({ approvedHolidays }: Pick<Register, 'approvedHolidays'>, maxMs = MAX_MS): Uploads {
  const threads = threadsFor<Upload, UploadAnswer>('./upload-thread', import.meta.url, maxMs);
  const turns = new Map<string, { waiting: number; slot: ReturnType<typeof atMost> }>();
  /** One at a time of each person's: nobody's files keep everybody else's waiting. */
  const inTurn = async <T>(email: string, work: () => Promise<T>): Promise<T> => {
    const turn = turns.get(email) ?? { waiting: 0, slot: atMost(1) };
    turns.set(email, turn);
    turn.waiting++;
    try {
      return await turn.slot(work);
    } finally {
      if (--turn.waiting === 0) turns.delete(email);
    }
  };
  return {
    async read(wanted, { text, name }, { person, now }) {
      const mine = mustBeStarter(person);
      const authorities = await Promise.all(
        mine.map(async ({ authority, roles }) => ({
          authority,
          role: roles[0]?.id ?? '',
          approved: await approvedHolidays(authority.id),
        })),
      );
      const upload: Upload = { text, name, email: person.email, authorities, now, wanted };
      return inTurn(person.email, async () => givenIn(await answered(threads, upload)) as Wanted[typeof wanted]);
    },
  };
}

async function answered(threads: Threads<Upload, UploadAnswer>, upload: Upload): Promise<UploadAnswer> {
  try {
    return await threads.run(upload);
  } catch (error) {
    if (error instanceof TookTooLong)
      throw wholeFile(upload.name, 'a file that takes too long to read', 'expected a smaller one: divide it');
    if (error instanceof TooManyWait) throw tooManyFiles('Nothing was started.');
    throw error;
  }
}

function givenIn(answer: UploadAnswer): Wanted[WantedName] {
  if (answer.is === 'bad-file') throw problemsOf(answer);
  if (answer.is === 'refused') throw new Refusal(answer.code, answer.sentence, answer.field);
  return answer.given;
}
