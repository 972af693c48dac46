import { expect, onTestFinished, test, vi } from 'vitest';
import { distantClock } from '../../../platform/updates/engine-clock.ts';

const HOUR_MS = 3_600_000;

test('it shows what the distant clock shows, whatever this machine’s own is set to meanwhile', async () => {
  const distant = performance.now();
  const epoch = Date.parse('2026-01-01T00:00:00.000Z');
  const shows = () => epoch + performance.now() - distant;
  let asked = 0;
  const clock = distantClock(() => {
    asked++;
    return Promise.resolve(shows());
  });
  expect(Math.abs((await clock()) - shows())).toBeLessThan(50);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * HOUR_MS });
  onTestFinished(() => void vi.useRealTimers());
  expect(Math.abs((await clock()) - shows())).toBeLessThan(50);
  expect(asked).toBe(1);
});

test('many who ask at once have it asked once; where it does not answer, this machine’s own is all there is', async () => {
  let asked = 0;
  const clock = distantClock(async () => {
    asked++;
    await Promise.resolve();
    throw new Error('away');
  });
  const all = await Promise.all(Array.from({ length: 10 }, () => clock()));
  expect(asked).toBe(1);
  for (const each of all) expect(Math.abs(each - Date.now())).toBeLessThan(1000);
});
