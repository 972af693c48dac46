import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { MailFailure, type MailMessage } from '../../activities/mail/mail-transport.ts';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { readSettings } from '../../platform/settings.ts';
import { lookAtMailServer } from '../../worker/doctor/mail.ts';
import { warnOfMail } from '../../activities/mail/warn-of-mail.ts';
import type { SmtpOptions } from '../../activities/mail/smtp-transport.ts';
import { message, messageTo, temporaryFolder } from './messages.ts';
import { CERTIFICATE, KEY, postTo, rawServer, rawServerThatTakesAll, smtpServer } from './servers.ts';

const PASSWORD = 'tr0ub4dor&3';
const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/** What a send that must fail fails with. Whatever it is, it tells no password, no address and nothing of the mail. */
async function failureOf(url: string, options: SmtpOptions = {}, mail: MailMessage = message()): Promise<MailFailure> {
  const error: unknown = await postTo(url, { timeoutMs: 5000, ...options })
    .send(mail)
    .then(
      () => 'it was sent',
      (reason: unknown) => reason,
    );
  if (!(error instanceof MailFailure)) throw new Error(`expected a mail failure, was: ${String(error)}`);
  expect(error.message).not.toMatch(/inspection support team|written action plan|owner@/i);
  expect(error.message).not.toContain(PASSWORD);
  expect(error.message).not.toContain(Buffer.from(PASSWORD).toString('base64'));
  expect(error.message).not.toMatch(/[\r\n]/);
  return error;
}

const at = (step: 'onConnect' | 'onMailFrom' | 'onRcptTo', error: Error): SMTPServerOptions =>
  step === 'onConnect'
    ? { onConnect: (_session, done) => done(error) }
    : { [step]: (_address: unknown, _session: unknown, done: (error: Error) => void) => done(error) };
const atData = (error: Error): SMTPServerOptions => ({
  onData: (stream, _session, done) => void stream.on('end', () => done(error)).resume(),
});

test.each<[string, SMTPServerOptions, 'delayed' | 'undeliverable', RegExp]>([
  ['greylisting', at('onRcptTo', answer(450, 'greylisted, come back')), 'delayed', /put it off: 450 greylisted/],
  [
    'an unknown user',
    at('onRcptTo', answer(550, '5.1.1 no such user')),
    'undeliverable',
    /refused it: 550 5.1.1 no such user/,
  ],
  ['a message refused', atData(answer(554, '5.7.1 looks like spam')), 'undeliverable', /refused it: 554/],
  ['a message put off', atData(answer(451, 'local error')), 'delayed', /put it off: 451/],
  ['a message too large', at('onMailFrom', answer(552, 'too large')), 'undeliverable', /552/],
  [
    'a sender refused',
    at('onMailFrom', answer(550, 'sender not allowed')),
    'delayed',
    /refused our sender.*DUECOURSE_MAIL_FROM/,
  ],
  [
    'sign-in asked for',
    at('onRcptTo', answer(530, 'authentication required')),
    'delayed',
    /did not let us sign in.*DUECOURSE_SMTP_URL/,
  ],
  ['a server too busy to greet', at('onConnect', answer(421, 'too busy')), 'delayed', /421/],
  ['a server that wants none of us', at('onConnect', answer(554, 'go away')), 'delayed', /554/],
])('%s', async (_name, options, kind, reason) => {
  const failure = await failureOf(`smtp://${(await smtpServer(options)).address}`);
  expect([failure.kind, failure.message, failure.perhapsSent]).toEqual([kind, expect.stringMatching(reason), false]);
});

test('what the server says of address and mail is not passed on', async () => {
  const echo = answer(
    550,
    `<owner@anyborough.example.org>: ${message().subject} ${message()
      .text.split('\n')
      .find((line) => line.startsWith('What to do'))}`,
  );
  const failure = await failureOf(`smtp://${(await smtpServer(at('onRcptTo', echo))).address}`);
  expect(failure.message).toBe('the mail server refused it: 550 the address: … …');
});

test('a wrong password is ours to mend, and is not told even where the server repeats it', async () => {
  const server = await smtpServer({
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: (_auth, _session, done) =>
      done(answer(535, `wrong password ${PASSWORD} ${Buffer.from(PASSWORD).toString('base64')}`)),
  });
  const failure = await failureOf(`smtp://user:${encodeURIComponent(PASSWORD)}@${server.address}`);
  expect([failure.kind, failure.message]).toEqual([
    'delayed',
    expect.stringMatching(/did not let us sign in: 535 wrong password … …; check DUECOURSE_SMTP_URL/),
  ]);
});

