import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { freePorts } from '../../platform/embedded/ports.ts';
import { openDatabase } from '../../register/database.ts';
import { migrate, mustFit } from '../../register/migrate.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { cli, runToEnd } from '../support/cli.ts';
import { key, ownDatabase, rows, sql, started } from './support.ts';

const NOW = '2016-07-05T10:00:00.000Z';

const recording = (...names: string[]): string =>
  `CREATE TABLE migration (name text PRIMARY KEY); INSERT INTO migration VALUES ${names.map((name) => `('${name}')`).join(', ')}`;

/** As this version and later ones record it. */
const recordingOf = (release: string, ...names: string[]): string =>
  `CREATE TABLE migration (name text PRIMARY KEY, release text NOT NULL, checksum text NOT NULL);
   INSERT INTO migration VALUES ${names.map((name) => `('${name}', '${release}', 'another')`).join(', ')}`;
const OURS = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;
const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));

/** What 0.1 recorded in every database that it was done with. */
const OF_0_1 = recording(
  '000001-register.sql',
  '000002-resend-and-unsubscribe.sql',
  '000003-bank-holidays.sql',
  '000005-board.sql',
  '000006-lists-by-index.sql',
  '000007-archive.sql',
  '000008-sealed.sql',
);

function opened(url: string): Register {
  const register = openRegister({ url });
  onTestFinished(() => register.close());
  return register;
}

const tablesOf = (url: string): Promise<unknown[]> =>
  rows(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);

describe('a register', () => {
  test.each([
    ['of 0.1', OF_0_1, /was made by duecourse 0\.1, and this version can't read it\. Give this version a database of/],
    [
      'of a newer version',
      recordingOf('0.9.1', '000001-register.sql', '000900-later.sql'),
      new RegExp(
        `was made by a newer duecourse, 0\\.9\\.1: this version, ${OURS}, does not know its 000900-later\\.sql\\. Use the newer version`,
      ),
    ],
    [
      'of a newer version that noted no number',
      recording('000001-register.sql', '000900-later.sql'),
      /was made by a newer duecourse, of no known number: this version, /,
    ],
    [
      'of another edition of this version',
      recordingOf(OURS, '000001-register.sql'),
      new RegExp(
        `was made by another edition of duecourse, ${OURS}: its 000001-register\\.sql said otherwise than this version's, ${OURS}\\. Use the edition`,
      ),
    ],
  ])('%s is refused in plain words, whatever is asked of it, and nothing in it is changed', async (of, made, said) => {
    const url = await ownDatabase();
    await sql(url, made);
    const before = await tablesOf(url);
    const register = opened(url);
    const unfit = { name: 'RegisterUnfit', message: expect.stringMatching(said) as unknown };
    await expect(register.migrate()).rejects.toMatchObject(unfit);
    await expect(register.ping()).rejects.toMatchObject(unfit);
    await expect(register.list(NOW)).rejects.toMatchObject(unfit);
    await expect(register.append(key, [started])).rejects.toMatchObject(unfit);
    await expect(register.applyRetention(NOW)).rejects.toMatchObject(unfit);
    expect(await tablesOf(url)).toEqual(before);
    const variables = {
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: inject('temporalNamespace'),
      DUECOURSE_VAR: mkdtempSync(join(tmpdir(), 'unfit-')),
      DUECOURSE_PORT: String((await freePorts(1))[0]),
    };
    onTestFinished(() => rmSync(variables.DUECOURSE_VAR, { recursive: true, force: true }));
    // Who refuses is the register, whichever it is: one of them is shown to every process.
    const all = [['setup'], ['web'], ['dev'], ['show', 'a/b'], ['register', 'verify'], ['list']];
    const CALLS = of === 'of a newer version' ? all : [['list']];
    const ended = await Promise.all([runToEnd(WORKER, [], variables), ...CALLS.map((args) => cli(args, variables))]);
    for (const [index, { code, err }] of ended.entries()) {
      expect([CALLS[index - 1], code, err]).toEqual([CALLS[index - 1], 1, expect.stringMatching(said)]);
      expect(err).not.toContain('not a mistake of yours');
    }
    expect(await tablesOf(url)).toEqual(before);
  });

  test('that was never set up says what to do, and is used once that is done', async () => {
    const register = opened(await ownDatabase());
    await expect(register.list(NOW)).rejects.toThrow(/has not been set up yet.*Run: duecourse setup/);
    await register.migrate();
    expect(await register.list(NOW)).toEqual([]);
  });

  test('that is older than the code says what to do, and is brought up to date', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const database = openDatabase(await ownDatabase(), 1);
    onTestFinished(() => database.close());
    writeFileSync(join(folder, '000001-one.sql'), 'CREATE TABLE one (n integer)');
    await migrate(database, 'here', folder);
    await mustFit(database, 'here', folder);
    writeFileSync(join(folder, '000002-two.sql'), 'ALTER TABLE one ADD COLUMN m integer');
    await expect(mustFit(database, 'here', folder)).rejects.toThrow(
      `The register at here was made by ${OURS}, and is older than this version, ${OURS}. Make a backup of the database, then bring it up to date with: duecourse setup`,
    );
    await migrate(database, 'here', folder);
    await mustFit(database, 'here', folder);
    expect(await database.query('SELECT n, m FROM one')).toEqual([]);
    // Line ends are nobody's edition; anything else is.
    writeFileSync(join(folder, '000001-one.sql'), 'CREATE TABLE one (n bigint)');
    const other = /was made by another edition of duecourse, .*: its 000001-one\.sql said otherwise/;
    await expect(mustFit(database, 'here', folder)).rejects.toThrow(other);
    await expect(migrate(database, 'here', folder)).rejects.toThrow(other);
  });
});
