import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { append } from '../../register/append.ts';
import { canonical } from '../../domain/canonical.ts';
import { hashOf } from '../../register/chain.ts';
import { openDatabase } from '../../register/database.ts';
import type { Register } from '../../register/register.ts';
import { entryOf, namesOf } from '../../domain/closed-table.ts';
import { MILESTONE_COLUMNS, type StoredColumn } from '../../domain/milestone/columns.ts';
import { sqlTypeOf } from '../../register/milestone-sql.ts';
import { fill } from './full.ts';
import { entry, key, ownRegister, rows, sql } from './support.ts';

const forger = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
const bytes = gzipSync('another history');

/** Another value in a column of the table of milestones. */
function changeOf(name: string): string {
  const column = entryOf<StoredColumn>(MILESTONE_COLUMNS, name);
  if (column === undefined) return name === 'seq' ? 'seq = 9' : `${name} = NOT ${name}`;
  const others: Record<ReturnType<typeof sqlTypeOf>, string> = {
    text: `'x'`,
    integer: '9',
    boolean: `NOT ${column.sql}`,
    jsonb: `'["x"]'`,
  };
  return `${column.sql} = ${others[sqlTypeOf(column)]}`;
}

/** What somebody with the database's password could do, and what is to be said of it: where, and the words. */
const mutations: [what: string, statement: string, found: RegExp, values?: unknown[]][] = [
  // Entries, each column of theirs.
  [
    'an entry’s authority',
    `UPDATE entry SET authority = 'elsewhere' WHERE number = 3`,
    /^anyborough 3: entry 3 is missing$/m,
  ],
  ['an entry’s number', 'UPDATE entry SET number = 30 WHERE number = 3', /^anyborough 3: entry 3 is missing$/m],
  [
    'an entry’s reference',
    `UPDATE entry SET reference = '2021' WHERE number = 3`,
    /^anyborough 3: its content was altered$/m,
  ],
  [
    'an entry’s key',
    `UPDATE entry SET key = 'lifecycle/30' WHERE number = 3`,
    /^anyborough 3: its content was altered$/m,
  ],
  [
    'an entry’s instant',
    `UPDATE entry SET at = '2016-01-01T00:00:00.000Z' WHERE number = 3`,
    /^anyborough 3: a column beside/m,
  ],
  ['an entry’s kind', `UPDATE entry SET kind = 'milestone-waived' WHERE number = 3`, /^anyborough 3: a column beside/m],
  ['an entry’s milestone', `UPDATE entry SET milestone = 'x/y' WHERE number = 3`, /^anyborough 3: a column beside/m],
  ['what figures are counted from', `UPDATE entry SET duty = 'x' WHERE number = 3`, /^anyborough 3: a column beside/m],
  [
    'an entry’s body',
    `UPDATE entry SET body = replace(body, '"seq":3', '"seq":30') WHERE number = 3`,
    /^anyborough 3: its content was altered$/m,
  ],
  [
    'an entry’s hash',
    `UPDATE entry SET hash = repeat('a', 64) WHERE number = 3`,
    /^anyborough 3: its content was altered$/m,
  ],
  [
    'an entry’s link',
    `UPDATE entry SET previous_hash = repeat('a', 64) WHERE number = 3`,
    /^anyborough 3: it does not follow/m,
  ],
  ['an entry taken out', 'DELETE FROM entry WHERE number = 3', /^anyborough 3: entry 3 is missing$/m],
  ['the first taken out', 'DELETE FROM entry WHERE number = 1', /^anyborough 1: entry 1 is missing$/m],
  ['the last taken off', 'DELETE FROM entry WHERE number = 8', /^anyborough 8: the chain should end at no\. 8/m],
  ['all taken out', 'DELETE FROM entry', /^anyborough 1: the chain should end at no\. 8/m],
  [
    'two swapped',
    'UPDATE entry SET number = 105 - number WHERE number IN (2, 3); UPDATE entry SET number = number - 100 WHERE number > 100',
    /^anyborough 2: it does not follow/m,
  ],
  [
    'one put in at the end',
    `INSERT INTO entry SELECT authority, 9, reference, 'x', at, kind, milestone, body, hash, hash FROM entry WHERE number = 8`,
    /^anyborough 9: its content was altered$/m,
  ],
  [
    'one put in in between',
    `UPDATE entry SET number = -number WHERE number > 3; UPDATE entry SET number = 1 - number WHERE number < 0; INSERT INTO entry SELECT authority, 4, reference, 'x', at, kind, milestone, body, hash, hash FROM entry WHERE number = 3`,
    /^anyborough 4: its content was altered$/m,
  ],
  // The head.
  ['the head’s number', 'UPDATE authority_chain SET head_number = 7', /^anyborough 9: the chain should end at no\. 7/m],
  [
    'the head’s hash',
    `UPDATE authority_chain SET head_hash = repeat('a', 64)`,
    /^anyborough 9: the chain should end at no\. 8/m,
  ],
  ['the head taken away', 'DELETE FROM authority_chain', /^anyborough 9: the chain should end at no\. 0/m],
  [
    'the last taken off and the head moved back',
    `DELETE FROM entry WHERE number = 8; UPDATE authority_chain SET head_number = 7, head_hash = (SELECT hash FROM entry WHERE number = 7)`,
    /archive: anyborough\/2020 run run-1: no manifest names it$/m,
  ],
  [
    'a mail’s entry and all after it taken off',
    `DELETE FROM entry WHERE number > 6; DELETE FROM archived_history; UPDATE authority_chain SET head_number = 6, head_hash = (SELECT hash FROM entry WHERE number = 6)`,
    /mail: anyborough\/2016, the mail of 2016-06-02, m1: no entry says that it is sent$/m,
  ],
  // What is sealed.
  [
    'who acted',
    `UPDATE sealed SET value = '"another"' WHERE number = 3 AND part = 'actor'`,
    /sealed: who acted of entry 3: altered/m,
  ],
  [
    'the words',
    `UPDATE sealed SET value = replace(value, 'reason', 'Reason') WHERE number = 3 AND part = 'words'`,
    /sealed: the words of entry 3: altered/m,
  ],
  ['the words into nonsense', `UPDATE sealed SET value = 'nonsense'`, /sealed: the words of entry 1: altered/m],
  [
    'a milestone’s reasons in the words and in the table',
    `UPDATE sealed SET value = replace(value, 'was published', 'was burnt') WHERE number = 4; UPDATE milestone SET explanation = replace(explanation::text, 'was published', 'was burnt')::jsonb`,
    /sealed: the words of entry 4: altered/m,
  ],
  [
    'a salt',
    `UPDATE sealed SET salt = repeat('a', 32) WHERE number = 3 AND part = 'words'`,
    /sealed: the words of entry 3: altered/m,
  ],
  [
    'words by erasing them without a word',
    `DELETE FROM sealed WHERE number = 3 AND part = 'words'`,
    /sealed: the words of entry 3: missing, and no entry says that it was erased$/m,
  ],
  [
    'who acted by erasing it without a word',
    `DELETE FROM sealed WHERE number = 3 AND part = 'actor'`,
    /sealed: who acted of entry 3: missing, and no entry says that it was erased$/m,
  ],
  [
    'a sealed part’s entry',
    `UPDATE sealed SET number = 70 WHERE number = 3 AND part = 'actor'`,
    /actor of entry 70: put in: there is no such entry or part$/m,
  ],
  [
    'a sealed part’s kind',
    `UPDATE sealed SET part = 'x' WHERE number = 3 AND part = 'actor'`,
    /x of entry 3: put in: there is no such entry or part$/m,
  ],
  [
    'a sealed part’s authority',
    `UPDATE sealed SET authority = 'elsewhere' WHERE number = 3`,
    /elsewhere sealed: actor of entry 3: put in/m,
  ],
  [
    'an entry by giving it somebody who acted',
    `INSERT INTO sealed VALUES ('anyborough', 2, 'actor', 'a', '"x"')`,
    /sealed: who acted of entry 2: put in: the entry has no such part$/m,
  ],
  // The archive.
  [
    'an archived history’s bytes',
    'UPDATE archived_history SET content = $1',
    /archive: anyborough\/2020 run run-1: its history was altered/m,
    [bytes],
  ],
  [
    'one bit of it',
    'UPDATE archived_history SET content = set_bit(content, 100, 1 - get_bit(content, 100))',
    /archive: anyborough\/2020 run run-1: its history was altered/m,
  ],
  [
    'an archived history’s run',
    `UPDATE archived_history SET run = 'run-2'`,
    /run run-2: no manifest names it\n.*run run-1: its history is missing/m,
  ],
  [
    'an archived history’s inspection',
    `UPDATE archived_history SET reference = '2016'`,
    /anyborough\/2016 run run-1: no manifest names it/m,
  ],
  [
    'an archived history taken out',
    'DELETE FROM archived_history',
    /anyborough\/2020 run run-1: its history is missing$/m,
  ],
  [
    'an archived history put in',
    `INSERT INTO archived_history VALUES ('anyborough', '2016', 'run-9', '')`,
    /anyborough\/2016 run run-9: no manifest names it$/m,
  ],
  [
    'an archived history moved to another authority',
    `UPDATE archived_history SET authority = 'elsewhere'`,
    /elsewhere archive: elsewhere\/2020 run run-1: no manifest names it$/m,
  ],
  [
    'the manifest',
    `UPDATE entry SET body = replace(body, 'run-1', 'run-7') WHERE number = 8`,
    /^anyborough 8: its content was altered$/m,
  ],
  [
    'the signature',
    `UPDATE entry SET body = regexp_replace(body, '"signature":"..', '"signature":"AA') WHERE number = 8`,
    /^anyborough 8: its content was altered$/m,
  ],
  [
    'the public key',
    'UPDATE signing_key SET public_key = $1',
    /archive: manifest in entry 8: its signature is not that of its key$/m,
    [forger],
  ],
  [
    'the public key by nonsense',
    `UPDATE signing_key SET public_key = 'nonsense'`,
    /manifest in entry 8: its signature is not that of its key$/m,
  ],
  [
    'the public key’s name',
    `UPDATE signing_key SET fingerprint = repeat('a', 64)`,
    /manifest in entry 8: the key [0-9a-f]{64} that signed it is missing$/m,
  ],
  [
    'the public key taken away',
    'DELETE FROM signing_key',
    /manifest in entry 8: the key [0-9a-f]{64} that signed it is missing$/m,
  ],
  // The tables beside.
  ...(['title', 'division', 'status', 'started_at', 'ended_at'] as const).map((column): (typeof mutations)[number] => [
    `an inspection’s ${column}`,
    `UPDATE inspection SET ${column} = 'x' WHERE reference = '2020'`,
    /table: inspection 2020: the table says something else than the entries$/m,
  ]),
  [
    'an inspection taken out',
    `DELETE FROM inspection WHERE reference = '2016'`,
    /table: inspection 2016: the table lacks it$/m,
  ],
  [
    'an inspection put in',
    `INSERT INTO inspection VALUES ('anyborough', '2030', 'x', 'scotland', 'open', 'x')`,
    /table: inspection 2030: no entry tells of it$/m,
  ],
  [
    'an inspection of nobody’s',
    `INSERT INTO inspection VALUES ('elsewhere', '2030', 'x', 'scotland', 'open', 'x')`,
    /elsewhere table: inspection 2030: no entry tells of it$/m,
  ],
  ...[...namesOf(MILESTONE_COLUMNS).filter((name) => name !== 'milestone'), 'seq', 'inspection_open'].map(
    (column): (typeof mutations)[number] => [
      `a milestone’s ${column}`,
      `UPDATE milestone SET ${changeOf(column)}`,
      /table: milestone 2016 plan-submission\/written-action-plan: the table says something else than the entries$/m,
    ],
  ),
  [
    'a milestone’s id',
    `UPDATE milestone SET milestone = 'x/y'`,
    /the table lacks it\n.*milestone 2016 x\/y: no entry tells of it$/m,
  ],
  ['a milestone taken out', 'DELETE FROM milestone', /table: milestone .*: the table lacks it$/m],
  // Mail that nobody sent.
  [
    'a mail said to have been undeliverable',
    `UPDATE mail SET state = 'undeliverable'`,
    /mail: anyborough\/2016, the mail of 2016-06-02, m1: no entry says that it is undeliverable$/m,
  ],
];

