import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { keysOf, newKey, parseKeys } from '../../platform/encryption/keys.ts';
import { readSettings } from '../../platform/settings.ts';
import { openRegister } from '../../register/register.ts';
import { cli } from '../support/cli.ts';
import { settingOf } from './support.ts';

const A = settingOf('2026-a').split(':')[1] ?? '';
const B = settingOf('2026-b').split(':')[1] ?? '';

test('keys are read in their order, from the setting or from a file with remarks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'keys');
  writeFileSync(file, `# since November\n2026-b:${B}\r\n\n  2026-a:${A}\n`);
  const ids = (environment: Parameters<typeof keysOf>[0]) => keysOf(environment).map(({ id }) => id);
  expect(ids({ DUECOURSE_ENCRYPTION_KEYS: `2026-a:${A}, 2026-b:${B},` })).toEqual(['2026-a', '2026-b']);
  expect(ids({ DUECOURSE_ENCRYPTION_KEYS_FILE: file })).toEqual(['2026-b', '2026-a']);
  expect(ids({})).toEqual([]);
  expect(
    keysOf({ DUECOURSE_ENCRYPTION_KEYS: `x:${A}` })[0]
      ?.secret.export()
      .toString('base64'),
  ).toBe(A);
});

const short = Buffer.alloc(31, 7).toString('base64');
const long = Buffer.alloc(33, 7).toString('base64');

test.each([
  ['nothing but commas', ' , ', /there is no key/],
  ['a key without an id', A, /key 1 is not id:base64/],
  ['an empty id', `:${A}`, /key 1 is not id:base64/],
  ['a key where the id should be', `${A}:2026`, /key 1 is not id:base64/],
  ['the same without its padding', `${A.replace('=', '')}:2026`, /key 1 is not id:base64/],
  ['too short', `2026-a:${A},2026-b:${short}`, /key 2 \("2026-b"\) has 31 bytes; it must have 32/],
  ['too long', `2026-a:${long}`, /has 33 bytes/],
  ['no base64', `2026-a:${A.slice(0, -4)}!!!=`, /key 1 \("2026-a"\) is not base64/],
  ['base64 that ends in the middle of a byte', `2026-a:${'A'.repeat(42)}B=`, /is not base64/],
  ['an id twice', `2026-a:${A},2026-a:${B}`, /"2026-a" is there twice/],
  ['a key twice', `2026-a:${A},2026-b:${A}`, /"2026-a" and "2026-b" are the same key/],
])('%s is refused, and no key is told', (_what, text, said) => {
  const error = thrownBy(() => parseKeys(text, 'DUECOURSE_ENCRYPTION_KEYS'));
  expect(error.message).toMatch(said);
  expect(error.message).toContain('DUECOURSE_ENCRYPTION_KEYS');
  const told = inspect(error, { depth: 9, showHidden: true });
  for (const part of text.split(/[\s,:]/).filter((each) => each.length > 32)) {
    expect(told).not.toContain(part);
    expect(told).not.toContain(part.slice(0, 12));
  }
});

test('both settings at once, and a file that is not there, are refused', () => {
  const both = { DUECOURSE_ENCRYPTION_KEYS: `x:${A}`, DUECOURSE_ENCRYPTION_KEYS_FILE: '/nowhere' };
  expect(() => keysOf(both)).toThrow(/set one of them/);
  expect(() => keysOf({ DUECOURSE_ENCRYPTION_KEYS_FILE: '/nowhere/keys' })).toThrow(
    /\/nowhere\/keys can't be read: ENOENT/,
  );
});

test('settings that are shown show no key', () => {
  const settings = readSettings({ DUECOURSE_ENCRYPTION_KEYS: `x:${A}` });
  expect(settings.keys).toHaveLength(1);
  const { payloads } = openRegister({ url: 'postgres://localhost/none' });
  const converter = dataConverterOf(settings.keys, payloads);
  expect(inspect({ keys: settings.keys, converter }, { depth: 9 })).not.toContain(A.slice(0, 12));
  expect(JSON.stringify(settings.keys)).not.toContain(A.slice(0, 12));
});

test('a new key has the day in its id, is good at once, and is never the same', () => {
  const [one, two] = [newKey('2026-11-02'), newKey('2026-11-02')];
  expect(parseKeys(one, 'x')[0]?.id).toMatch(/^2026-11-02-[0-9a-f]{2}$/);
  expect(one.split(':')[1]).not.toBe(two.split(':')[1]);
});

test('the command makes a key that the command takes, and lists ids without keys', async () => {
  const made = await cli(['keys', 'new']);
  expect(made.code).toBe(0);
  const key = made.out.trim();
  const listed = await cli(['keys', 'list'], { DUECOURSE_ENCRYPTION_KEYS: `${key},old:${A}` });
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toBe(`${key.split(':')[0]}  encrypts, and decrypts\nold  decrypts\n`);
  const wrong = await cli(['keys', 'list'], { DUECOURSE_ENCRYPTION_KEYS: `${key},old:${short}` });
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('key 2 ("old") has 31 bytes');
  expect(wrong.err).not.toContain('not a mistake of yours');
  expect(wrong.err).not.toContain(short.slice(0, 12));
});

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
