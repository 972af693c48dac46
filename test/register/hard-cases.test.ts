import { TRY } from '../support/digests.ts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRegister } from '../../register/register.ts';
import { startPostgres } from '../../platform/embedded/postgres.ts';
import { digest, entry, key, ownRegister, rows, started } from './support.ts';
import { row } from '../support/rows.ts';

const AT = '2016-06-02T08:00:00.000Z';
const HALF = 'a\ud800b';

test('checking a chain while others append to it raises no false alarm', async () => {
  const { register, url } = await ownRegister();
  const writer = openRegister({ url });
  onTestFinished(() => writer.close());
  const enough = new AbortController();
  const appending = (async () => {
    for (let seq = 1; !enough.signal.aborted; seq++) await writer.append(key, [entry(seq)]);
  })();
  const checks = [];
  for (let turn = 0; turn < 60; turn++) checks.push(...(await register.verify()));
  enough.abort();
  await appending;
  expect(checks.filter((check) => !check.ok)).toEqual([]);
});

describe('a mail that is final', () => {
  test.each(['delayed', 'undeliverable'] as const)(
    'as sent is not made %s by the late news of a slower worker',
    async (late) => {
      const { register } = await ownRegister();
      await register.claim(digest(), 'm1', AT, TRY);
      await register.settle(digest().id, 'sent', null, AT, TRY);
      await register.settle(digest().id, late, '451 slow down', AT, TRY).catch(() => undefined);
      expect((await register.claim(digest(), 'm1', AT, TRY)).state).toBe('sent');
      expect((await register.history('anyborough', '2016')).map((each) => each.kind)).toEqual(['mail-sent']);
    },
  );
});

describe('half a surrogate pair, which the database can’t hold', () => {
  test('does not keep a mail from being claimed', async () => {
    const { register } = await ownRegister();
    expect((await register.claim(digest({ inspectionTitle: HALF }), 'm1', AT, TRY)).state).toBe('new');
  });
  test.each([
    ['an entry', entry(1, { text: HALF, data: { [HALF]: HALF } })],
    ['a milestone', entry(1, { row: row({ title: HALF, explanation: [HALF] }) })],
    ['a reason', entry(1, { kind: 'inspection-started', data: { title: HALF, division: 'scotland' } })],
  ])('does not keep %s out of the register', async (_what, odd) => {
    const { register } = await ownRegister();
    await register.append(key, [odd]);
    await register.append(key, [odd]);
    expect(await register.verify()).toMatchObject([{ entries: 1, ok: true }]);
  });
});

test('the six characters of an escape are kept as they were written', async () => {
  const { register } = await ownRegister();
  await register.append(key, [entry(1, { text: 'written as \\u0000' })]);
  expect((await register.history('anyborough', '2016'))[0]?.text).toBe('written as \\u0000');
});

describe('one batch', () => {
  test('with the same entry twice has it once', async () => {
    const { register } = await ownRegister();
    await register.append(key, [entry(1), entry(1)]);
    expect(await register.history('anyborough', '2016')).toHaveLength(1);
  });
  test('with two entries under one number is refused in words', async () => {
    const { register } = await ownRegister();
    await expect(register.append(key, [entry(1), entry(1, { text: 'another' })])).rejects.toMatchObject({
      name: 'EntryConflict',
    });
  });
});

test('a connection cut in the middle of an append fails that append alone, not the process', async () => {
  const { register, url } = await ownRegister();
  await register.append(key, [started]);
  const script = fileURLToPath(new URL('./cut-off-script.ts', import.meta.url));
  const ran = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, url], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  }).catch((error: { stdout: string; stderr: string }) => error);
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe('RegisterUnreachable\n2 entries\n');
});

