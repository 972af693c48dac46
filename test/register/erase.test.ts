import { TRY } from '../support/digests.ts';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { audit } from '../../domain/audit/audit.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { cli } from '../support/cli.ts';
import { council } from '../support/facts.ts';
import { archived, fill, storedRun } from './full.ts';
import { admin, AT, dump, ENTRIES, fullOfHer, JANE, LATER, NAME, request, tablesWithHer } from './full-of-her.ts';
import { digest, entry, key, ownRegister, rows, sql } from './support.ts';
import { row } from '../support/rows.ts';

describe('erasing a person', () => {
  test('leaves her in no row of any table, the chain whole, and the record readable', async () => {
    const { register, url } = await fullOfHer();
    expect(await tablesWithHer(url)).toEqual([
      'access_key',
      'answered_request',
      'approved_holidays',
      'archived_history',
      'form_draft',
      'inspection',
      'kept_state',
      'large_payload',
      'mail',
      'milestone',
      'saved_form',
      'saved_view',
      'sealed',
      'searched',
      'sign_in_link',
      'state_of_day',
      'unsubscribed',
      'web_session',
      'word_template',
    ]);
    expect(await register.verify()).toEqual([{ authority: 'anyborough', entries: ENTRIES + 1, ok: true }]);
    const before = await register.history('anyborough', '2016');
    const erasure = await register.erase(request, 'carry out');
    expect(erasure).toEqual({
      acted: 2,
      mentioned: 4,
      mails: 1,
      mailsMentioning: 1,
      other: 11,
      histories: 1,
      states: 2,
      payloads: 1,
      payloadsLeft: 0,
      evidence: 0,
      encrypted: 0,
      fixed: 0,
      elsewhere: false,
      carriedOut: true,
    });
    expect(await tablesWithHer(url)).toEqual([]);
    expect(await register.verify()).toEqual([{ authority: 'anyborough', entries: ENTRIES + 2, ok: true }]);

    const after = await register.history('anyborough', '2016');
    const extended = after.find((each) => each.kind === 'milestone-extended');
    expect(extended).toMatchObject({
      actor: { id: '[erased]', role: 'head-of-service' },
      text: '[erased] is ill; ask [erased] or "[erased]"',
      data: { '[erased]': ['[erased]'] },
      row: {
        explanation: ['it was extended: [erased] is ill; ask [erased] or "[erased]"', 'The report was published.'],
      },
    });
    expect(after.find((each) => each.seq === 7)).toEqual(before.find((each) => each.seq === 7));
    expect(after).toHaveLength(before.length);
    expect((await register.milestones('anyborough', '2016'))[0]?.explanation).toEqual(extended?.row?.explanation);
    expect((await register.list(LATER)).map((each) => each.title)).toContain('The case of [erased]');
    const page = await register.board.milestones(LATER, { authorities: ['anyborough'] }, { offset: 0, limit: 10 });
    expect(page).toHaveLength(1);
    expect(audit('anyborough/2016', after, '2017-01-01').milestones).toHaveLength(1);
    await register.rebuild();
    expect((await register.verify())[0]?.ok).toBe(true);

    const [told] = await register.history('anyborough', 'register');
    expect(told).toMatchObject({
      kind: 'personal-data-erased',
      actor: admin,
      data: { reason: 'asked for on 1 March' },
    });
  });

  test('only looked at changes nothing', async () => {
    const { register, url } = await fullOfHer();
    const before = await dump(url);
    const looked = await register.erase(request, 'look');
    expect(looked).toMatchObject({ acted: 2, mentioned: 4, carriedOut: false });
    expect(await dump(url)).toEqual(before);
  });

  test('done again finds nothing, and no second entry tells of it', async () => {
    const { register } = await fullOfHer();
    await register.erase(request, 'carry out');
    expect(await register.erase(request, 'carry out')).toMatchObject({
      acted: 0,
      mentioned: 0,
      mails: 0,
      other: 0,
      histories: 0,
    });
    expect(await register.history('anyborough', 'register')).toHaveLength(1);
  });

  test('is not undone by a delivery that comes again, and goes on to find what differs', async () => {
    const { register, url } = await fullOfHer();
    const lost = (await register.history('anyborough', '2016')).filter((each) => each.seq > 4);
    await register.erase(request, 'carry out');
    await register.append(key, lost);
    expect(await tablesWithHer(url)).toEqual([]);
    const [first] = lost;
    if (first === undefined) throw new Error('there is no such entry');
    await expect(register.append(key, [{ ...first, kind: 'milestone-waived' }])).rejects.toMatchObject({
      name: 'EntryConflict',
    });
  });

  test('takes what is redacted before away again, of another person', async () => {
    const { register } = await fullOfHer();
    await register.erase(request, 'carry out');
    await register.erase({ ...request, spellings: ['is ill'] }, 'carry out');
    expect((await register.history('anyborough', '2016')).find((each) => each.seq === 5)?.text).toBe(
      '[erased] [erased]; ask [erased] or "[erased]"',
    );
    expect((await register.verify())[0]?.ok).toBe(true);
  });

  test('says of a title that names them that it can’t be erased', async () => {
    const { register, url } = await fullOfHer();
    const titled = row({ milestone: 'improvement-actions/of-her', title: `Follow up with ${NAME}` });
    await register.append(key, [entry(8, { milestone: titled.milestone, row: titled })]);
    expect(await register.erase(request, 'carry out')).toMatchObject({ fixed: 1, acted: 2 });
    expect((await register.verify())[0]?.ok).toBe(true);
    expect(await tablesWithHer(url)).toEqual(['entry', 'milestone']);
  });

  test('leaves encrypted payloads, and says how many', async () => {
    const { register } = await ownRegister();
    await fill(register);
    const { content } = storedRun('run-9', 'x');
    const encrypted = Buffer.from(gunzipSync(content).toString('latin1').replace('json/plain', 'binary/aes'), 'latin1');
    expect(encrypted.toString('latin1')).toContain('binary/aes');
    await archived(register, '2016', [{ run: 'run-9', content: gzipSync(encrypted) }]);
    expect(await register.erase(request, 'look')).toMatchObject({ encrypted: 1, histories: 0 });
  });
});