const TABLES = [
  'entry',
  'authority_chain',
  'archived_history',
  'signing_key',
  'inspection',
  'milestone',
  'mail',
  'sealed',
];
const TRIGGERS = ['entry', 'archived_history', 'sealed']
  .map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`)
  .join(';');
const each = (statement: (table: string) => string): string => TABLES.map(statement).join(';');

/** What verify says of a register, a line each. */
async function saidOf(register: Register): Promise<string> {
  const checks = (await register.verify()).filter((check) => !check.ok);
  const lines = checks.flatMap(({ authority, firstBroken, findings = [] }) => [
    ...(firstBroken === undefined ? [] : [`${authority} ${firstBroken.number}: ${firstBroken.why}`]),
    ...findings.map(({ where, what, why }) => `${authority} ${where}: ${what}: ${why}`),
  ]);
  return lines.join('\n');
}

describe('an intruder who changes', () => {
  const ends: (() => Promise<void>)[] = [];
  let register: Register;
  let url: string;
  beforeAll(async () => {
    ({ register, url } = await ownRegister((end) => ends.unshift(end)));
    await fill(register);
    await sql(
      url,
      `${TRIGGERS}; CREATE SCHEMA saved; ${each((table) => `CREATE TABLE saved.${table} AS TABLE ${table}`)}`,
    );
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  test.each(mutations)('%s is found out, by name', async (_what, statement, found, values) => {
    expect(await register.verify()).toEqual([{ authority: 'anyborough', entries: 8, ok: true }]);
    try {
      await (values === undefined ? sql(url, statement) : sql(url, statement, values));
      expect(await saidOf(register)).toMatch(found);
    } finally {
      await sql(
        url,
        each((table) => `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved.${table}`),
      );
    }
  });
});

test('tables that differ are mended by a rebuild', async () => {
  const { register, url } = await ownRegister();
  await fill(register);
  await sql(url, `UPDATE milestone SET status = 'waived'; DELETE FROM inspection`);
  expect((await register.verify())[0]?.findings).toHaveLength(3);
  await register.rebuild();
  expect(await register.verify()).toEqual([{ authority: 'anyborough', entries: 8, ok: true }]);
});

test.each(['UPDATE archived_history SET run = run', 'DELETE FROM archived_history', 'TRUNCATE archived_history'])(
  '%s is refused',
  async (statement) => {
    const { register, url } = await ownRegister();
    await fill(register);
    await expect(sql(url, statement)).rejects.toThrow(/append-only/);
    expect(await rows(url, 'SELECT run FROM archived_history')).toHaveLength(1);
  },
);

test('a chain made anew to the letter, but for one word, is found by the signature over it', async () => {
  const { register } = await ownRegister();
  await fill(register);
  const made = await ownRegister();
  // The same chain with an entry told otherwise, as somebody would who can work out hashes but has no key.
  await fill(made.register);
  await sql(made.url, TRIGGERS);
  const last = (await register.history('anyborough', '2020')).at(-1);
  if (last === undefined) throw new Error('nothing was archived');
  await sql(
    made.url,
    `DELETE FROM entry WHERE number = 8; UPDATE authority_chain SET head_number = 7, head_hash = (SELECT hash FROM entry WHERE number = 7)`,
  );
  await made.register.append(key, [entry(5, { text: 'told otherwise' })]);
  const database = openDatabase(made.url, 1);
  await database.inTransaction((queries) =>
    append(queries, { ...key, reference: '2020' }, [{ key: 'archive/end', body: last }]),
  );
  await database.close();
  expect((await made.register.verify())[0]?.findings).toEqual([
    { where: 'archive', what: 'manifest in entry 9', why: 'the chain before it is not the one that was signed' },
  ]);
});

test.each([
  [
    'of the form of 0.1',
    { seq: 9, at: '2016-06-02T08:00:00.000Z', kind: 'milestone-planned', milestone: null, text: 'x' },
  ],
  ['of a kind that nobody knows', { v: 1, seq: 9, at: '2016-06-02T08:00:00.000Z', kind: 'made-up', milestone: null }],
])('an entry %s, chained to the letter by somebody who can work out hashes, is named', async (_what, content) => {
  const { register, url } = await ownRegister();
  await register.append(key, [entry(1)]);
  const [head] = (await rows(url, 'SELECT head_hash AS hash FROM authority_chain')) as { hash: string }[];
  const previous = head?.hash ?? '';
  const link = { authority: key.authority, reference: key.reference, key: 'lifecycle/2', number: 2 };
  const body = canonical(content);
  const hash = hashOf(previous, { ...link, body });
  await sql(url, 'INSERT INTO entry VALUES ($1, 2, $2, $3, $4, $5, NULL, $6, $7, $8)', [
    ...[link.authority, link.reference, link.key, content.at, content.kind, body, previous, hash],
  ]);
  await sql(url, 'UPDATE authority_chain SET head_number = 2, head_hash = $1', [hash]);
  expect(await saidOf(register)).toBe('anyborough 2: it is not in the form of an entry');
});
