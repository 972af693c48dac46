import type { NodemailerError } from 'nodemailer';
import { MailFailure, type MailMessage } from './mail-transport.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** The commands whose refusal is about the recipient or the message; any other is about the two servers. */
const ABOUT_THIS_MAIL = new Set(['RCPT TO', 'DATA']);
/** Answers about our own sign-in, at whichever command they come. */
const SIGN_IN = new Set([530, 534, 535, 538]);
/** The server ends the connection: where it has served it before, often because of so many mails or minutes by one. */
const CONNECTION_OVER = 421;
const IN_A_SESSION = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** The message is too large for the server: no later try will be smaller. */
const TOO_LARGE = 552;
const LONGEST = 200;

/** What is known of a try that failed. */
export interface FailedTry {
  settings: SmtpSettings;
  /** Absent where only the connection was tried. */
  message?: MailMessage;
  /** The mail had been handed to the connection to its last byte. */
  handedOver: boolean;
}

/**
 * What a failed try means. nodemailer gives 4xx and 5xx one error code, so the server's own number decides, and the
 * command it answered: 5xx about the recipient or the message is final. Everything else may pass, and where it is
 * about our settings the reason tells the operator so.
 */
export function smtpFailure(error: unknown, tried: FailedTry): MailFailure {
  const known: NodemailerError = error instanceof Error ? error : new Error(String(error));
  const { code, responseCode = 0, command = '' } = known;
  const { settings, handedOver } = tried;
  const server = `the mail server ${settings.host}:${settings.port}`;
  const said = clean(known.response ?? known.message, tried);
  const delayed = (reason: string, options = {}) => new MailFailure('delayed', reason, options);

  if (code === 'EAUTH' || SIGN_IN.has(responseCode))
    return delayed(`${server} did not let us sign in: ${said}; check DUECOURSE_SMTP_URL`);
  if (isTls(known)) {
    const why = command === 'STARTTLS' && responseCode > 0 ? `STARTTLS was refused (${said})` : said;
    return delayed(`no secure connection with ${server}: ${why}`);
  }
  if (responseCode >= 500 && (ABOUT_THIS_MAIL.has(command) || responseCode === TOO_LARGE))
    return new MailFailure('undeliverable', `the mail server refused it: ${said}`);
  if (responseCode >= 500 && command === 'MAIL FROM')
    return delayed(`${server} refused our sender: ${said}; check DUECOURSE_MAIL_FROM`);
  if (responseCode >= 500) return delayed(`${server} refused us: ${said}`);
  if (responseCode >= 400) {
    const connectionOver = responseCode === CONNECTION_OVER && IN_A_SESSION.has(command);
    return delayed(`the mail server put it off: ${said}`, { connectionOver });
  }
  if (code === 'EENVELOPE' && known.message.startsWith('Invalid recipient'))
    return new MailFailure('undeliverable', 'its address is not one that the mail server can send to');
  const perhaps = handedOver ? '; the mail may have got through' : '';
  if (code === 'ETIMEDOUT' || code === 'EABORT')
    return delayed(`${server} did not answer in time${perhaps}`, { perhapsSent: handedOver });
  return delayed(`${server} can't be used: ${said}${perhaps}`, { perhapsSent: handedOver });
}

/** A handshake that failed, also on `smtps:`, where nodemailer calls it a socket's error. */
function isTls({ code, command, originalCode, message }: NodemailerError): boolean {
  if (code === 'ETLS' || command === 'STARTTLS') return true;
  return (
    code === 'ESOCKET' &&
    (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(originalCode ?? '') || /certificate|TLS|SSL/i.test(message))
  );
}

/** What a server says goes into lists and into the register: one line, no addresses, nothing secret, nothing of the mail. */
function clean(text: string, { settings: { auth }, message }: FailedTry): string {
  const secrets =
    auth === null
      ? []
      : [auth.pass, `\0${auth.user}\0${auth.pass}`].flatMap((secret) => [
          secret,
          Buffer.from(secret).toString('base64'),
        ]);
  const quoted = (message === undefined ? [] : [message.subject, ...message.text.split('\n')])
    .map((line) => line.trim())
    .filter((line) => line.length >= 12);
  const hidden = [...secrets, ...quoted].filter((each) => each !== '').toSorted((a, b) => b.length - a.length);
  return hidden
    .reduce((shown, each) => shown.replaceAll(each, '…'), text)
    .replace(/<?[^\s<>:;,"']+@[^\s<>:;,"']+>?/g, 'the address')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, LONGEST)
    .trim();
}