describe('what an erasure covers is not changed unseen', () => {
  test.each<[string, string, RegExp]>([
    [
      'a name put back',
      `UPDATE sealed SET value = replace(value, '[erased]', 'Somebody')`,
      /the words of entry 9: altered/,
    ],
    [
      'who acted put back',
      `INSERT INTO sealed VALUES ('anyborough', 9, 'actor', 'a', '"x"')`,
      /who acted of entry 9: there again, after it was erased/,
    ],
    ['what was left taken away', `DELETE FROM sealed WHERE number = 9`, /the words of entry 9: missing/],
    [
      'another part erased beside it',
      `DELETE FROM sealed WHERE number = 3 AND part = 'actor'`,
      /who acted of entry 3: missing, and no entry says that it was erased/,
    ],
    [
      'a history put back',
      `UPDATE archived_history SET content = (SELECT content FROM archived_history WHERE run = 'run-3') WHERE run = 'run-2'`,
      /run run-2: its history was altered/,
    ],
    [
      'the record of it',
      `UPDATE entry SET body = replace(body, '"now":null', '"now":"x"') WHERE kind = 'personal-data-erased'`,
      /16: its content was altered/,
    ],
  ])('%s', async (_what, statement, found) => {
    const { register, url } = await fullOfHer();
    await register.erase(request, 'carry out');
    await sql(
      url,
      ['entry', 'sealed', 'archived_history'].map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`).join(';'),
    );
    expect((await register.verify())[0]?.ok).toBe(true);
    await sql(url, statement);
    const [check] = await register.verify();
    const said = [
      `${check?.firstBroken?.number}: ${check?.firstBroken?.why}`,
      ...(check?.findings ?? []).map(({ what, why }) => `${what}: ${why}`),
    ];
    expect([check?.ok, said.join('\n')]).toEqual([false, expect.stringMatching(found)]);
  });

  test.each(['UPDATE sealed SET part = part', 'DELETE FROM sealed', 'TRUNCATE sealed'])(
    '%s is refused',
    async (statement) => {
      const { register, url } = await ownRegister();
      await fill(register);
      await expect(sql(url, statement)).rejects.toThrow(/append-only/);
    },
  );
});

describe('an erasure is refused', () => {
  test.each<[string, Partial<typeof request>, RegExp]>([
    ['to somebody who is no administrator', { actor: { id: 'x', role: 'director' } }, /may not erase personal data/],
    ['to the person themselves', { actor: { id: JANE, role: 'democratic-services' } }, /Nobody erases themselves/],
    ['with a reason that names them', { reason: `asked for by ${NAME}` }, /The reason names the person/],
    ['without a reason', { reason: ' ' }, /Say why/],
    ['for a spelling that is everywhere', { spellings: [JANE, 'Jo'] }, /too short/],
    ['while they hold a role', { spellings: ['team-manager@anyborough.example.org'] }, /authority apply FILE/],
  ])('%s', async (_what, parts, why) => {
    const { register, url } = await fullOfHer();
    const before = await dump(url);
    await expect(register.erase({ ...request, ...parts }, 'carry out')).rejects.toThrow(why);
    expect(await dump(url)).toEqual(before);
  });

  test('while a mail to them is being sent', async () => {
    const { register } = await fullOfHer();
    const mail = digest({
      id: 'on its way',
      recipient: { email: JANE, roles: [], standsInFor: [] },
      day: '2017-02-28',
    });
    await register.claim(mail, 'm9', '2017-02-28T08:00:00.000Z', TRY);
    await expect(register.erase(request, 'carry out')).rejects.toThrow(/is still being sent/);
    await register.settle('on its way', 'sent', null, LATER, TRY);
    expect(await register.erase(request, 'carry out')).toMatchObject({ mails: 2 });
  });
});

test('what all authorities share stays while another still has them', async () => {
  const { register } = await fullOfHer();
  const role = {
    id: 'head',
    title: 'Head',
    email: 'head@otherborough.example.org',
    capacity: 'administrator' as const,
  };
  const other = authoritySchema.parse({ ...council, id: 'otherborough', roles: [...council.roles, role] });
  const head = role.email;
  await register.board.keepAuthority(other, AT);
  await register.board.makeKey({
    email: head,
    kind: 'api',
    subject: { of: 'api', name: 'x', roles: null },
    madeAt: AT,
  });
  expect(await register.erase({ ...request, spellings: [head] }, 'carry out')).toMatchObject({
    other: 0,
    elsewhere: true,
  });
  expect(await register.board.keysOf(head)).toHaveLength(1);
});

test('at the command line: first shown, then carried out; the same refusals', async () => {
  const { register, url } = await fullOfHer();
  const call = ['register', 'erase', JANE, '--also', NAME, '--authority', 'anyborough', '--reason', 'asked for'];
  const variables = { DATABASE_URL: url, DUECOURSE_AS: 'democratic-services' };
  const looked = await cli(call, variables);
  expect([looked.code, looked.out]).toEqual([
    0,
    expect.stringMatching(/This would be erased:\n +2 {2}entries in which they acted[^]*--yes/),
  ]);
  expect(await tablesWithHer(url)).not.toEqual([]);
  expect((await cli(call, { DATABASE_URL: url })).code).toBe(2);
  const refused = await cli([...call, '--yes'], { ...variables, DUECOURSE_AS: 'director' });
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('may not erase personal data')]);
  const done = await cli([...call, '--yes', '--json'], variables);
  expect([done.code, JSON.parse(done.out)]).toEqual([0, expect.objectContaining({ acted: 2, carriedOut: true })]);
  expect(await tablesWithHer(url)).toEqual([]);
  const verified = await cli(['register', 'verify'], variables);
  expect([verified.code, verified.out]).toEqual([0, `whole   anyborough: ${ENTRIES + 2} entries\n`]);
  await sql(url, 'UPDATE milestone SET status = $1', ['waived']);
  const differs = await cli(['register', 'verify'], variables);
  expect([differs.code, differs.out]).toEqual([
    1,
    expect.stringMatching(/table: milestone 2016 [^]*duecourse register rebuild/),
  ]);
  expect((await register.verify())[0]?.ok).toBe(false);
});

test('an entry sealed twice has two commitments: nobody can tell from the chain that two words are the same', async () => {
  const { register, url } = await ownRegister();
  await register.append(key, [entry(1, { text: 'same' }), entry(2, { seq: 2, text: 'same' })]);
  const bodies = (await rows(url, 'SELECT body FROM entry ORDER BY number')) as { body: string }[];
  const seals = bodies.map(({ body }) => (JSON.parse(body) as { words: { sealed: string } }).words.sealed);
  expect(new Set(seals).size).toBe(2);
});
