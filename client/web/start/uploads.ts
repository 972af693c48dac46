import { Piscina } from 'piscina';
import type { Register } from '../../../register/register.ts';
import { atMost } from '../../../platform/at-most.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { FileProblems, wholeFile } from '../../files/file-problems.ts';
import type { Person } from '../people.ts';
import { PageProblem } from '../problems.ts';
import { mustBeStarter } from './startable.ts';
import type { Upload, Uploaded } from './uploaded.ts';
import type { UploadAnswer } from './upload-thread.ts';

/** What people upload, read beside the thread that answers requests. */
export interface Uploads {
  /**
   * Reads an inspection file that came by the web; one file of a person's at a time.
   *
   * @throws PageProblem 403 where they may start none, before anything of it is read; FileProblems naming every part that
   *   is wrong, or that it takes too long; Refusal where the lifecycle would refuse it
   */
  read(text: string, name: string, person: Person, now: string): Promise<Uploaded>;
}

const MAX_THREADS = 2;
/** Files that may wait for a thread. */
const MAX_WAITING = 400;
/** How long one file may take, from its turn on, in milliseconds. An inspection of 3,000 actions takes two seconds. */
const MAX_MS = 20_000;
/** What a thread may take of memory, in MiB. */
const MAX_MEMORY = 512;
/** A thread without work ends after so many milliseconds. */
const IDLE_MS = 60_000;

const THREAD = new URL(`./upload-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** @param maxMs how long one file may take, in milliseconds */
export function uploadsTo({ approvedHolidays }: Pick<Register, 'approvedHolidays'>, maxMs = MAX_MS): Uploads {
  let threads: Piscina<Upload, UploadAnswer> | undefined;
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
    async read(text, name, person, now) {
      const mine = mustBeStarter(person);
      const authorities = await Promise.all(
        mine.map(async ({ authority, roles }) => ({
          authority,
          role: roles[0]?.id ?? '',
          approved: await approvedHolidays(authority.id),
        })),
      );
      const upload: Upload = { text, name, email: person.email, authorities, now };
      return inTurn(person.email, async () => uploadedIn(await answered((threads ??= started()), upload, maxMs)));
    },
  };
}

function started(): Piscina<Upload, UploadAnswer> {
  return new Piscina({
    filename: THREAD.href,
    name: 'answerTo',
    minThreads: 0,
    maxThreads: MAX_THREADS,
    maxQueue: MAX_WAITING,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY },
    // Not built yet: as the tests run it.
    ...(THREAD.href.endsWith('.ts') ? { execArgv: ['--import', 'tsx'] } : {}),
  });
}

async function answered(threads: Piscina<Upload, UploadAnswer>, upload: Upload, maxMs: number): Promise<UploadAnswer> {
  try {
    return await threads.run(upload, { signal: AbortSignal.timeout(maxMs) });
  } catch (error) {
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (name === 'AbortError' || code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw wholeFile(upload.name, 'a file that takes too long to read', 'expected a smaller one: divide it');
    if (/queue/i.test(message))
      throw new PageProblem(503, 'Too many files at once', 'Nothing was started. Please try again in a few minutes.');
    throw error;
  }
}

function uploadedIn(answer: UploadAnswer): Uploaded {
  if (answer.is === 'bad-file') throw new FileProblems(answer.problems);
  if (answer.is === 'refused') throw new Refusal(answer.code, answer.sentence);
  return answer.uploaded;
}
