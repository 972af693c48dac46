import { describe, expect, test } from 'vitest';
import { EntryConflict } from '../../register/diverged.ts';
import { openRegister } from '../../register/register.ts';
import { entry, key, ownDatabase, ownRegister, sql, started } from './support.ts';
import { row } from '../support/rows.ts';

const NOW = '2016-07-05T10:00:00.000Z';

test('what is appended is read back in order, whatever is in it', async () => {
  const { register } = await ownRegister();
  const odd = entry(2, {
    text: 'quotes " and \\ and \u2028 and 👩‍👧 and مرحبا',
    data: { nested: { b: 1, a: [1.5, -0, 1e21, null, true] } },
  });
  await register.append(key, [started, odd]);
  expect(await register.history('anyborough', '2016')).toEqual(JSON.parse(JSON.stringify([started, odd])));
  expect(await register.verify()).toEqual([{ authority: 'anyborough', entries: 2, ok: true }]);
});

test('a NUL character, which the database can’t hold, becomes a replacement sign and the chain stays whole', async () => {
  const { register } = await ownRegister();
  await register.append(key, [entry(1, { text: 'a\u0000b' })]);
  await register.append(key, [entry(1, { text: 'a\u0000b' })]);
  expect((await register.history('anyborough', '2016')).map((each) => each.text)).toEqual(['a\ufffdb']);
  expect((await register.verify())[0]?.ok).toBe(true);
});

describe('appending again', () => {
  test('the same entries change nothing', async () => {
    const { register } = await ownRegister();
    await register.append(key, [started, entry(2)]);
    await register.append(key, [started, entry(2), entry(3)]);
    expect((await register.history('anyborough', '2016')).map((each) => each.seq)).toEqual([1, 2, 3]);
  });

  test('another entry under the same number is refused, and nothing of its batch is kept', async () => {
    const { register } = await ownRegister();
    await register.append(key, [started, entry(2)]);
    await expect(register.append(key, [entry(3), entry(2, { text: 'another' })])).rejects.toThrow(EntryConflict);
    expect(await register.history('anyborough', '2016')).toHaveLength(2);
  });
});

test('eight processes appending to one authority make one whole chain', async () => {
  const { url } = await ownRegister();
  const registers = Array.from({ length: 8 }, () => openRegister({ url, connections: 2 }));
  await Promise.all(
    registers.map(async (register, index) => {
      for (let seq = 1; seq <= 15; seq++) await register.append({ ...key, reference: `r${index}` }, [entry(seq)]);
    }),
  );
  expect(await registers[0]?.verify()).toEqual([{ authority: 'anyborough', entries: 120, ok: true }]);
  await Promise.all(registers.map((register) => register.close()));
});

test('four processes bring a new database up to date at once', async () => {
  const url = await ownDatabase();
  const registers = Array.from({ length: 4 }, () => openRegister({ url }));
  await Promise.all(registers.map((register) => register.migrate()));
  await registers[0]?.append(key, [started]);
  expect(await registers[3]?.list(NOW)).toHaveLength(1);
  await Promise.all(registers.map((register) => register.close()));
});

describe('nobody can change what is recorded', () => {
  test.each(['UPDATE entry SET body = body', 'DELETE FROM entry', 'TRUNCATE entry'])(
    '%s is refused',
    async (statement) => {
      const { register, url } = await ownRegister();
      await register.append(key, [started]);
      await expect(sql(url, statement)).rejects.toThrow(/append-only/);
    },
  );

  test.each([
    ['what an entry says', `UPDATE entry SET body = replace(body, '"seq":3', '"seq":33') WHERE number = 3`, 3],
    ['its instant', `UPDATE entry SET at = '2016-01-01T00:00:00.000Z' WHERE number = 2`, 2],
    ['its kind', `UPDATE entry SET kind = 'milestone-waived' WHERE number = 4`, 4],
    ['the inspection it belongs to', `UPDATE entry SET reference = 'other' WHERE number = 4`, 4],
    ['its key', `UPDATE entry SET key = 'lifecycle/40' WHERE number = 4`, 4],
    ['its hash', `UPDATE entry SET hash = repeat('a', 64) WHERE number = 2`, 2],
    ['an entry taken out', `DELETE FROM entry WHERE number = 3`, 3],
    ['the last entries taken off', `DELETE FROM entry WHERE number >= 4`, 4],
    ['all of them', `DELETE FROM entry`, 1],
    ['two swapped', `UPDATE entry SET number = CASE number WHEN 2 THEN 3 ELSE 2 END + 100 WHERE number IN (2, 3)`, 2],
    ['the head moved back', `UPDATE authority_chain SET head_number = 4`, 6],
  ])('an intruder who changes %s is found out', async (_what, statement, number) => {
    const { register, url } = await ownRegister();
    await register.append(key, [started, entry(2), entry(3), entry(4), entry(5)]);
    await sql(url, 'ALTER TABLE entry DISABLE TRIGGER ALL');
    await sql(url, statement);
    const [check] = await register.verify('anyborough');
    expect(check?.ok).toBe(false);
    expect(check?.firstBroken?.number).toBe(number);
  });
});

