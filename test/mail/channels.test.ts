import { readdir } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { MailFailure, type MailTransport } from '../../activities/mail/mail-transport.ts';
import { transportByChannel } from '../../activities/mail/transport-by-channel.ts';
import { transportFromSettings } from '../../activities/mail/transport-from-settings.ts';
import { channel } from '../../domain/schemas/authority.ts';
import { readSettings } from '../../platform/settings.ts';
import { message, temporaryFolder } from './messages.ts';

/** What a machine on which nothing of mail is set up does with a mail of a channel. */
async function withoutSettings() {
  const outbox = await temporaryFolder();
  const post = transportFromSettings(readSettings({ DUECOURSE_OUTBOX: outbox }));
  onTestFinished(() => post.close());
  return { post, outbox };
}

const failureOf = (sending: Promise<void>): Promise<unknown> =>
  sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );

test('where no key is set, mail waits and the operator is told which variables', async () => {
  const { post, outbox } = await withoutSettings();
  const failure = await failureOf(post.send(message({ channel: 'govuk-notify' })));
  expect(failure).toBeInstanceOf(MailFailure);
  expect(failure).toMatchObject({
    kind: 'delayed',
    message: expect.stringContaining('DUECOURSE_NOTIFY_KEY and DUECOURSE_NOTIFY_TEMPLATE') as string,
  });
  expect(await readdir(outbox)).toEqual([]);
});

test('an authority that has chosen nothing has its mail by the mail server, or in the outbox where there is none', async () => {
  const { post, outbox } = await withoutSettings();
  await post.send(message());
  expect((await readdir(outbox)).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
});

test('each channel has its own way out, and none takes another’s mail', async () => {
  const sent: string[] = [];
  const closed: string[] = [];
  const recording = (name: string): MailTransport => ({
    send: () => Promise.resolve(void sent.push(name)),
    close: () => Promise.resolve(void closed.push(name)),
  });
  const post = transportByChannel({
    smtp: recording('smtp'),
    'govuk-notify': recording('govuk-notify'),
    outbox: recording('outbox'),
  });
  for (const name of channel.options) await post.send(message({ channel: name }));
  await post.close();
  expect(sent).toEqual(channel.options);
  expect(closed).toEqual(channel.options);
});

test('what is to stay on this machine is written to its outbox, also where a mail server is set', async () => {
  const outbox = await temporaryFolder();
  // Nobody answers there: whatever is handed to it fails.
  const settings = readSettings({ DUECOURSE_OUTBOX: outbox, DUECOURSE_SMTP_URL: 'smtp://127.0.0.1:1' });
  const post = transportFromSettings(settings);
  onTestFinished(() => post.close());
  await post.send(message({ channel: 'outbox' }));
  expect((await readdir(outbox)).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
  expect(await failureOf(post.send(message({ channel: 'smtp' })))).toBeInstanceOf(MailFailure);
});
