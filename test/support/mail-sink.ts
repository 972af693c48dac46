import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  to: string;
  messageId: string;
  subject: string;
  text: string;
  /** Its Date header, ISO 8601 in UTC. */
  date: string;
}

/** How it behaves; may be changed while it runs. */
export interface Manners {
  /** How long it looks for a mailbox before it takes a recipient. */
  lookUpMs: number;
  /** It takes a mail whole, and says nothing to its last dot. */
  isMute: boolean;
  /** After so many mails it ends a connection, with 421. */
  mailsAConnection: number;
}

export interface MailSink {
  url: string;
  manners: Manners;
  /** How many mails it has turned away with 421. */
  turnedAway(): number;
  /** What has come, in order; what came twice is there twice. */
  received: ReceivedMail[];
  /** How many different mails have come. */
  arrived(): number;
  /** Nobody answers any more, and what is open is cut. */
  goDown(): Promise<void>;
  /** Back at the same address. */
  comeUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A real SMTP server that keeps what it is given; it takes its time over each mail.
 *
 * @param options.unknown addresses that it has no mailbox for: it says so, 550
 * @param options.lookUpMs how long it looks for a mailbox before it takes a recipient
 */
export async function mailSink(
  delayMs = 0,
  { unknown = [], lookUpMs = 0 }: { unknown?: string[]; lookUpMs?: number } = {},
): Promise<MailSink> {
  const received: ReceivedMail[] = [];
  const manners: Manners = { lookUpMs, isMute: false, mailsAConnection: Number.POSITIVE_INFINITY };
  const begun = new Map<string, number>();
  let turnedAway = 0;
  const keep = async (stream: Readable, to: string, done: (error?: Error) => void): Promise<void> => {
    try {
      const mail = await simpleParser(stream, { skipTextToHtml: true });
      const { messageId = '', subject = '', text = '', date } = mail;
      received.push({ to, messageId, subject, text, date: date?.toISOString() ?? '' });
      if (!manners.isMute) setTimeout(done, delayMs);
    } catch (error) {
      // Broken off in the middle: not received.
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom(_address, { id }, done) {
      const mails = (begun.get(id) ?? 0) + 1;
      begun.set(id, mails);
      if (mails <= manners.mailsAConnection) return done();
      turnedAway++;
      done(Object.assign(new Error('4.7.0 so many mails are enough'), { responseCode: 421 }));
    },
    onRcptTo({ address }, _session, done) {
      if (unknown.includes(address)) done(Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }));
      else setTimeout(done, manners.lookUpMs);
    },
    onData(stream, session, done) {
      void keep(stream, session.envelope.rcptTo[0]?.address ?? '', done);
    },
    closeTimeout: 100,
  };
  let server: SMTPServer;
  const listen = async (at: number): Promise<number> => {
    server = new SMTPServer(options);
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
    return (server.server.address() as AddressInfo).port;
  };
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  const port = await listen(0);
  return {
    url: `smtp://127.0.0.1:${port}`,
    manners,
    turnedAway: () => turnedAway,
    received,
    arrived: () => new Set(received.map((mail) => mail.messageId)).size,
    goDown: close,
    async comeUp() {
      await listen(port);
    },
    close,
  };
}
