import { type ChildProcess, fork } from 'node:child_process';
import { inject, onTestFinished } from 'vitest';
import type { Keep } from '../register/support.ts';
import { mailSink } from './mail-sink.ts';

/** A worker in a process of its own, to be killed. */
export interface WorkerProcess {
  /** Ready to work, but asking for no work before this. */
  go(): void;
  /** SIGKILL: no farewell to anybody. Returns once it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still, and its sockets stay open. */
  freeze(): void;
  /** SIGCONT: it goes on where it stood. */
  wake(): void;
}

/** Starts a worker's process and waits until it stands ready. Arguments and variables: those of worker-script.ts. */
export async function forkWorker(args: string[], variables: Record<string, string> = {}): Promise<WorkerProcess> {
  const child = fork(inject('workerScript'), args, {
    execArgv: [],
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return {
    go: () => void child.send('go'),
    kill: () => kill(child),
    freeze: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
  };
}

/**
 * Starts workers of a site, one a call, each in a process of its own and at work; whatever runs is killed.
 *
 * @param keep when: by default after the test
 */
export async function workersToKill(
  { taskQueue, databaseUrl }: { taskQueue: string; databaseUrl: string },
  keep: Keep = onTestFinished,
): Promise<() => Promise<WorkerProcess>> {
  const sink = await mailSink();
  keep(() => sink.close());
  const args = [inject('temporalAddress'), taskQueue, databaseUrl, sink.url, inject('workflowBundle')];
  return async () => {
    const worker = await forkWorker(args, { TEMPORAL_NAMESPACE: inject('temporalNamespace') });
    keep(() => worker.kill());
    worker.go();
    return worker;
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
