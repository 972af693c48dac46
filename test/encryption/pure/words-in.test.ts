import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { wordsIn, wordsOf } from '../words-in.ts';

const WORDS = ['director@anyborough.example.org', 'Director of Children’s Services', 'said: "soon"', 'Cabinet'];
const [address = '', title = '', quoted = ''] = WORDS;

test.each([
  ['as it is', Buffer.from(title), title],
  ['as JSON writes it', Buffer.from(JSON.stringify({ reason: quoted })), quoted],
  ['in UTF-16', Buffer.from(title, 'utf16le'), title],
  ['in UTF-16, the other way round', Buffer.from(title, 'utf16le').swap16(), title],
  ['as PostgreSQL dumps bytes', Buffer.from(`\\\\x00${Buffer.from(address).toString('hex')}00\t`), address],
  [
    'broken by the end of a page, the first half whole',
    Buffer.from(`${address.slice(0, 20)}\0\0\0\0${address.slice(20)}`),
    address,
  ],
  [
    'broken by the end of a page, the second half whole',
    Buffer.from(`${title.slice(0, 9)}\0\0\0\0${title.slice(9)}`),
    title,
  ],
])('a word is found: %s', async (_how, bytes, word) => {
  expect([...(await wordsIn([fileOf(bytes)], WORDS)).keys()]).toEqual([word]);
});

test('a word is found at the end of a file, and over the border of two pieces that are read', async () => {
  const border = Buffer.alloc(4 * 1024 * 1024 + 10, 'x');
  border.write('Cabinet', 4 * 1024 * 1024 - 3);
  expect((await wordsIn([fileOf(border)], WORDS)).size).toBe(1);
  expect((await wordsIn([fileOf(Buffer.from('… Cabinet'))], WORDS)).size).toBe(1);
});

test('what is not there is not found', async () => {
  expect((await wordsIn([fileOf(Buffer.from('cabinet Cabine director@example.org'))], WORDS)).size).toBe(0);
});

test('words are texts, addresses, links and titles, not ids and dates', () => {
  const data = {
    id: 'anyborough',
    due: '2016-06-30',
    roles: [{ id: 'director', title: 'Director', email: 'director@anyborough.example.org' }],
    evidence: 'https://example.org/plan',
    reason: 'the auditor left',
    bodies: { cabinet: { name: 'Cabinet' } },
  };
  expect([...wordsOf(data)].toSorted()).toEqual(
    [
      'Cabinet',
      'Director',
      'director@anyborough.example.org',
      'https://example.org/plan',
      'the auditor left',
    ].toSorted(),
  );
});

function fileOf(bytes: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-words-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'file'), bytes);
  return join(folder, 'file');
}
