import { hostname } from 'node:os';
import { bankHolidaysMark, codeMark, keyMarks, rulesMark, secretMark } from '../platform/process-marks.ts';
import { releaseOf } from '../platform/release.ts';
import { processName } from '../platform/process-name.ts';
import type { Settings } from '../platform/settings.ts';
import { type ProcessMarks, type ProcessNote, type ProcessPart, SAY_EVERY_MS } from '../register/processes.ts';
import type { Register } from '../register/register.ts';
import { readWorkflowBundle } from './built-bundle.ts';

/**
 * What this process runs by.
 *
 * @param secret the one it signs with; undefined where it has none
 * @throws PartProblem where the workflow code has not been built
 */
export async function ownMarks({ keys }: Pick<Settings, 'keys'>, secret: string | undefined): Promise<ProcessMarks> {
  return {
    version: releaseOf(),
    code: codeMark(await readWorkflowBundle()),
    bankHolidays: bankHolidaysMark(),
    rules: rulesMark(),
    keys: keyMarks(keys),
    secret: secret === undefined ? null : secretMark(secret),
  };
}

/** What this process says of itself. */
export async function ownNote(
  settings: Settings,
  part: ProcessPart,
  where: { namespace: string; secret: string | undefined },
): Promise<ProcessNote> {
  const marks = await ownMarks(settings, where.secret);
  const taskQueue = settings.environment.DUECOURSE_TASK_QUEUE;
  return { ...marks, identity: processName(), part, host: hostname(), taskQueue, namespace: where.namespace };
}

/** Beyond this a clock makes what people see wrong: sign-ins that are over, duties late by a day. */
export const CLOCK_TOLERANCE_MS = 10_000;

/**
 * Says in the register that this process runs, now and every minute, until it is ended. A register that takes nothing is
 * told of once, and keeps no process from its work.
 *
 * @returns to be called when the process ends
 */
export async function announce(
  { processes }: Pick<Register, 'processes'>,
  note: ProcessNote,
  warn: (line: string) => void,
  everyMs: number = SAY_EVERY_MS,
): Promise<() => Promise<void>> {
  let told = '';
  const tell = (trouble: string): void => {
    if (trouble !== told && trouble !== '') warn(trouble);
    told = trouble;
  };
  const say = async (): Promise<void> => {
    try {
      const off = await processes.keep(note);
      tell(
        Math.abs(off) > CLOCK_TOLERANCE_MS
          ? 'this machine’s clock differs from the database’s: duecourse doctor says by how much'
          : '',
      );
    } catch (error) {
      tell(`the register takes no note of this process: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await say();
  let saying = Promise.resolve();
  const timer = setInterval(() => {
    saying = saying.then(say);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await saying;
    await processes.end(note.identity).catch(() => undefined);
  };
}
