import { htmlValidator } from '../support/html-validator.ts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import { webApp } from '../../client/web/app.ts';
import type { WebParts } from '../../client/web/parts.ts';
import { serveWeb } from '../../client/web/serve.ts';
import { ownRegister } from '../register/support.ts';
import { digestOf, noticeOf, TRY } from '../support/digests.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { joinedOf } from '../../client/web/joined.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import { readEnvironment } from '../../domain/schemas/environment.ts';

const secret = 'a secret of the tests, long enough to be one';
const FROM = 'duecourse <duecourse@anyborough.example.org>';
const reader = { authority: 'anyborough', recipient: 'owner@anyborough.example.org' };

/** No page of these needs the engine: who asks it all the same is told. */
function nobody(): WebParts['engine'] {
  const refuse = () => Promise.reject(new Error('nobody is to ask the engine here'));
  return {
    start: refuse,
    command: refuse,
    newest: refuse,
    view: refuse,
    inspect: refuse,
    facts: refuse,
    running: refuse,
    keepMorningSummary: refuse,
    moves: refuse,
    replanAll: refuse,
    changeSummaryCalendar: refuse,
    nudgeCourier: refuse,
    tellStandIns: refuse,
    answers: () => Promise.resolve(false),
  };
}

/** A board whose register knows one mail, a copy for information; and that mail's address. */
async function board() {
  const { register } = await ownRegister();
  const unsubscribe = unsubscribeBy({ boardUrl: 'https://board.example.org', secret });
  const digest = digestOf({ notices: [noticeOf({ kind: 'information', step: 'lead-member' })] });
  const mail = composeMail(digest, { from: FROM, unsubscribe });
  await register.claim(digest, mail.messageId, digest.at, TRY);
  const onError = vi.fn<(error: Error) => void>();
  const engine = nobody();
  const parts = {
    register,
    unsubscribe,
    engine,
    secret,
    boardUrl: 'https://board.example.org',
    hosts: ['localhost'],
    joined: joinedOf(readEnvironment({})),
    outside: outsideBy({ allow: 'public' }),
    secrets: secretBox([]),
    onError,
  };
  const address = /<(.*)>/.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  return { app: webApp(parts), parts, register, onError, path: new URL(address).pathname };
}

const oneClick = {
  method: 'POST',
  body: 'List-Unsubscribe=One-Click',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
};
const form = (wanted: string) => ({ ...oneClick, body: `wanted=${wanted}` });

test('opening the address changes nothing, and shows a page that a reader can use', async () => {
  const { app, path, register } = await board();
  const answer = await app.request(path);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  expect(html).toContain('Stop copies for information');
  expect(await register.isUnsubscribed(reader)).toBe(false);
  const report = await htmlValidator({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
  }).validateString(html);
  expect(report.results.flatMap((result) => result.messages.map((each) => each.message))).toEqual([]);
});

test('a mail program’s one click stops the copies; the page’s button brings them back', async () => {
  const { app, path, register } = await board();
  expect((await app.request(path, oneClick)).status).toBe(200);
  expect(await register.isUnsubscribed(reader)).toBe(true);
  expect((await app.request(path, oneClick)).status).toBe(200);
  expect(await (await app.request(path, form('no'))).text()).toContain('Send them again');
  expect(await (await app.request(path, form('yes'))).text()).toContain('Copies are sent again');
  expect(await register.isUnsubscribed(reader)).toBe(false);
});

test.each(['/unsubscribe/none', '/unsubscribe/%00.%ff', '/unsubscribe'])(
  '%s is not found, and nothing is changed',
  async (path) => {
    const { app, register, onError } = await board();
    expect((await app.request(path)).status).toBe(404);
    expect((await app.request(path, oneClick)).status).toBe(404);
    expect(await register.isUnsubscribed(reader)).toBe(false);
    expect(onError).not.toHaveBeenCalled();
  },
);

test('a body that is too long is refused', async () => {
  const { app, path, register } = await board();
  const answer = await app.request(path, { ...oneClick, body: `wanted=${'n'.repeat(1024 * 1024)}` });
  expect(answer.status).toBe(413);
  expect(await register.isUnsubscribed(reader)).toBe(false);
});

test('over a real connection: health, readiness, headers; and a port that is taken is said so', async () => {
  const { parts, path, register, onError } = await board();
  const web = await serveWeb(parts, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => web.close());
  expect(await (await fetch(`${web.address}/healthz`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${web.address}/readyz`)).status).toBe(200);
  const page = await fetch(`${web.address}${path}`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await fetch(`${web.address}/assets/plain.css`)).headers.get('content-type')).toContain('text/css');
  await expect(serveWeb(parts, { host: '127.0.0.1', port: Number(new URL(web.address).port) })).rejects.toThrow(
    /Something else is listening at .*choose another port with DUECOURSE_PORT/,
  );
  await register.close();
  expect((await fetch(`${web.address}/readyz`)).status).toBe(503);
  const failed = await fetch(`${web.address}${path}`, oneClick);
  expect([failed.status, await failed.text()]).toEqual([500, expect.stringContaining('It is not known whether')]);
  expect(onError).toHaveBeenCalledOnce();
});
