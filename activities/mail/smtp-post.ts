import { createTransport } from 'nodemailer';
import { MailFailure, type MailMessage, type Post } from './post.ts';

export interface SmtpOptions {
  /** How long the server may take for each step, in milliseconds. */
  timeoutMs?: number;
  /** Connections side by side. */
  connections?: number;
  /** Certificate authorities to trust beside the usual ones, PEM. */
  ca?: string;
  /** Refuse to send without TLS. The scheme `smtps:` always has it; `smtp:` upgrades where the server offers it. */
  requireTls?: boolean;
}

const TIMEOUT_MS = 30_000;
const CONNECTIONS = 5;

/**
 * Mail by a server: pooled, over TLS where it is offered, authenticated where the address has a user.
 *
 * @param url `smtp://user:password@host:587` or `smtps://…:465`
 */
export function smtpPost(url: string, options: SmtpOptions = {}): Post {
  const timeout = options.timeoutMs ?? TIMEOUT_MS;
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname,
    port: Number(port || (secure ? 465 : 587)),
    secure,
    requireTLS: options.requireTls ?? false,
    pool: true,
    maxConnections: options.connections ?? CONNECTIONS,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    tls: { ...(options.ca === undefined ? {} : { ca: options.ca }) },
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  });
  return {
    async send(message) {
      try {
        await transport.sendMail(message satisfies MailMessage);
      } catch (error) {
        throw asFailure(error, `${hostname}:${port || (secure ? 465 : 587)}`);
      }
    },
    close: () => Promise.resolve(transport.close()),
  };
}

/** What nodemailer's errors carry, where they carry it. */
interface SmtpError {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
  message: string;
}

/**
 * nodemailer gives 4xx and 5xx one error code, so the server's own number decides: 5xx about the recipient or the
 * message is final. Everything else may pass, or is ours to mend: the way in, the sender, the connection.
 */
function asFailure(error: unknown, server: string): MailFailure {
  const { code, command, responseCode, response, message } = (
    error instanceof Error ? error : new Error(String(error))
  ) as SmtpError;
  const said = line(response ?? message);
  if (code === 'EAUTH')
    return new MailFailure(
      'delayed',
      `the mail server ${server} did not let us sign in: ${said}; check DUECOURSE_SMTP_URL`,
    );
  if (isTls(code, message))
    return new MailFailure('delayed', `no secure connection with the mail server ${server}: ${line(message)}`);
  if (command === 'MAIL FROM' && responseCode !== undefined && responseCode >= 500)
    return new MailFailure(
      'delayed',
      `the mail server ${server} refused our sender: ${said}; check DUECOURSE_MAIL_FROM`,
    );
  const about = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (about && responseCode !== undefined && responseCode >= 500)
    return new MailFailure('undeliverable', `the mail server refused it: ${said}`);
  if (responseCode !== undefined) return new MailFailure('delayed', `the mail server put it off: ${said}`);
  if (code === 'ETIMEDOUT') return new MailFailure('delayed', `the mail server ${server} did not answer in time`);
  return new MailFailure('delayed', `the mail server ${server} can't be used: ${line(message)}`);
}

function isTls(code: string | undefined, message: string): boolean {
  return code === 'ETLS' || code === 'ESOCKET'
    ? /certificate|TLS|SSL|self.signed|altname|hostname/i.test(message)
    : false;
}

/** One line, and not a long one: what a server says goes into lists. */
function line(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
