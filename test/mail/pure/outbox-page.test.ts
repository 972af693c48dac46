import { htmlValidator } from '../../support/html-validator.ts';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { composeMail } from '../../../activities/mail/compose.ts';
import { outboxWithPage, writeOutboxPage } from '../../../activities/mail/outbox-page.ts';
import { digestOf } from '../../support/digests.ts';
import { FROM, HOSTILE, hostileDigest, messageTo, temporaryFolder } from '../messages.ts';

const page = (folder: string): string => readFileSync(join(folder, 'index.html'), 'utf8');

test('the page shows each mail as its reader sees it, by day, with the mail itself beside it', async () => {
  const folder = await temporaryFolder();
  const post = outboxWithPage(folder);
  await post.send(composeMail(digestOf(), { from: FROM }));
  await post.send(
    composeMail(digestOf({ id: 'x/2', at: '2016-06-03T08:00:00.000Z', day: '2016-06-03' }), { from: FROM }),
  );
  await post.close();
  const html = page(folder);
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  expect(files).toHaveLength(2);
  for (const file of files) expect(html).toContain(`href="${encodeURIComponent(file)}"`);
  expect(html).toContain('2 mails, oldest first');
  expect(html.indexOf('Thursday 2 June 2016')).toBeLessThan(html.indexOf('Friday 3 June 2016'));
  expect(html).toContain('09:00, to owner@anyborough.example.org');
  expect(html).toContain('Why this date');
  const report = await htmlValidator({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
  }).validateString(html);
  expect(report.results.flatMap((result) => result.messages.map((each) => `${each.ruleId}: ${each.message}`))).toEqual(
    [],
  );
});

test.each(Object.entries(HOSTILE))('hostile text (%s) stays inside its frame', async (_name, text) => {
  const folder = await temporaryFolder();
  const post = outboxWithPage(folder);
  await post.send(composeMail(hostileDigest(text), { from: FROM }));
  await post.close();
  const html = page(folder);
  // All that a mail holds is in attributes and escaped text: the page has one frame, and no script or image of the mail's.
  expect(html.match(/<iframe /g)).toHaveLength(1);
  expect(html).not.toMatch(/<script|<img/i);
});

test('a broken mail is left out, a hundred mails at once are one page, and the newest 200 are shown', async () => {
  const folder = await temporaryFolder();
  const post = outboxWithPage(folder);
  await Promise.all(Array.from({ length: 210 }, (_, index) => post.send(messageTo(index + 1))));
  writeFileSync(join(folder, 'zz-broken.eml'), 'not a mail');
  await post.close();
  const shown = page(folder).match(/<details>/g) ?? [];
  // The newest 200 files, of which one is broken.
  expect(shown).toHaveLength(199);
  expect(page(folder)).toContain('the newest 200 of 211');
});

test('a folder without a mail has a page that says so', async () => {
  const folder = await temporaryFolder();
  await writeOutboxPage(folder);
  expect(page(folder)).toContain('0 mails');
});
