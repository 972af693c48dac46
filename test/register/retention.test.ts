import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadAuthorityFile } from '../../client/files/load.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { periodInWords, type Retention, RETENTION } from '../../domain/retention.ts';
import { openRegister } from '../../register/register.ts';
import { archived, fill, storedRun } from './full.ts';
import { ownRegister, rows, sql } from './support.ts';

const NOW = '2026-11-26T12:00:00.000Z';
const ago = (ms: number): string => new Date(Date.parse(NOW) - ms).toISOString();
const NONE_GONE = Object.fromEntries(namesOf(RETENTION).map((kind) => [kind, 0]));

/** Puts a row of each kind that is kept for a time into its table, as old as it is given. */
const PUT: [kind: keyof typeof RETENTION, insert: string, at: (age: number) => string][] = [
  // This one says itself until when it is good.
  [
    'sign-in-link',
    `INSERT INTO sign_in_link VALUES ($1, 'a', '/', $2)`,
    (age) => ago(age - RETENTION['sign-in-link'].ms),
  ],
  ['web-session', `INSERT INTO web_session VALUES ($1, '{}', 'f', $2, '2999-01-01T00:00:00.000Z')`, ago],
  ['answered-request', `INSERT INTO answered_request VALUES ('a', $1, 'r', 200, 'x', $2)`, ago],
  ['large-payload', `INSERT INTO large_payload VALUES ('a', 'r', $1, '', '2020-01-01T00:00:00.000Z', $2)`, ago],
  ['unused-evidence', `INSERT INTO evidence_file VALUES ('a', $1, 'text/plain', 1, 'x', $2)`, ago],
  ['form-draft', `INSERT INTO form_draft VALUES ($1, '{}', $2)`, ago],
  ['plan-draft', `INSERT INTO plan_draft VALUES ('a', $1, 'a', 'r', 1, 1, '[]', '2020-01-01T00:00:00.000Z', $2)`, ago],
  ['saved-form', `INSERT INTO saved_form VALUES ('a', $1, '{}', $2)`, ago],
  ['revoked-key', `INSERT INTO access_key VALUES ($1, $1, 'a', 'api', '{}', '2020-01-01T00:00:00.000Z', $2)`, ago],
  [
    'process',
    `INSERT INTO running_process VALUES ($1, 'worker', 'h', '0.2.0', 'c', 'b', 'r', '[]', NULL, 'q', 'n', 0, $2, $2)`,
    ago,
  ],
  [
    'webhook-delivery',
    `INSERT INTO webhook_delivery VALUES ($1, 'a', 'w', 'duty.late', NULL, $2, '{}', 'waiting', $2)`,
    ago,
  ],
  ['authority-change', `INSERT INTO authority_change VALUES ($1, 1, $2, NULL, NULL, '{}')`, ago],
  ['word-template', `INSERT INTO word_template VALUES ($1, 1, 'a', NULL, '2020-01-01T00:00:00.000Z', 'b', $2)`, ago],
];

test('every table of the database is in the table of retention, once', async () => {
  const { url } = await ownRegister();
  const found = (await rows(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)) as {
    name: string;
  }[];
  const said = namesOf(RETENTION).flatMap((kind): readonly string[] => RETENTION[kind].tables);
  expect(said.toSorted()).toEqual(
    found
      .map(({ name }) => name)
      .filter((name) => name !== 'migration')
      .toSorted(),
  );
});

test('each kind that is kept for a time in the database says by which column, and is tested below', () => {
  const timed = namesOf(RETENTION).filter((kind) => {
    const { ms, tables }: Retention = RETENTION[kind];
    return ms !== null && tables.length > 0;
  });
  expect(PUT.map(([kind]) => kind).toSorted()).toEqual(timed.toSorted());
  for (const kind of timed) {
    const { since, until }: Retention = RETENTION[kind];
    expect([since, until].filter((column) => column !== undefined)).toHaveLength(1);
  }
});

