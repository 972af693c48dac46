import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardForAll } from '../support/board.ts';
import { cli } from '../support/cli.ts';
import { hook } from '../support/hook.ts';
import { newSecret, outside, receiver, verified } from '../webhooks/support.ts';

const board = boardForAll(
  async (rig) => {
    await rig.start('examples/middlesbrough-2016.yaml');
  },
  { outside },
);
const ends: (() => Promise<void>)[] = [];
let server: Awaited<ReturnType<typeof receiver>>;
const secret = newSecret();
const KEY = { authority: 'middlesbrough', webhook: 'by-command' };
beforeAll(async () => {
  server = await receiver([200], (end) => ends.push(end));
  const { register, parts } = board();
  const kept = await register.board.keptAuthority('middlesbrough');
  if (kept === null) throw new Error('the council is not on file');
  const webhooks = [hook({ id: 'by-command', address: `${server.address}?sig=hidden` })];
  await register.board.keepAuthority({ ...kept.authority, webhooks }, new Date().toISOString());
  await register.webhooks.keepSecret(KEY, await parts.secrets.seal(secret, KEY.authority), new Date().toISOString());
});
afterAll(async () => {
  for (const end of ends) await end();
});

const run = (...args: string[]) =>
  cli(['webhooks', ...args], { ...board().environment, DUECOURSE_TASK_QUEUE: board().taskQueue });

test('the addresses of a council are listed with their hosts alone, and how each stands', async () => {
  const { code, out } = await run('list', 'middlesbrough', '--format', 'csv');
  expect(code).toBe(0);
  expect(out).toContain('by-command,Performance team,calendar.example');
  expect(out).toContain('"duty.late, duty.completed",on');
  expect(out).not.toContain('hidden');
  expect((await run('list', 'middlesbrough', '--json')).out).not.toMatch(/hidden|whsec/);
});

test('a test is sent, listed with what was answered, and sent again under its number', async () => {
  const sent = await run('test', 'middlesbrough', 'by-command');
  expect([sent.code, sent.out]).toEqual([0, expect.stringContaining('A test is on its way to Performance team')]);
  await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(1);
  const [one] = server.received;
  if (one === undefined) throw new Error('nothing came');
  expect(verified(secret, one)).toMatchObject({ type: 'webhook.test' });
  await expect
    .poll(async () => (await run('list', 'middlesbrough', 'by-command', '--format', 'csv')).out, { timeout: 20_000 })
    .toMatch(/webhook\.test,test,,Delivered,1,Answered 200,,dc_/);
  const again = await run('replay', 'middlesbrough', 'by-command', '--since', '2026-01-01');
  expect([again.code, again.out]).toEqual([0, '1 is sent to Performance team again.\n']);
  await expect.poll(() => server.received.map(({ id }) => id), { timeout: 20_000 }).toEqual([one.id, one.id]);
});

test.each([
  [['list', 'middlesbro'], 1, 'did you mean middlesbrough?'],
  [['test', 'middlesbrough', 'by-comand'], 1, 'did you mean "by-command"? Its addresses: by-command.'],
  [['replay', 'middlesbrough', 'by-command'], 2, 'say which: --id ID of one, or --since DAY'],
  [['replay', 'middlesbrough', 'by-command', '--id', 'dc_none'], 1, 'Performance team was told nothing under dc_none.'],
])('%j is refused in words', async (args, code, said) => {
  const answer = await run(...args);
  expect([answer.code, answer.err]).toEqual([code, expect.stringContaining(said)]);
});
