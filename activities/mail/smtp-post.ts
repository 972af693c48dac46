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

/** Answers that are about our own settings, not about the recipient: worth another try once they are mended. */
const OURS = new Set([530, 534, 535, 538]);

/**
 * nodemailer gives 4xx and 5xx one error code, so the server's own number decides: 5xx about the recipient or the
 * message is final; everything else may pass.
 */
function asFailure(error: unknown, server: string): MailFailure {
  const { code, responseCode, response, message } = (
    error instanceof Error ? error : new Error(String(error))
  ) as SmtpError;
  if (responseCode !== undefined && responseCode >= 500 && !OURS.has(responseCode))
    return new MailFailure('undeliverable', `the mail server refused it: ${line(response ?? String(responseCode))}`);
  if (responseCode !== undefined && OURS.has(responseCode))
    return new MailFailure(
      'delayed',
      `the mail server ${server} did not let us sign in: ${line(response ?? String(responseCode))}; check DUECOURSE_SMTP_URL`,
    );
  if (responseCode !== undefined)
    return new MailFailure('delayed', `the mail server put it off: ${line(response ?? String(responseCode))}`);
  if (isTls(code, message))
    return new MailFailure('delayed', `no secure connection with the mail server ${server}: ${line(message)}`);
  if (code === 'ETIMEDOUT') return new MailFailure('delayed', `the mail server ${server} did not answer in time`);
  return new MailFailure('delayed', `the mail server ${server} can't be used (${code ?? 'no code'})`);
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
