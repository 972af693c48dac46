import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What is on its way to the loop when a request was answered. */
const AFTER_MS = 20;

/**
 * For how long this process answered nobody while something was done, in milliseconds: by the clock, or by the processor's time that
 * it used, whichever is less. A machine that is busy with something else adds to the first and not to the second.
 */
export async function keptWaiting(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.cpuUsage();
  delay.enable();
  await work();
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  delay.disable();
  const { user, system } = process.cpuUsage(before);
  return Math.min(delay.max / 1e6, (user + system) / 1e3);
}