describe('what is past its time', () => {
  test.each(PUT)('of %s is gone at the instant and not a millisecond before', async (kind, insert, at) => {
    const { register, url } = await ownRegister();
    const { ms }: Retention = RETENTION[kind];
    if (ms === null) throw new Error('kept for good');
    await sql(url, insert, ['past', at(ms)]);
    await sql(url, insert, ['present', at(ms - 1)]);
    expect(await register.applyRetention(NOW)).toEqual({ ...NONE_GONE, [kind]: 1 });
    expect(await register.applyRetention(NOW)).toEqual(NONE_GONE);
    const left = await rows(url, `SELECT to_jsonb(t)::text AS row FROM ${RETENTION[kind].tables.join()} t`);
    expect(left).toEqual([{ row: expect.stringContaining('"present"') as unknown }]);
  });

  test('is deleted in batches, by two at once each row once', async () => {
    const { register, url } = await ownRegister();
    await sql(
      url,
      `INSERT INTO answered_request SELECT 'a', n::text, 'r', 200, 'x', $1 FROM generate_series(1, 4500) n`,
      [ago(RETENTION['answered-request'].ms)],
    );
    const other = openRegister({ url });
    onTestFinished(() => other.close());
    const gone = await Promise.all([register.applyRetention(NOW), other.applyRetention(NOW)]);
    expect(gone[0]['answered-request'] + gone[1]['answered-request']).toBe(4500);
    expect(await rows(url, 'SELECT 1 FROM answered_request')).toEqual([]);
  });

  test('and just in use by somebody is left to them: nobody waits', async () => {
    const { register, url } = await ownRegister();
    await sql(
      url,
      `INSERT INTO answered_request VALUES ('a', 'held', 'r', 200, 'x', $1), ('a', 'free', 'r', 200, 'x', $1)`,
      [ago(RETENTION['answered-request'].ms)],
    );
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query(`BEGIN; SELECT 1 FROM answered_request WHERE key = 'held' FOR UPDATE`);
    expect((await register.applyRetention(NOW))['answered-request']).toBe(1);
    expect(await rows(url, 'SELECT key FROM answered_request')).toEqual([{ key: 'held' }]);
    await holder.query('ROLLBACK');
    expect((await register.applyRetention(NOW))['answered-request']).toBe(1);
  });

  test('goes whenever one of its kind is written, so that a process that runs for months keeps nothing longer', async () => {
    const { register, url } = await ownRegister();
    // Processes are seen by the database's clock: test/register/processes.test.ts.
    for (const [kind, insert, at] of PUT.filter(([each]) => each !== 'process'))
      await sql(url, insert, ['past', at(RETENTION[kind].ms ?? 0)]);
    const { board } = register;
    const person = { email: 'b', name: 'B', roles: null };
    await board.beginSession({ id: 's', person, formToken: 'f', now: NOW, expiresAt: NOW });
    await board.keepAnswer({ email: 'b', key: 'k', request: 'r', status: 200, answer: 'x', now: NOW });
    await board.keepDraft({ form: 'f', typed: {}, now: NOW });
    const draft = { role: 'r', revision: 1, edits: [] };
    await board.planDrafts.keep({ authority: 'b', reference: 'r', email: 'b' }, draft, { after: 0, now: NOW });
    await board.saveForm({ email: 'b', page: 'p', typed: {}, now: NOW });
    await board.revokeKey('b', 'none', NOW);
    await board.keepAuthority(loadAuthorityFile('examples/authorities/middlesbrough.yaml'), NOW);
    await register.templates.put('b', { name: 'c.docx', content: null, at: NOW, by: 'x' });
    await register.evidence.keep({ authority: 'b', sha256: 'f', type: 'text/plain', content: Buffer.from('x') }, NOW);
    await archived(register, '2016', [storedRun('run-1', 'x')], 'completed', { at: NOW });
    const told = { council: { id: 'b', name: 'B' }, inspection: { reference: 'r', title: 'R' }, path: '/' };
    await register.webhooks.test({ authority: 'b', webhook: 'w' }, told, 'm', NOW);
    expect(await register.applyRetention(NOW)).toEqual(NONE_GONE);
  });
});

test('a year later the record is still whole: nothing of it has a time', async () => {
  const { register } = await ownRegister();
  await fill(register);
  expect(await register.applyRetention('2036-01-01T00:00:00.000Z')).toEqual(NONE_GONE);
  expect((await register.verify())[0]?.ok).toBe(true);
});

test.each([
  [60_000, '1 minute'],
  [15 * 60_000, '15 minutes'],
  [24 * 3_600_000, '24 hours'],
  [30 * 24 * 3_600_000, '30 days'],
])('%d milliseconds are "%s"', (ms, words) => {
  expect(periodInWords(ms)).toBe(words);
});