describe('the tables beside it', () => {
  test('keep the newest state of each milestone', async () => {
    const { register } = await ownRegister();
    await register.append(key, [
      started,
      entry(2, { row: row() }),
      entry(3, { row: row({ due: '2016-07-10', dueVersion: 2 }) }),
    ]);
    expect(await register.milestones('anyborough', '2016')).toMatchObject([{ due: '2016-07-10', dueVersion: 2 }]);
  });

  test('are made again from the entries, the same', async () => {
    const { register, url } = await ownRegister();
    await register.append(key, [
      started,
      entry(2, { row: row() }),
      entry(3, { row: row({ milestone: 'a/b', status: 'completed', endedAt: NOW }) }),
    ]);
    await register.append({ ...key, reference: '2020' }, [{ ...started }, entry(2, { kind: 'inspection-closed' })]);
    const before = [await register.list(NOW), await register.milestones('anyborough', '2016')];
    await sql(url, 'UPDATE milestone SET status = $1, due = $1', ['nonsense']);
    await sql(url, 'DELETE FROM inspection');
    await register.rebuild();
    expect([await register.list(NOW), await register.milestones('anyborough', '2016')]).toEqual(before);
  });

  test.each<[string, string, object, number]>([
    ['one millisecond before its cut-off', '2016-06-30T22:59:59.999Z', {}, 0],
    ['at its cut-off', '2016-06-30T23:00:00.000Z', {}, 1],
    ['when submitted', NOW, { status: 'submitted' }, 0],
    ['on hold, statutory', NOW, { status: 'held' }, 1],
    ['on hold, the council’s own', NOW, { status: 'held', strength: 'commitment' }, 0],
    ['when waived', NOW, { status: 'waived' }, 0],
  ])('a milestone %s is overdue or not', async (_when, now, parts, count) => {
    const { register } = await ownRegister();
    await register.append(key, [started, entry(2, { row: row(parts) })]);
    expect(await register.overdue(now)).toHaveLength(count);
    expect((await register.list(now))[0]?.overdue).toBe(count);
  });

  test('nothing of a closed inspection is overdue', async () => {
    const { register } = await ownRegister();
    await register.append(key, [started, entry(2, { row: row() }), entry(3, { kind: 'inspection-closed' })]);
    expect(await register.overdue(NOW)).toEqual([]);
  });
});

describe('a register that is away', () => {
  test('is named without its password, with what to do', async () => {
    const register = openRegister({ url: 'postgres://someone:secret@127.0.0.1:1/duecourse' });
    const error = await register.list(NOW).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({
      name: 'RegisterUnreachable',
      message:
        "The register can't be reached at 127.0.0.1:1/duecourse. Start duecourse with `npm start`, or set DATABASE_URL to a PostgreSQL that is running.",
    });
    await register.close();
  });

  test('and comes back is used again: connections that were cut are made anew', async () => {
    const { register, url } = await ownRegister();
    await register.append(key, [started]);
    await sql(
      url,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await expect
      .poll(() =>
        register.list(NOW).then(
          (rows) => rows.length,
          () => 0,
        ),
      )
      .toBe(1);
  });
});

test('waiting for an entry ends when it comes, or when the time is up', async () => {
  const { register } = await ownRegister();
  expect(await register.reached('anyborough', '2016', 1, 60)).toBe(false);
  const waiting = register.reached('anyborough', '2016', 1, 10_000);
  await register.append(key, [started]);
  expect(await waiting).toBe(true);
});