describe('a server that', () => {
  test('drops the connection once it has the mail: it may have got through', async () => {
    const { address } = await rawServerThatTakesAll((socket) => socket.destroy());
    const failure = await failureOf(`smtp://${address}`);
    expect(failure).toMatchObject({
      kind: 'delayed',
      perhapsSent: true,
      message: expect.stringMatching(/may have got through/) as string,
    });
  });

  test('takes the mail and hangs: it may have got through', async () => {
    const { address } = await rawServerThatTakesAll(() => undefined);
    const failure = await failureOf(`smtp://${address}`, { timeoutMs: 1000 });
    expect(failure).toMatchObject({
      kind: 'delayed',
      perhapsSent: true,
      message: expect.stringMatching(/did not answer in time/) as string,
    });
  });

  test('drops the connection in the middle of DATA', async () => {
    const { address } = await rawServer((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (chunk) => {
        if (!chunk.toString().startsWith('DATA')) return void socket.write('250 ok\r\n');
        socket.write('354 go on\r\n');
        socket.removeAllListeners('data').once('data', () => socket.destroy());
      });
    });
    expect((await failureOf(`smtp://${address}`)).kind).toBe('delayed');
  });

  test('drops the connection before DATA: it has certainly not', async () => {
    const { address } = await rawServer((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (chunk) => (/^RCPT/im.test(chunk.toString()) ? socket.destroy() : socket.write('250 ok\r\n')));
    });
    expect(await failureOf(`smtp://${address}`)).toMatchObject({ kind: 'delayed', perhapsSent: false });
  });

  test('hangs at the greeting, or after it', async () => {
    const silent = await rawServer(() => undefined);
    const greeted = await rawServer((socket) => void socket.write('220 ready\r\n'));
    for (const { address } of [silent, greeted])
      expect(await failureOf(`smtp://${address}`, { timeoutMs: 300 })).toMatchObject({
        kind: 'delayed',
        perhapsSent: false,
        message: expect.stringMatching(/did not answer in time/) as string,
      });
  });

  test('answers a byte at a time is given up as well', async () => {
    const { address } = await rawServer((socket) => {
      let drip: NodeJS.Timeout | undefined;
      socket.on('close', () => clearInterval(drip));
      socket.write('220 ready\r\n');
      socket.on('data', (chunk) => {
        if (/^RCPT/im.test(chunk.toString())) drip = setInterval(() => socket.write('2'), 20);
        else socket.write('250 ok\r\n');
      });
    });
    const failure = await failureOf(`smtp://${address}`, { timeoutMs: 60 });
    expect(failure).toMatchObject({
      kind: 'delayed',
      perhapsSent: false,
      message: expect.stringMatching(/did not answer in time/) as string,
    });
  });

  test('closes every connection at once', async () => {
    const { address } = await rawServer((socket) => socket.destroy());
    expect((await failureOf(`smtp://${address}`)).kind).toBe('delayed');
  });
});

describe('TLS is refused, and said why,', () => {
  test.each<[string, SMTPServerOptions, string, SmtpOptions, RegExp]>([
    [
      'where nobody vouches for the certificate',
      { secure: true, key: KEY, cert: CERTIFICATE },
      'smtps://localhost',
      {},
      /self-signed certificate/,
    ],
    ['where it has run out', { secure: true }, 'smtps://localhost', {}, /certificate/],
    [
      'where it is for another name',
      { secure: true, key: KEY, cert: CERTIFICATE },
      'smtps://127.0.0.1',
      { ca: CERTIFICATE },
      /does not match certificate/,
    ],
    [
      'at STARTTLS too',
      { key: KEY, cert: CERTIFICATE, disabledCommands: [] },
      'smtp://localhost',
      { requireTls: true },
      /self-signed certificate/,
    ],
    ['where the server has none', {}, 'smtps://localhost', {}, /./],
    ['where it is required and not offered', {}, 'smtp://localhost', { requireTls: true }, /STARTTLS/],
  ])('%s', async (_name, server, url, options, reason) => {
    const { port, received } = await smtpServer(server);
    const failure = await failureOf(`${url}:${port}`, options);
    expect([failure.kind, failure.message]).toEqual(['delayed', expect.stringMatching(reason)]);
    expect(failure.message).toContain('no secure connection with the mail server');
    expect(received).toEqual([]);
  });
});

