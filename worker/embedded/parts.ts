import { join } from 'node:path';
import { homedir } from 'node:os';
import type { Log } from './log.ts';
export interface TemporalProgram { kind: 'cli' | 'server'; executable: string }
export async function findTemporalProgram(log: Log): Promise<TemporalProgram> {
  log('stub');
  return { kind: 'server', executable: join(homedir(), '.cache/duecourse/temporal-server-1.32.1-linux-x64') };
}
