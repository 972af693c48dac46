import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import type { MailMessage, MailTransport } from '../../activities/mail/mail-transport.ts';
import { type SmtpOptions, smtpTransport } from '../../activities/mail/smtp-transport.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../support/digests.ts';

export const FROM = 'duecourse <duecourse@anyborough.example.org>';
export const BOARD = 'https://board.example.org/duecourse/';
export const LATE: Partial<Notice> = {
  overdue: true,
  workingDaysLeft: -5,
  due: '2016-05-25',
  dueAt: '2016-05-25T23:00:00.000Z',
};
/** A key and a certificate for the name localhost, made anew each time; nothing trusts it but these tests. */
function madeCertificate(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-certificate-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    ...subject,
    '-keyout',
    key,
    '-out',
    certificate,
  ];
  try {
    execFileSync('openssl', request, { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const { key: KEY, certificate: CERTIFICATE } = madeCertificate();

/** A notice of its own number, due a day later than the one before. */
export const numbered = (n: number, parts: Partial<Notice> = {}): Notice =>
  noticeOf({
    milestone: `improvement-actions/a${n}`,
    strand: 'improvement-actions',
    title: `Action ${n}`,
    due: `2016-06-${String(n + 2).padStart(2, '0')}`,
    dueAt: `2016-06-${String(n + 2).padStart(2, '0')}T23:00:00.000Z`,
    workingDaysLeft: n,
    ...parts,
  });

export const message = (parts: Partial<Digest> = {}): MailMessage => composeMail(digestOf(parts), { from: FROM });

/** A message to a person of this number. */
export function messageTo(n: number): MailMessage {
  const email = `owner-${n}@anyborough.example.org`;
  const recipient = { ...digestOf().recipient, email };
  return message({ id: `anyborough/2016/${email}/2016-06-02/1`, recipient });
}

export interface Received {
  to: string[];
  raw: string;
  mail: ParsedMail;
}

export interface Server {
  /** `127.0.0.1:port` */
  address: string;
  port: number;
  received: Received[];
  /** How many connections it has had. */
  connections: number;
}

/** A real SMTP server, plain and open unless the options say otherwise; what it accepts is parsed and kept. */
export async function smtpServer(options: SMTPServerOptions = {}): Promise<Server> {
  const server: Server = { address: '', port: 0, received: [], connections: 0 };
  const { onConnect } = options;
  const real = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void keep(server, session.envelope.rcptTo, Buffer.concat(chunks), done);
      });
    },
    ...options,
    onConnect: (session, done) => {
      server.connections++;
      if (onConnect === undefined) done();
      else onConnect(session, done);
    },
  });
  // A client that refuses a certificate is this server's error as well.
  real.on('error', () => undefined);
  await new Promise<void>((resolve) => real.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => real.close(resolve)));
  return Object.assign(server, addressOf(real.server.address()));
}

async function keep(
  server: Server,
  recipients: { address: string }[],
  raw: Buffer,
  done: (error?: Error) => void,
): Promise<void> {
  server.received.push({
    to: recipients.map(({ address }) => address),
    raw: raw.toString(),
    mail: await simpleParser(raw),
  });
  done();
}

/** A server that speaks as the test has it speak: for what no well-behaved server does. */
export async function rawServer(speak: (socket: Socket) => void): Promise<{ address: string; port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    speak(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return addressOf(server.address());
}

/** A server that takes mail as far as the end of DATA, and then does as told. */
export function rawServerThatTakesAll(then: (socket: Socket) => void): Promise<{ address: string; port: number }> {
  return rawServer((socket) => {
    let data: string | undefined;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      if (data === undefined) {
        const asked = /^DATA/im.test(chunk.toString());
        data = asked ? '' : undefined;
        socket.write(asked ? '354 go on\r\n' : '250 ok\r\n');
        return;
      }
      data += chunk.toString();
      if (data.endsWith('\r\n.\r\n')) then(socket);
    });
  });
}

function addressOf(address: AddressInfo | string | null): { address: string; port: number } {
  if (address === null || typeof address === 'string') throw new Error('the server is not listening on a port');
  return { address: `127.0.0.1:${address.port}`, port: address.port };
}

/** A post to it, closed with the test. */
export function postTo(url: string, options: SmtpOptions = {}): MailTransport {
  const post = smtpTransport(url, { timeoutMs: 5000, ...options });
  onTestFinished(() => post.close());
  return post;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'duecourse-mail-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Text as nobody should write it, and as somebody will. */
export const HOSTILE: Record<string, string> = {
  quotes: `The "best" plan, o'Brien's <plan> & \`more\``,
  html: '<script>alert(1)</script></td></table><img src=x onerror="alert(1)">',
  attribute: '" onmouseover="alert(1)" x="',
  template: '{{ page.title }} {% include "digest.html" %}',
  crlf: 'Plan\r\nBcc: victim@example.org\r\n\r\nInjected body',
  controls: 'Plan\u0000\u0007\u001B[31m\u007F\u2028of\u0085action',
  emoji: '👩‍👩‍👧‍👦 Family plan 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  long: 'A very long title of a duty that somebody wrote '.repeat(5).slice(0, 200),
  unbroken: 'x'.repeat(200),
  rightToLeft: 'خطة العمل المكتوبة إلى المفتشين',
  override: 'Plan \u202Egnp.exe\u2066 of action',
  half: 'Half \uD83D an emoji',
  encodedWord: '=?utf-8?Q?Bcc:=20victim@example.org?=',
};

/** The same hostile text wherever text from people stands. */
export function hostileDigest(text: string): Digest {
  return digestOf({
    authority: { id: 'anyborough', name: text },
    inspectionTitle: text,
    recipient: { ...digestOf().recipient, roles: [{ id: 'head-of-service', title: text }], standsInFor: [text] },
    notices: [
      noticeOf({
        title: text,
        act: text,
        ownerTitle: text,
        citation: text,
        explanation: [text, text],
        stricter: { due: '2016-06-02', why: text },
        movedFrom: { due: '2016-06-20', because: text },
        text,
      }),
      numbered(1, { kind: 'escalation', step: 'manager', title: text, ownerTitle: text }),
    ],
  });
}
