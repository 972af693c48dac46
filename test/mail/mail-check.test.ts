import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkMailServer, checkNotify, checkOutbox } from '../../activities/mail/mail-check.ts';
import { rawServer, smtpServer } from './servers.ts';

const HASTY_MS = 300;
const TEMPLATE = '99999999-8888-4777-8666-555555555555';
const KEY = 'tests-11111111-2222-4333-8444-555555555555-aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

test('a mail server that lets us in is well, and is handed nothing', async () => {
  const server = await smtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
  });
  const url = `smtp://somebody:a%20word@${server.address}?requireTls=false`;
  expect(await checkMailServer(url)).toBeUndefined();
  expect([server.connections, server.received]).toEqual([1, []]);
});

test.each<[string, string]>([
  ['421 too many', 'put it off: 421 too many'],
  ['554 go away', 'refused us: 554 go away'],
])('one that greets with %s is said to have', async (greeting, says) => {
  const { address } = await rawServer((socket) => socket.end(`${greeting}\r\n`));
  expect(await checkMailServer(`smtp://${address}`, HASTY_MS)).toMatchObject({
    kind: 'unreachable',
    reason: expect.stringContaining(says) as string,
  });
});

test('one that says nothing is not waited for longer than it was given', async () => {
  const { address } = await rawServer(() => undefined);
  const began = performance.now();
  expect(await checkMailServer(`smtp://${address}`, HASTY_MS)).toMatchObject({ kind: 'unreachable' });
  expect(performance.now() - began).toBeLessThan(10 * HASTY_MS);
});

test('no word of a password is said', async () => {
  const { address } = await smtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      done(Object.assign(new Error(`5.7.8 not ${auth.password ?? ''}`), { responseCode: 535 })),
  });
  const trouble = await checkMailServer(`smtp://somebody:hidden-word@${address}?requireTls=false`);
  expect(trouble?.kind).toBe('refused');
  expect(trouble?.reason).not.toContain('hidden-word');
});

test.each([
  [200, undefined],
  [403, { kind: 'refused' }],
  [404, { kind: 'refused' }],
  [500, { kind: 'unreachable', reason: 'GOV.UK Notify answers 500' }],
])('GOV.UK Notify that answers %d', async (status, expected) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":"x","errors":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trouble = await checkNotify({ key: KEY, template: TEMPLATE, url });
  if (expected === undefined) expect(trouble).toBeUndefined();
  else expect(trouble).toMatchObject(expected);
  expect(asked).toEqual([`/v2/template/${TEMPLATE}`]);
});

test('the outbox: one that is there, one that can be made, and one that lies in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-outbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(checkOutbox(folder)).toBeUndefined();
  expect(checkOutbox(join(folder, 'deep', 'outbox'))).toBeUndefined();
  chmodSync(folder, 0o755);
  expect(checkOutbox(join('/proc/version', 'outbox'))).toMatchObject({ kind: 'unreachable' });
});
