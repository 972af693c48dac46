import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMailpit } from '../../platform/embedded/mailpit.ts';
import { folderForThisTest } from './temporary-folder.ts';

/** A program called mailpit in a folder of its own, which does as the test says. */
function mailpit(folder: string, script: string): NodeJS.ProcessEnv {
  const path = join(folder, 'mailpit');
  writeFileSync(path, `#!${process.execPath}\n${script}`);
  chmodSync(path, 0o755);
  return { PATH: folder };
}

const ANSWERING = `
const http = require('node:http');
const [host, port] = process.argv[process.argv.indexOf('--listen') + 1].split(':');
if (process.env.MP_DISABLE_VERSION_CHECK !== 'true') process.exit(3);
http.createServer((request, response) => response.end('{}')).listen(Number(port), host);
`;

test('is started on loopback, answers, and is stopped', async () => {
  const folder = folderForThisTest();
  const lines: string[] = [];
  const inbox = await startMailpit(folder, (line) => lines.push(line), mailpit(folder, ANSWERING));
  expect(inbox?.webUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(inbox?.smtpUrl).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${inbox?.webUrl}/api/v1/info`)).ok).toBe(true);
  await inbox?.stop();
  const again = await startMailpit(folder, (line) => lines.push(line), mailpit(folder, ANSWERING), inbox?.ports);
  expect([again?.webUrl, again?.smtpUrl]).toEqual([inbox?.webUrl, inbox?.smtpUrl]);
  await again?.stop();
  await expect(fetch(`${inbox?.webUrl}/api/v1/info`)).rejects.toThrow('fetch failed');
  expect(lines).toEqual([]);
});

test('that ends at once is said so, and mail goes to files', async () => {
  const folder = folderForThisTest();
  const lines: string[] = [];
  expect(await startMailpit(folder, (line) => lines.push(line), mailpit(folder, 'process.exit(7)'))).toBeUndefined();
  expect(lines.join()).toMatch(/did not come up: it ended with 7; mail goes to files/);
});

test('where there is none, nothing is said', async () => {
  const folder = folderForThisTest();
  const lines: string[] = [];
  expect(await startMailpit(folder, (line) => lines.push(line), { PATH: folder })).toBeUndefined();
  expect(lines).toEqual([]);
});
