import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './ports.ts';
import { markOf, stopProcess } from './processes.ts';
import { onPath } from './programs.ts';

/** A mailbox to look into, for trying duecourse out. */
export interface Inbox {
  /** Where mail is sent to. */
  smtpUrl: string;
  /** Where a person reads it. */
  webUrl: string;
  pid: number;
  /** Where it listens: for mail, for people. */
  ports: readonly number[];
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 10_000;

/**
 * Mailpit, where it is on the PATH: on loopback, on free ports, with its mails under `var/`.
 *
 * @param at the ports that it had before, where it is to come back there
 * @returns undefined where there is none, or where it does not come up (which is said)
 */
export async function startMailpit(
  varDir: string,
  log: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
  at?: readonly number[],
): Promise<Inbox | undefined> {
  const executable = onPath('mailpit', environment);
  if (executable === undefined) return undefined;
  const [smtp = 0, web = 0] = await freePorts(2, at);
  const webUrl = `http://127.0.0.1:${web}`;
  const child = spawn(
    executable,
    [
      '--smtp',
      `127.0.0.1:${smtp}`,
      '--listen',
      `127.0.0.1:${web}`,
      '--database',
      join(varDir, 'mailpit.db'),
      '--quiet',
    ],
    { stdio: 'ignore', env: { ...environment, MP_DISABLE_VERSION_CHECK: 'true' } },
  );
  let failed: string | undefined;
  child.on('error', (error) => (failed = error.message));
  child.on('exit', (code) => (failed ??= `it ended with ${code ?? 'a signal'}`));
  const mark = child.pid === undefined ? undefined : markOf(child.pid);
  const stop = async () => (mark === undefined ? undefined : stopProcess(mark));
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await answers(webUrl))) {
    if (failed === undefined && Date.now() < until) {
      await sleep(100);
      continue;
    }
    log(
      `Mail: Mailpit (${executable}) did not come up: ${failed ?? 'no answer within 10 seconds'}; mail goes to files.`,
    );
    await stop();
    return undefined;
  }
  return { smtpUrl: `smtp://127.0.0.1:${smtp}`, webUrl, pid: child.pid ?? 0, ports: [smtp, web], stop };
}

async function answers(webUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${webUrl}/api/v1/info`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}
