import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./zones-script.ts', import.meta.url));
const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland'];

test('what happens, and when, does not depend on the zone that the process runs in', async () => {
  const run = promisify(execFile);
  const told = await Promise.all(
    ZONES.map((TZ) =>
      run(process.execPath, ['--import', 'tsx', SCRIPT], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
        maxBuffer: 64 * 2 ** 20,
      }),
    ),
  );
  const [first = '', ...others] = told.map(({ stdout }) => stdout);
  const { mails } = JSON.parse(first) as { mails: string[] };
  // Started at half past eleven in the evening of Friday 19 February: owners hear of it on Monday at eight.
  expect(mails.find((mail) => mail.includes('head-of-service'))).toMatch(/^2016-02-22T08:00:00.000Z 2016-02-22 /);
  expect(mails.length).toBeGreaterThan(40);
  for (const other of others) expect(other).toBe(first);
});
