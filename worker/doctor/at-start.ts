import type { Log } from '../../platform/logger.ts';
import type { ProcessNote } from '../../register/processes.ts';
import type { Register } from '../../register/register.ts';
import { isFellow, lookAtMarks } from './processes.ts';

/**
 * Says at once, and not only when somebody next looks whether all is well, where a process that starts runs by something else
 * than its fellows: other code, other bank holidays. What it does until then would be counted by them. It keeps no process
 * from its work: releases differ while an upgrade is under way.
 */
export async function sayDifferences(
  { processes }: Pick<Register, 'processes'>,
  note: ProcessNote,
  log: Pick<Log, 'event'>,
): Promise<void> {
  // A register that takes nothing has been told of already, by `announce`.
  const running = await processes.running().catch(() => []);
  const fellows = running.filter((each) => each.identity !== note.identity && isFellow(note, each));
  for (const { code, severity, what, do: advice } of lookAtMarks(note, fellows, 'this process'))
    log.event({ part: 'doctor', code }, `${what} ${advice}`, severity === 'error' ? 'error' : 'warn');
}
