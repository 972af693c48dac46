import { expect, inject, onTestFinished, test } from 'vitest';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import type { LogFields } from '../../platform/temporal-lines.ts';
import { openRegister } from '../../register/register.ts';
import { Watch, watchOver, type WatchParts } from '../../worker/doctor/watch.ts';
import { courierId } from '../../workflows/courier-id.ts';
import { sql } from '../register/support.ts';
import { hook } from '../support/hook.ts';
import { keepHooks, KEY } from '../webhooks/support.ts';
import { type MailSink, mailSink } from '../support/mail-sink.ts';
import { openWard, type Ward } from './ward.ts';

const OPERATOR = 'operator@anyborough.example.org';
const FROM = 'duecourse <duecourse@anyborough.example.org>';

interface Watched {
  ward: Ward;
  mail: MailSink;
  lines: { fields: LogFields; message: string; at: string | undefined }[];
  parts: WatchParts;
}

async function watched(more: Record<string, string> = { DUECOURSE_OPERATOR: OPERATOR }): Promise<Watched> {
  const ward = await openWard();
  const mail = await mailSink();
  onTestFinished(() => mail.close());
  const post = smtpTransport(`${mail.url}?requireTls=false&timeoutMs=2000`);
  onTestFinished(() => post.close());
  const lines: Watched['lines'] = [];
  const log: WatchParts['log'] = {
    event: (fields, message, at) => void lines.push({ fields, message, at }),
    warn: (message) => void lines.push({ fields: {}, message, at: 'warn' }),
  };
  const { settings, variables, engine } = ward.parts(more);
  return { ward, mail, lines, parts: { settings, variables, engine, register: ward.register, post, from: FROM, log } };
}

const subjects = ({ received }: MailSink): string[] => received.map(({ subject }) => subject);

test('the operator hears of a finding once while it lasts, and once when it is over', async () => {
  const { ward, mail, lines, parts } = await watched();
  const watch = new Watch(parts, 0);
  for (let turn = 0; turn < 3; turn++) await watch.look();
  expect(mail.received.map(({ to }) => to)).toEqual([OPERATOR]);
  expect(subjects(mail)).toEqual(['duecourse: no worker runs']);
  expect(mail.received[0]?.text).toMatch(/No worker asks for work on the task queue[\s\S]+Start one: npm start/);
  // Said in the log once as well, by its code.
  expect(lines.filter(({ fields }) => fields['code'] === 'worker-missing')).toHaveLength(1);

  const stop = await ward.work();
  await expect.poll(async () => (await ward.look()).ok, { timeout: 30_000 }).toBe(true);
  await watch.look();
  expect(mail.received).toHaveLength(1);
  await watch.look();
  expect(subjects(mail).slice(1)).toEqual(['duecourse: over: no worker runs']);
  await watch.look();
  expect(mail.received).toHaveLength(2);
  expect(await ward.register.looks.notices()).toEqual([]);
  expect((await ward.register.looks.report())?.findings).toEqual([]);
  await stop();
});

test('several processes take turns: one looks, and one mail goes out', async () => {
  const { ward, mail, parts } = await watched();
  const registers = [1, 2, 3].map(() => openRegister({ url: ward.databaseUrl }));
  onTestFinished(async () => {
    for (const register of registers) await register.close();
  });
  const watches = registers.map((register) => new Watch({ ...parts, register }, 60_000));
  await Promise.all(watches.map((watch) => watch.look()));
  await Promise.all(watches.map((watch) => watch.look()));
  expect(subjects(mail)).toEqual(['duecourse: no worker runs']);
  // A turn that is long past is somebody's again.
  await sql(ward.databaseUrl, `UPDATE doctor_report SET begun_at = '2020-01-01T00:00:00.000Z'`);
  const before = (await ward.register.looks.report())?.at ?? '';
  await Promise.all(watches.map((watch) => watch.look()));
  expect(((await ward.register.looks.report())?.at ?? '') > before).toBe(true);
  expect(mail.received).toHaveLength(1);
});

test('what the mail server did not take is told with the next look; a warning only when it has stayed', async () => {
  const { mail, parts } = await watched({ DUECOURSE_OPERATOR: OPERATOR, DUECOURSE_SECRET: '' });
  await mail.goDown();
  const watch = new Watch(parts, 0);
  await watch.look();
  expect(mail.received).toEqual([]);
  await mail.comeUp();
  await watch.look();
  expect(subjects(mail)).toEqual(['duecourse: a secret of its own where several processes need the same, and 1 more']);
});

test('without an operator nobody is told, and what lasts is told to one who is named later', async () => {
  const { ward, mail, parts } = await watched({});
  await new Watch(parts, 0).look();
  expect(mail.received).toEqual([]);
  expect((await ward.register.looks.report())?.findings).toMatchObject([{ code: 'worker-missing' }]);
  const { settings } = ward.parts({ DUECOURSE_OPERATOR: OPERATOR });
  await new Watch({ ...parts, settings }, 0).look();
  expect(subjects(mail)).toEqual(['duecourse: no worker runs']);
});

test('a register that takes nothing is told of all the same, once by this process, and so is its end', async () => {
  const { ward, mail, parts } = await watched();
  await ward.work();
  const database = new URL(ward.databaseUrl).pathname.slice(1);
  await sql(ward.databaseUrl, `ALTER DATABASE ${database} SET default_transaction_read_only = on`);
  const register = openRegister({ url: ward.databaseUrl, connections: 1 });
  onTestFinished(() => register.close());
  const watch = new Watch({ ...parts, register }, 0);
  await watch.look();
  await watch.look();
  expect(subjects(mail)).toEqual(['duecourse: the register can be read, and not written']);
  await sql(
    inject('databaseUrl'),
    `ALTER DATABASE ${database} RESET default_transaction_read_only;
     SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}' AND pid <> pg_backend_pid()`,
  );
  await expect
    .poll(
      async () => {
        await watch.look();
        return subjects(mail).slice(1);
      },
      { timeout: 30_000 },
    )
    .toEqual(['duecourse: over: the register can be read, and not written']);
});

test('it looks by itself until it is ended, and an end waits for the look that is under way', async () => {
  const { ward, parts } = await watched();
  const end = watchOver(parts, { everyMs: 200, firstMs: 1 });
  await expect.poll(async () => (await ward.register.looks.report())?.at, { timeout: 20_000 }).toBeDefined();
  await end();
  const last = (await ward.register.looks.report())?.at;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await ward.register.looks.report())?.at).toBe(last);
});

test('an address to which something is due gets a courier, where its own was lost with a nudge or with the engine', async () => {
  const { ward, parts, lines } = await watched();
  if (parts.engine instanceof Error) throw parts.engine;
  await keepHooks(ward.register, [hook({ address: 'https://hooks.example/' })]);
  const told = {
    council: { id: 'anyborough', name: 'Anyborough' },
    inspection: { reference: 'r', title: 'R' },
    path: '/',
  };
  await ward.register.webhooks.test(KEY, told, 'm', new Date().toISOString());
  await new Watch(parts, 0).look();
  const { client } = parts.engine;
  const { status } = await client.workflow.getHandle(courierId(KEY)).describe();
  onTestFinished(async () => void (await client.workflow.getHandle(courierId(KEY)).terminate('the test is over')));
  expect(status.name).toBe('RUNNING');
  expect(lines.filter(({ message }) => message.includes('outside'))).toEqual([]);
});
