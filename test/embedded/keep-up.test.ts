import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { keepUp, type RunningPart } from '../../platform/embedded/keep-up.ts';
import { isRunning, markOf, stopProcess } from '../../platform/embedded/processes.ts';

interface Part extends RunningPart {
  address: string;
}

/** A process that does nothing until it is ended, under an address of the test's own. */
function idling(address = 'here'): Promise<Part> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const { pid = 0 } = child;
  return new Promise((resolve) =>
    child.once('spawn', () => {
      const mark = markOf(pid);
      resolve({ pid, address, stop: async () => (mark === undefined ? undefined : stopProcess(mark)) });
    }),
  );
}

/** Keeps one up whose starts are as the test has them. */
async function kept(starts: (nth: number) => Promise<Part>) {
  const lines: string[] = [];
  const started: Part[] = [];
  const it = await keepUp(
    {
      name: 'The part',
      addressOf: ({ address }) => address,
      async start() {
        const part = await starts(started.length);
        started.push(part);
        return part;
      },
    },
    (line) => lines.push(line),
    { everyMs: 20 },
  );
  const killed = async (): Promise<void> => {
    const before = started.length;
    process.kill(started.at(-1)?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => started.length, { timeout: 5000 }).toBeGreaterThan(before);
  };
  return { it, lines, started, killed };
}

test('a part that is killed is started again, which is said; asked to end, it stays ended', async () => {
  const { it, lines, started, killed } = await kept(() => idling());
  await killed();
  await expect.poll(() => lines.length).toBe(2);
  expect(lines[0]).toBe(
    `The part: its process ${started[0]?.pid} has ended without being asked. It is started again …`,
  );
  expect(lines[1]).toBe(`The part: runs again (process ${started[1]?.pid}); nothing that was recorded is lost.`);
  const mark = markOf(started[1]?.pid ?? 0);
  expect(mark !== undefined && isRunning(mark)).toBe(true);
  await it.stop();
  expect(mark !== undefined && isRunning(mark)).toBe(false);
  expect(started).toHaveLength(2);
});

test('one that can’t be started again is lost: the sentence says which, why, and what to do', async () => {
  const { it, started } = await kept((nth) =>
    nth === 0 ? idling() : Promise.reject(new Error('There is no room left on the disk.')),
  );
  process.kill(started[0]?.pid ?? 0, 'SIGKILL');
  await expect(it.lost).rejects.toThrow(
    'The part has ended, and can’t be started again (There is no room left on the disk), so everything was stopped. What was recorded is kept.',
  );
  await it.stop();
});

test('one that comes back elsewhere is lost: nobody would find it', async () => {
  const { it, started } = await kept((nth) => idling(nth === 0 ? 'here' : 'there'));
  process.kill(started[0]?.pid ?? 0, 'SIGKILL');
  await expect(it.lost).rejects.toThrow('The part has ended, and something else is at its address here now');
  await it.stop();
  expect(markOf(started[1]?.pid ?? 0)).toBeUndefined();
});

test('one that ends again and again is lost', async () => {
  const { it, started, killed } = await kept(() => idling());
  for (let nth = 0; nth < 3; nth++) await killed();
  process.kill(started.at(-1)?.pid ?? 0, 'SIGKILL');
  await expect(it.lost).rejects.toThrow('The part has ended 4 times in 10 minutes, so everything was stopped.');
  await it.stop();
  expect(started).toHaveLength(4);
});
