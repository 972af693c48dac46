import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withFileLock } from '../../platform/embedded/file-lock.ts';
import { identityOf, isRunning, markOf, stopProcess } from '../../platform/embedded/processes.ts';
import { folderForThisTest } from './temporary-folder.ts';

describe('a job that only one does at a time', () => {
  test('lets one in after the other, and tells who waits', async () => {
    const lock = join(folderForThisTest(), 'deep', 'lock');
    const order: string[] = [];
    const lines: string[] = [];
    const job = (name: string) =>
      withFileLock(
        lock,
        (line) => lines.push(line),
        async () => {
          order.push(`${name} in`);
          await sleep(100);
          order.push(`${name} out`);
        },
      );
    await Promise.all([job('a'), job('b'), job('c')]);
    for (let i = 0; i < order.length; i += 2) expect(order[i + 1]).toBe(order[i]?.replace('in', 'out'));
    expect(order).toHaveLength(6);
    expect(lines.join()).toContain(`process ${process.pid}`);
    expect(existsSync(lock)).toBe(false);
  });

  test('takes the lock of a process that is gone, even where its number lives on in another', async () => {
    const lock = join(folderForThisTest(), 'lock');
    for (const mark of [
      { pid: 4_000_000, identity: 'long gone' },
      { pid: process.pid, identity: 'one before us' },
    ]) {
      writeFileSync(lock, JSON.stringify(mark));
      expect(
        await withFileLock(
          lock,
          () => undefined,
          async () => 'done',
        ),
      ).toBe('done');
    }
  });

  test('lets go where the job fails', async () => {
    const lock = join(folderForThisTest(), 'lock');
    await expect(
      withFileLock(
        lock,
        () => undefined,
        () => Promise.reject(new Error('no disk')),
      ),
    ).rejects.toThrow('no disk');
    expect(
      await withFileLock(
        lock,
        () => undefined,
        async () => 'next',
      ),
    ).toBe('next');
  });
});

describe('which process is which', () => {
  test("a number alone is nobody's: only the very process that was noted is ended", async () => {
    const mark = markOf(process.pid);
    expect(mark && isRunning(mark)).toBe(true);
    await stopProcess({ pid: process.pid, identity: 'another' });
    expect(identityOf(process.pid)).toBe(mark?.identity);
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(identityOf(pid)).toBeUndefined();
  });
});
