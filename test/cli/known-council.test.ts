import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { nearest } from '../../domain/nearest.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { key, ownDatabase, rows, started } from '../register/support.ts';
import { cli } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-council-'));
const ends: (() => Promise<void>)[] = [];
let url: string;
let register: Register;
let variables: Record<string, string>;

beforeAll(async () => {
  url = await ownDatabase((end) => ends.push(end));
  register = openRegister({ url });
  ends.push(() => register.close());
  await register.migrate();
  await register.append({ ...key, authority: 'northbrook' }, [started]);
  await register.append(key, [started]);
  variables = {
    DATABASE_URL: url,
    DUECOURSE_VAR: join(folder, 'var'),
    DUECOURSE_AS: 'democratic-services',
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
  };
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

const feed = fileURLToPath(new URL('../../rules/bank-holidays/bank-holidays.json', import.meta.url));
const counts = async (): Promise<unknown> =>
  rows(
    url,
    'SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM authority_chain) AS chains, (SELECT count(*) FROM authority_file) AS files',
  );

/** A council's file under an id that is written wrong. */
function mistypedFile(): string {
  const file = join(folder, 'northbrok.yaml');
  const text = readFileSync(new URL('../../examples/authorities/middlesbrough.yaml', import.meta.url), 'utf8');
  writeFileSync(file, text.replace('id: middlesbrough', 'id: northbrok').replace(/^constitution: .*$/m, ''));
  return file;
}

describe('a council that is written wrong', () => {
  test.each<[string, () => string[]]>([
    ['overdue', () => ['overdue', '--authority', 'northbrok']],
    ['list', () => ['list', '--authority', 'northbrok']],
    ['undeliverable', () => ['undeliverable', '--authority', 'northbrok']],
    ['webhooks list', () => ['webhooks', 'list', 'northbrok']],
    ['register verify', () => ['register', 'verify', '--authority', 'northbrok']],
    [
      'register erase',
      () => ['register', 'erase', 'Jane Smith', '--authority', 'northbrok', '--reason', 'asked for', '--yes'],
    ],
    ['calendar approve', () => ['calendar', 'approve', feed, '--authority', 'northbrok']],
    ['export', () => ['export', '--authority', 'northbrok', '--to', join(folder, 'handover')]],
    ['authority apply', () => ['authority', 'apply', mistypedFile()]],
  ])(
    '%s refuses it, names the one that was meant and those that are known, and writes nothing',
    async (_what, args) => {
      const before = await counts();
      const { code, out, err } = await cli(args(), variables);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('Nothing is known here of a council "northbrok" (did you mean northbrook?)');
      expect(err).toContain('Known are: anyborough, northbrook.');
      expect(await counts()).toEqual(before);
    },
  );

  test.each([
    ['history', ['history', 'northbrok/2016']],
    ['audit', ['audit', 'northbrok/2016']],
    ['export', ['export', 'northbrok/2016', '--to', join(folder, 'handover')]],
    ['show --format csv', ['show', 'northbrok/2016', '--format', 'csv']],
  ])('%s of an inspection of it names the one that was meant', async (_what, args) => {
    const { code, err } = await cli(args, variables);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('The register has nothing about "northbrok/2016" (did you mean northbrook/2016?)'),
    ]);
  });

  test('one that is right is answered as ever', async () => {
    const verified = await cli(['register', 'verify', '--authority', 'northbrook'], variables);
    expect([verified.code, verified.out]).toEqual([0, 'whole   northbrook: 1 entries\n']);
    expect((await cli(['overdue', '--authority', 'northbrook'], variables)).out).toContain('Nothing is overdue');
  });

  test('a new council comes to be where that is said', async () => {
    const { code, out } = await cli(['authority', 'apply', mistypedFile(), '--new'], variables);
    expect([code, out]).toEqual([0, expect.stringContaining('No inspection of Middlesbrough Council is open')]);
    expect((await register.board.authorityFiles()).map((each) => each.id)).toEqual(['northbrok']);
  });

  test.each([['overdue'], ['list']])('a role that nobody has is no role with nothing to do: %s', async (command) => {
    const { code, out, err } = await cli([command, '--owner', 'executive-directer'], variables);
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringContaining(
        'No council here has a role "executive-directer"; did you mean "executive-director"? Their roles: ',
      ),
    ]);
    expect((await cli([command, '--owner', 'executive-director'], variables)).code).toBe(0);
  });
});

test.each([
  ['northbrok', ['middlesbrough', 'northbrook'], 'northbrook'],
  ['midlesborough', ['middlesbrough', 'northbrook'], 'middlesbrough'],
  ['nrothbrook', ['middlesbrough', 'northbrook'], 'northbrook'],
  ['leeds', ['middlesbrough', 'northbrook'], undefined],
])('the word most like "%s" of %j is %s', (word, among, meant) => {
  expect(nearest(word, among)).toBe(meant);
});
