import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../platform/package-root.ts';

export interface Holder {
  /** The process that holds the server. */
  pid: number;
  /** The server itself. */
  serverPid: number;
  /** Kills the holder, as a person in a hurry would; the server lives on. Safe to call twice. */
  kill(): Promise<void>;
  /** Ctrl-C in its terminal: everyone in its process group is told, and the holder ends at once. */
  interrupt(): Promise<void>;
}

/** Another process that runs an embedded server on a folder. */
export async function startHolder(kind: 'temporal' | 'postgres', dataDir: string): Promise<Holder> {
  const script = fileURLToPath(new URL('./fixtures/holder.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, kind, dataDir], {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the holder ended with ${code}`))),
  ])) as [Buffer];
  const end = async (signal: NodeJS.Signals, target: number) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    process.kill(target, signal);
    await gone;
  };
  return {
    pid: child.pid ?? 0,
    serverPid: Number(line.toString()),
    kill: () => end('SIGKILL', child.pid ?? 0),
    interrupt: () => end('SIGINT', -(child.pid ?? 0)),
  };
}
