import { Readable } from 'node:stream';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { asMime } from './mime.ts';
import { MailFailure, type MailMessage, type MailTransport } from './mail-transport.ts';
import { smtpFailure } from './smtp-failure.ts';
import { type SmtpOptions, type SmtpSettings, smtpSettings } from './smtp-settings.ts';

export type { SmtpOptions } from './smtp-settings.ts';

/** How many times the timeout of one step a whole mail may take: who answers a byte at a time never times out. */
const STEPS = 10;

/** One mail on its way. */
interface Try {
  handedOver: boolean;
  begun: () => void;
  beforeEnd: () => Promise<void>;
}

/**
 * Mail by a server: pooled, over TLS where it is offered or required, authenticated where the address has a user.
 *
 * @param url `smtp://user:password@host:587` or `smtps://…:465`, with settings in its query: see `smtpSettings`
 * @throws Error where the address can't be used
 */
export function smtpTransport(url: string, options: SmtpOptions = {}): MailTransport {
  const settings = smtpSettings(url, options);
  const transport = createTransport(transportOptions(settings));
  transport.use('stream', (mail, done) => {
    const { current } = mail.data as SendMailOptions & { current: Try };
    mail.message.processFunc((bytes: Readable) => watched(bytes, current));
    done();
  });
  const once = async (message: MailMessage, beforeEnd: () => Promise<void>): Promise<void> => {
    const tooLong = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const begun = () => {
      timer ??= setTimeout(() => tooLong.abort(), STEPS * settings.timeoutMs);
    };
    const current: Try = { handedOver: false, begun, beforeEnd };
    const tracked: SendMailOptions & { current: Try } = { ...asMime(message), signal: tooLong.signal, current };
    try {
      await transport.sendMail(tracked);
    } catch (error) {
      throw smtpFailure(error, { settings, message, handedOver: current.handedOver });
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    async send(message, beforeEnd = () => Promise.resolve()) {
      // Each connection may have come to its server's limit; one more is new.
      for (let others = settings.connections; ; others--) {
        try {
          return await once(message, beforeEnd);
        } catch (error) {
          if (others === 0 || !(error instanceof MailFailure) || !error.connectionOver) throw error;
        }
      }
    },
    close: () => Promise.resolve(transport.close()),
  };
}

/**
 * Notes when a mail begins to go out, and when its end does, which waits until it may: nodemailer writes the final dot
 * when what it reads has ended, and without that dot no server delivers anything. A generator, because a Transform would
 * run ahead of its reader, and be at the end before the server has asked for anything.
 */
function watched(bytes: Readable, current: Try): Readable {
  current.begun();
  return Readable.from(endHeldBack(bytes, current), { objectMode: false });
}

async function* endHeldBack(bytes: Readable, current: Try): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of bytes) yield chunk as Buffer;
  await current.beforeEnd();
  current.handedOver = true;
}

export function transportOptions(settings: SmtpSettings) {
  const { host, port, secure, requireTls, auth, timeoutMs, connections, perSecond, ca } = settings;
  return {
    host,
    port,
    secure,
    requireTLS: requireTls,
    pool: true as const,
    maxConnections: connections,
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(perSecond === 0 ? {} : { rateLimit: perSecond, rateDelta: 1000 }),
    ...(ca === null ? {} : { tls: { ca } }),
    ...(auth === null ? {} : { auth }),
  };
}
