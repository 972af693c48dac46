import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { outboxTransport } from '../../../activities/mail/outbox-transport.ts';
import { message, messageTo, temporaryFolder } from '../messages.ts';

test('a file is the mail as a mail program reads it', async () => {
  const folder = await temporaryFolder();
  await outboxTransport(folder).send(message());
  const [name = ''] = await readdir(folder);
  const bytes = await readFile(join(folder, name));
  expect(bytes.toString()).not.toMatch(/[^\r]\n/);
  expect(await simpleParser(bytes)).toMatchObject({ subject: message().subject, messageId: message().messageId });
});

test('one mail written by many at once is one whole file, with nothing left beside it', async () => {
  const folder = await temporaryFolder();
  await outboxTransport(folder).send(message());
  const [name = ''] = await readdir(folder);
  const alone = await readFile(join(folder, name));
  const posts = Array.from({ length: 8 }, () => outboxTransport(folder));
  await Promise.all(posts.flatMap((post) => [post.send(message()), post.send(message())]));
  expect(await readdir(folder)).toEqual([name]);
  expect(await readFile(join(folder, name))).toEqual(alone);
});

test('mails to fifty people are fifty files', async () => {
  const folder = await temporaryFolder();
  const post = outboxTransport(folder);
  await Promise.all(Array.from({ length: 50 }, (_, index) => post.send(messageTo(index))));
  expect(await readdir(folder)).toHaveLength(50);
});

test('an address that looks like a path stays in the folder', async () => {
  const folder = await temporaryFolder();
  const recipient = { email: '../../../etc/passwd@anyborough.example.org', roles: [], standsInFor: [] };
  await outboxTransport(join(folder, 'outbox')).send(message({ recipient }));
  expect(await readdir(folder)).toEqual(['outbox']);
  expect(await readdir(join(folder, 'outbox'))).toHaveLength(1);
});
