import { createServer, type AddressInfo, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { type SmtpOptions, smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { certificateFor } from '../support/certificate.ts';

/** For the name localhost, made anew each time; nothing trusts it but these tests. */
export const { key: KEY, certificate: CERTIFICATE } = certificateFor('localhost');

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
