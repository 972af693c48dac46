import { existsSync } from 'node:fs';
import { mailSink } from '../../test/support/mail-sink.ts';
import type { Checked } from '../checker.ts';
import type { Site } from '../site.ts';
import { underLoad } from './load.ts';
import type { Scenario } from './scenario.ts';
import { inAStory } from './story.ts';

const HOUR_MS = 3_600_000;
const HOURS = 2;

/** Debian's place for it. */
const FAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
].find((path) => existsSync(path));

const unavailable = (): string | undefined =>
  FAKETIME === undefined ? 'libfaketime is not installed (Debian: libfaketime)' : undefined;

/** One worker is so many hours fast, the other as many slow: whatever is done, one of them does it. */
const environments = ['+', '-'].map((sign) => ({
  LD_PRELOAD: FAKETIME ?? '',
  FAKETIME: `${sign}${HOURS * 3600}s`,
  DONT_FAKE_MONOTONIC: '1',
}));

/** The clocks of both workers are wrong, each another way: the server's is what counts. */
export const WRONG_CLOCKS = {
  'wrong-clock': {
    proves: `of two workers one is ${HOURS} hours fast and one ${HOURS} hours slow: no date, no moment and no mail is another for that`,
    unavailable,
    run: (site, options) =>
      underLoad(site, { ...options, environments }, async ({ crew, at }) => {
        const off = await Promise.all([0, 1].map(async (n) => (await crew.clockOf(n)) - Date.now()));
        if (!off.every((ms, n) => Math.abs(ms - (n === 0 ? 1 : -1) * HOURS * HOUR_MS) < HOUR_MS / 10))
          throw new Error(`the workers' clocks are off by ${off.join(' and ')} ms only`);
        await at(1);
      }),
  },
  'wrong-clock-in-spring': {
    proves: `the same over the last Sunday of March: what is due at nine goes out at nine, by the summer's time`,
    unavailable,
    run: (site, { worker }) =>
      overAChange(site, worker, {
        begin: '2030-03-29T10:00:00.000Z',
        due: '2030-04-29',
        before: '2030-04-01T07:55:00.000Z',
        end: '2030-04-03T12:00:00.000Z',
      }),
  },
  'wrong-clock-in-autumn': {
    proves: `the same over the last Sunday of October: what is due at nine goes out at nine, by the winter's time`,
    unavailable,
    run: (site, { worker }) =>
      overAChange(site, worker, {
        begin: '2029-10-26T10:00:00.000Z',
        due: '2029-11-26',
        before: '2029-10-29T08:55:00.000Z',
        end: '2029-10-31T12:00:00.000Z',
      }),
  },
} satisfies Record<string, Scenario>;

/** `before` is five minutes before the first reminders, on the Monday after the change. */
async function overAChange(
  site: Site,
  worker: string,
  { begin, due, before, end }: { begin: string; due: string; before: string; end: string },
): Promise<Checked> {
  const sink = await mailSink();
  try {
    const options = { worker, mail: sink.url, received: () => Promise.resolve(sink.received) };
    return await inAStory(site, { ...options, begin, due, environments }, async (story) => {
      await story.advanceTo(before);
      const { length } = sink.received;
      await story.advanceTo(new Date(Date.parse(before) + 10 * 60_000).toISOString());
      if (sink.received.length === length) throw new Error('nothing fell due on the morning after the change');
      await story.finishOne(1);
      await story.advanceTo(end);
      return { end };
    });
  } finally {
    await sink.close();
  }
}