test('a restart of the server under an open register: unreachable meanwhile, used again after', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'register-restart-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await startPostgres({ dataDir, log: () => undefined });
  onTestFinished(() => first.stop());
  const register = openRegister({ url: first.url });
  onTestFinished(() => register.close());
  await register.migrate();
  await register.append(key, [started]);
  await first.stop();
  await expect(register.append(key, [entry(2)])).rejects.toMatchObject({ name: 'RegisterUnreachable' });
  const second = await startPostgres({ dataDir, log: () => undefined });
  onTestFinished(() => second.stop());
  expect(second.url).toBe(first.url);
  await expect
    .poll(() =>
      register.append(key, [entry(2)]).then(
        () => 'appended',
        () => 'away',
      ),
    )
    .toBe('appended');
  expect(await register.verify()).toMatchObject([{ entries: 2, ok: true }]);
});

test.each(['postgres://someone:s3cret@127.0.0.1:1/db', 'postgres://someone:s3cret@127.0.0.1:port/db'])(
  'no error shows the password of %s',
  async (url) => {
    const outcome: unknown = await (async () => {
      const register = openRegister({ url });
      onTestFinished(() => register.close());
      return register.list(AT);
    })().catch((error: unknown) => error);
    expect(outcome).toMatchObject({
      name: 'RegisterUnreachable',
      message: expect.stringMatching(/postgres|PostgreSQL/) as unknown,
    });
    expect(inspect(outcome, { depth: 9, showHidden: true })).not.toContain('s3cret');
  },
);

test('a statement that takes too long is not called an unreachable server', async () => {
  const { url } = await ownRegister();
  const impatient = new URL(url);
  impatient.searchParams.set('statement_timeout', '100');
  const register = openRegister({ url: impatient.href });
  onTestFinished(() => register.close());
  await register.append(key, [started]);
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM authority_chain FOR UPDATE');
  const error = await register.append(key, [entry(2)]).catch((reason: Error) => reason);
  expect(error).toMatchObject({ code: '57014' });
});

test('lists can be read while the tables are made again', async () => {
  const { register, url } = await ownRegister();
  await register.append(key, [started, entry(2, { row: row() })]);
  const impatient = new URL(url);
  impatient.searchParams.set('statement_timeout', '3000');
  const reader = openRegister({ url: impatient.href });
  onTestFinished(() => reader.close());
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query('BEGIN');
  // A rebuild that stands still after its first statements: the entries can't be read on.
  await holder.query('LOCK TABLE entry IN ACCESS EXCLUSIVE MODE');
  const rebuilding = register.rebuild();
  await expect
    .poll(
      async () =>
        (
          await rows(
            url,
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          )
        ).length,
    )
    .toBe(1);
  expect(await reader.list(AT).catch((error: Error) => error.message)).toHaveLength(1);
  await holder.query('ROLLBACK');
  await rebuilding;
});

test('closing twice is closing once', async () => {
  const { url } = await ownRegister();
  const register = openRegister({ url });
  await register.list(AT);
  await register.close();
  await expect(register.close()).resolves.toBeUndefined();
});

const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('__proto__', '10', '9', '\0', HALF),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    oddText,
    fc.double(),
    fc.constantFrom(-0, 1e21, 5e-324, Number.MAX_VALUE, 2 ** 53 + 2, null, true),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(oddText, tie('tree'), { maxKeys: 4 }),
  ),
}));

test('whatever JSON is recorded: it is read back, appended once, and its chain is whole', async () => {
  const { register } = await ownRegister();
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const held = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
    if (Array.isArray(value)) return value.map(held);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [held(name), held(each)]));
  };
  let seq = 0;
  await fc.assert(
    fc.asyncProperty(tree, oddText, async (data, text) => {
      const one = entry(++seq, { text, data: { data } });
      await register.append(key, [one]);
      await register.append(key, [one]);
      const back = (await register.history('anyborough', '2016')).at(-1);
      expect(back?.data).toEqual(held(plain({ data })));
      expect(back?.text).toBe(held(text));
    }),
    { numRuns: 150, endOnFailure: true },
  );
  expect(await register.verify()).toMatchObject([{ entries: seq, ok: true }]);
});
