import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Agreement } from './agreement.ts';

const script = fileURLToPath(new URL('zones-script.ts', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));
/** The last has had no 30 December 2011 at all. */
const zones = ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland', 'Pacific/Apia'];

interface Answers {
  hourHere: number;
  digest: string;
  known: Record<string, string>;
  agreement: Agreement;
}

async function answersIn(zone: string): Promise<Answers> {
  const env = { ...process.env, TZ: zone };
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], {
    cwd: repository,
    env,
  });
  return JSON.parse(stdout) as Answers;
}

describe('whatever zone the process is in', () => {
  let answers: Answers[] = [];
  beforeAll(async () => {
    answers = await Promise.all(zones.map(answersIn));
  });

  it('the five processes really were in five zones', () => {
    expect(answers.map(({ hourHere }) => hourHere)).toEqual([12, 13, 8, 0, 1]);
  });

  it('thousands of answers are the same', () => {
    expect(answers[0]?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(answers.map(({ digest }) => digest)).size).toBe(1);
  });

  it.each(zones)('date-fns and epoch days agree on every date in %s', (zone) => {
    const { differences, compared, digest } = answers[zones.indexOf(zone)]?.agreement ?? {};
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(4000);
    expect(digest).toBe(answers[0]?.agreement.digest);
  });

  it.each(zones)('the known answers are right in %s', (zone) => {
    expect(answers[zones.indexOf(zone)]?.known).toEqual({
      due: '2016-06-30',
      callInCloses: '2010-11-06T00:00:00.000Z',
      agenda: '2016-04-29',
      summerMidnight: '2016-07-01',
      spring: '2016-03-27T23:00:00.000Z',
      autumn: '2016-10-31T00:00:00.000Z',
      inTheGap: '02:30',
      words: 'midnight at the end of Thursday 30 June 2016',
    });
  });
});
