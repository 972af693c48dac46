import { NotifyClient } from 'notifications-node-client';
import { notifyText } from './notify-text.ts';
import { MailFailure, type MailMessage, type MailTransport } from './mail-transport.ts';

export interface NotifySettings {
  /** `name-<service uuid>-<secret uuid>`, from Notify's own page. */
  key: string;
  /** A template with the subject `((subject))` and the body `((body))`. */
  template: string;
  /** The API's address; only a test or a rehearsal has another than Notify's. */
  url: string;
  timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

/** What Notify says of a notification that will not arrive. */
const FAILED = new Set(['permanent-failure', 'temporary-failure', 'technical-failure']);

/** What its client throws: axios' error, as far as it is needed here. */
interface NotifyError {
  code?: string;
  response?: { status: number; data?: { errors?: { error?: string; message?: string }[] } };
}

/**
 * Mail by GOV.UK Notify: the subject and the text through one template of the service's. Calendar entries can't go along:
 * Notify takes no such files. A message handed over twice is sent once: Notify is asked first whether it has its reference,
 * because it would itself send it again.
 *
 * Not seen from here: what becomes of a mail that Notify has accepted. Its own page shows that.
 */
export function notifyTransport({ key, template, url, timeoutMs = TIMEOUT_MS }: NotifySettings): MailTransport {
  const client = new NotifyClient(url, key);
  bounded(client, timeoutMs);
  return {
    async send(message, beforeEnd = () => Promise.resolve()) {
      const reference = message.messageId.replace(/^<|>$/g, '');
      if (await isThere(client, reference)) return;
      await beforeEnd();
      const stop = /^<(.+)>$/.exec(message.headers['List-Unsubscribe'] ?? '')?.[1];
      try {
        await client.sendEmail(template, message.to, {
          personalisation: { subject: message.subject, body: notifyText(message.text) },
          reference,
          ...(stop === undefined ? {} : { oneClickUnsubscribeURL: stop }),
        });
      } catch (error) {
        throw failureOf(error as NotifyError, message, true);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Is a notification of this reference on its way, or delivered? */
async function isThere(client: NotifyClient, reference: string): Promise<boolean> {
  try {
    const { data } = await client.getNotifications('email', undefined, reference);
    return data.notifications.some(({ status }) => !FAILED.has(status));
  } catch (error) {
    throw failureOf(error as NotifyError, undefined, false);
  }
}

/** No request waits for ever: the client itself sets no limit. */
function bounded(client: NotifyClient, timeout: number): void {
  const { apiClient } = client as unknown as { apiClient: { restClient: (options: object) => Promise<unknown> } };
  const ask = apiClient.restClient;
  apiClient.restClient = (options) => ask({ ...options, timeout, signal: AbortSignal.timeout(2 * timeout) });
}

/**
 * What a failed request means. What is wrong with the address or the message is final; what is wrong with the key or the
 * template is the operator's to mend, and the mail waits for that. A reason never holds an address or the key.
 */
function failureOf(error: NotifyError, message: MailMessage | undefined, sending: boolean): MailFailure {
  const { response, code } = error;
  if (response === undefined) {
    const refused = code === 'ECONNREFUSED' || code === 'ENOTFOUND';
    const perhapsSent = sending && !refused;
    const what = code === 'ECONNABORTED' || code === 'ERR_CANCELED' ? 'did not answer in time' : "can't be reached";
    return new MailFailure('delayed', `GOV.UK Notify ${what}${perhapsSent ? '; the mail may have got through' : ''}`, {
      perhapsSent,
      cause: error,
    });
  }
  const said = (response.data?.errors ?? [])
    .map((each) => clean(each.message ?? '', message))
    .filter((each) => each !== '')
    .join('; ');
  const answer = `${response.status}${said === '' ? '' : `: ${said}`}`;
  if (response.status === 400 && /email_address|not a valid email|team-only|bytes|too long/i.test(said))
    return /team-only/i.test(said)
      ? new MailFailure('delayed', `GOV.UK Notify refused the key (${answer}); check DUECOURSE_NOTIFY_KEY`)
      : new MailFailure('undeliverable', `GOV.UK Notify refused it (${answer})`);
  if (response.status === 400 || response.status === 404)
    return new MailFailure(
      'delayed',
      `GOV.UK Notify refused the template (${answer}); check DUECOURSE_NOTIFY_TEMPLATE`,
    );
  if (response.status === 401 || response.status === 403)
    return new MailFailure(
      'delayed',
      `GOV.UK Notify did not let us in (${answer}); check DUECOURSE_NOTIFY_KEY and this machine's clock`,
    );
  return new MailFailure('delayed', `GOV.UK Notify put it off (${answer})`);
}

const LONGEST = 200;

/** One line, without the address. */
function clean(text: string, message: MailMessage | undefined): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  return message === undefined ? line : line.replaceAll(message.to, 'the address');
}
