import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { htmlValidator } from '../support/html-validator.ts';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';

const html = htmlValidator({ extends: ['html-validate:recommended'], rules: { 'no-trailing-whitespace': 'off' } });

test('preview --mail writes every mail, and one sound page that shows them; a rehearsal on the engine sends the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-mails-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [shown, played] = [join(folder, 'shown'), join(folder, 'played')];
  const args = [exampleFile('middlesbrough-2016'), '--until', '2016-08-31', '--miss', 'written-action-plan'];
  const preview = await cli(['preview', ...args, '--short', '--mail', shown]);
  expect([preview.code, preview.err]).toEqual([0, expect.stringContaining('index.html')]);
  const mails = readdirSync(shown)
    .filter((name) => name.endsWith('.eml'))
    .sort();
  expect(mails.length).toBeGreaterThan(50);

  const page = readFileSync(join(shown, 'index.html'), 'utf8');
  expect(page.match(/<iframe /g)).toHaveLength(mails.length);
  expect(page.match(/sandbox/g)).toHaveLength(mails.length);
  const report = await html.validateString(page);
  expect(report.results.flatMap((result) => result.messages.map((each) => `${each.ruleId}: ${each.message}`))).toEqual(
    [],
  );

  expect((await cli(['rehearse', ...args, '--out', played])).code).toBe(0);
  const subjects = async (path: string) =>
    Promise.all(
      readdirSync(path)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map(async (name) => {
          const mail = await simpleParser(readFileSync(join(path, name)));
          return `${name.slice(0, 10)} ${name.slice(19)} ${mail.subject}`;
        }),
    );
  expect(await subjects(shown)).toEqual(await subjects(played));
});
