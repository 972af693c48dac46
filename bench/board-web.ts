/**
 * `npm run web` in a process of its own, set up by its environment as in earnest; asked, it tells what memory it has
 * taken at most. It is ready when `/readyz` says so.
 */
import type { Usage } from './processes.ts';

process.on('message', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  process.send?.({ clock: Date.now(), peakMiB: maxRSS / 1024, cpuSeconds } satisfies Usage);
});
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.argv.splice(2, process.argv.length, 'web');
process.send?.('started');
await import('../client/cli/main.ts');