test.each(['', 'a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', '<a@b.example>', 'no address'])(
  'the address %j is never tried, by any post',
  async (email) => {
    const recipient = { email, roles: [], standsInFor: [] };
    const mail = message({ recipient });
    const server = await smtpServer();
    const expected = { kind: 'undeliverable', message: expect.stringContaining('address') as string };
    await expect(postTo(`smtp://${server.address}`).send(mail)).rejects.toMatchObject(expected);
    await expect(outboxTransport(await temporaryFolder()).send(mail)).rejects.toMatchObject(expected);
    expect(server.connections).toBe(0);
  },
);

describe('a server that ends a connection with 421', () => {
  /** Each connection may hand over so many mails. */
  const tired = (mails: number): SMTPServerOptions => {
    const served = new Map<string, number>();
    return {
      onMailFrom(_address, { id }, done) {
        served.set(id, (served.get(id) ?? 0) + 1);
        done((served.get(id) ?? 0) > mails ? answer(421, '4.7.0 too many messages in this session') : undefined);
      },
    };
  };

  test('after some mails is sent the rest by new ones, at once', async () => {
    const server = await smtpServer(tired(2));
    const post = postTo(`smtp://${server.address}`);
    await Promise.all(Array.from({ length: 22 }, (_, n) => post.send(messageTo(n))));
    expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(22);
    expect(server.received).toHaveLength(22);
  });

  test('at every mail is left alone after a few: the mail is put off', async () => {
    const server = await smtpServer(tired(0));
    expect((await failureOf(`smtp://${server.address}`, { connections: 2 })).kind).toBe('delayed');
    expect(server.connections).toBeLessThanOrEqual(3);
  });

  test('as its answer to the last dot has not taken the mail: it goes by a new one, once', async () => {
    let ended = 0;
    const server = await smtpServer({
      onMailFrom: (_address, _session, done) => done(),
      onData(stream, _session, done) {
        stream.on('end', () => done(++ended === 1 ? answer(421, '4.3.2 closing') : undefined)).resume();
      },
    });
    await postTo(`smtp://${server.address}`).send(messageTo(1));
    expect(ended).toBe(2);
  });
});

describe('at a start it is said where no mail could leave, as doctor finds it', () => {
  const saidOf = async (variables: Record<string, string>): Promise<string[]> => {
    const settings = readSettings({ DUECOURSE_VAR: await temporaryFolder(), ...variables });
    const said: string[] = [];
    await warnOfMail(settings, (line) => said.push(line));
    const found = await lookAtMailServer(settings);
    expect(found).toHaveLength(said.length);
    // One function says both, and the advice is the finding's.
    for (const [index, { what, do: advice }] of found.entries()) {
      expect(said[index]).toContain(what.replace(/\.$/, ''));
      expect(said[index]).toContain(advice);
    }
    return said;
  };

  test('one that is there: nothing is said', async () => {
    expect(await saidOf({ DUECOURSE_SMTP_URL: `smtp://${(await smtpServer()).address}` })).toEqual([]);
  });

  test('nobody answers there: its address, and what to do', async () => {
    const { port } = await rawServer(() => undefined);
    const [line] = await saidOf({ DUECOURSE_SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(line).toMatch(
      new RegExp(
        `^Mail can’t leave: the mail server 127\\.0\\.0\\.1:${port} did not answer in time\\. No mail leaves.*DUECOURSE_SMTP_URL`,
      ),
    );
    const [refused] = await saidOf({ DUECOURSE_SMTP_URL: 'smtp://127.0.0.1:1' });
    expect(refused).toMatch(/the mail server 127\.0\.0\.1:1 can't be used: .*ECONNREFUSED/);
  }, 300_000);

  test('it does not let us in: without the password', async () => {
    const { address } = await smtpServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(answer(535, 'authentication failed')),
    });
    const [line] = await saidOf({
      DUECOURSE_SMTP_URL: `smtp://user:${encodeURIComponent(PASSWORD)}@${address}?requireTls=false`,
    });
    expect(line).toMatch(/did not let us sign in.*DUECOURSE_SMTP_URL/);
    expect(line).not.toContain(PASSWORD);
  });

  test('without a mail server: nothing where the folder can be written, else which folder', async () => {
    expect(await saidOf({})).toEqual([]);
    const [line] = await saidOf({ DUECOURSE_OUTBOX: '/etc/hosts/outbox' });
    expect(line).toMatch(/^Mail can’t leave: the outbox folder \/etc\/hosts\/outbox can't be written/);
  });
});
