import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string;
  messageId: string;
  subject: string;
}

export interface MailSink {
  url: string;
  /** What has come, in order; what came twice is there twice. */
  received: ReceivedMail[];
  /** How many different mails have come. */
  arrived(): number;
  close(): Promise<void>;
}

/** A real SMTP server that keeps what it is given; it takes its time over each mail. */
export async function mailSink(delayMs = 0): Promise<MailSink> {
  const received: ReceivedMail[] = [];
  const keep = async (stream: Readable, to: string, done: (error?: Error) => void): Promise<void> => {
    try {
      const mail = await simpleParser(stream);
      received.push({ to, messageId: mail.messageId ?? '', subject: mail.subject ?? '' });
      setTimeout(done, delayMs);
    } catch (error) {
      // Broken off in the middle: not received.
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      void keep(stream, session.envelope.rcptTo[0]?.address ?? '', done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    arrived: () => new Set(received.map((mail) => mail.messageId)).size,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
