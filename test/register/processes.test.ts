import { expect, onTestFinished, test, vi } from 'vitest';
import type { ProcessNote } from '../../register/processes.ts';
import { announce } from '../../worker/presence.ts';
import { ownRegister, rows, sql } from './support.ts';

const note = (parts: Partial<ProcessNote> = {}): ProcessNote => ({
  identity: 'duecourse-1-aaaa',
  part: 'worker',
  host: 'one.example.org',
  version: '0.2.0',
  code: 'c'.repeat(64),
  bankHolidays: 'b'.repeat(64),
  rules: 'r'.repeat(64),
  keys: ['a:0123456789abcdef'],
  secret: null,
  taskQueue: 'duecourse',
  namespace: 'default',
  ...parts,
});

const MINUTES_AGO = `to_char(clock_timestamp() AT TIME ZONE 'UTC' - interval '4 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

test('a process that says so runs, with what it runs by, until it ends or falls silent', async () => {
  const { register, url } = await ownRegister();
  const { processes } = register;
  await processes.keep(note());
  await processes.keep(note({ identity: 'duecourse-2-bbbb', part: 'pages', secret: '00ff' }));
  expect(await processes.running()).toMatchObject([note(), { identity: 'duecourse-2-bbbb', secret: '00ff' }]);
  const [first] = await processes.running();
  await processes.keep(note());
  expect((await processes.running())[0]?.startedAt).toBe(first?.startedAt);

  await processes.end('duecourse-2-bbbb');
  expect((await processes.running()).map(({ identity }) => identity)).toEqual(['duecourse-1-aaaa']);
  expect((await processes.known()).map(({ endedAt }) => endedAt === null)).toEqual([true, false]);

  await sql(url, `UPDATE running_process SET seen_at = ${MINUTES_AGO} WHERE identity = 'duecourse-1-aaaa'`);
  expect(await processes.running()).toEqual([]);
  expect(await processes.known()).toHaveLength(2);
  // Back after it was frozen.
  await processes.keep(note());
  expect(await processes.running()).toHaveLength(1);
});

test('one that was killed is forgotten some minutes later, whenever another says that it runs', async () => {
  const { register, url } = await ownRegister();
  await register.processes.keep(note());
  await sql(url, `UPDATE running_process SET seen_at = '2020-01-01T00:00:00.000Z'`);
  await register.processes.keep(note({ identity: 'duecourse-2-bbbb' }));
  expect(await rows(url, 'SELECT identity FROM running_process')).toEqual([{ identity: 'duecourse-2-bbbb' }]);
});

test.each([
  ['two hours ahead', 2 * 3_600_000],
  ['two hours behind', -2 * 3_600_000],
])('a clock %s is seen, and kept as what it is', async (_what, offMs) => {
  const { register } = await ownRegister();
  expect(Math.abs(await register.processes.clockOff())).toBeLessThan(5000);
  const real = Date.now.bind(Date);
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() + offMs);
  onTestFinished(() => clock.mockRestore());
  expect(Math.abs((await register.processes.clockOff()) - offMs)).toBeLessThan(5000);
  const warned: string[] = [];
  const leave = await announce(register, note(), (line) => warned.push(line));
  expect(warned).toEqual([expect.stringContaining('clock differs')]);
  const [kept] = await register.processes.running();
  expect(Math.abs(Number(kept?.clockOffMs) - offMs)).toBeLessThan(5000);
  await leave();
  expect(await register.processes.running()).toEqual([]);
});

test('a register that takes nothing is told of once, and what runs goes on', async () => {
  const { register, url } = await ownRegister();
  await sql(url, 'ALTER TABLE running_process RENAME TO gone');
  const warned: string[] = [];
  const leave = await announce(register, note(), (line) => warned.push(line), 20);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(warned).toEqual([expect.stringContaining('takes no note of this process')]);
  await sql(url, 'ALTER TABLE gone RENAME TO running_process');
  await expect.poll(() => register.processes.running()).toHaveLength(1);
  await leave();
});
