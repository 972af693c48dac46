import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createTransport } from 'nodemailer';
import { NotifyClient } from 'notifications-node-client';
import type { FindingCode } from '../../domain/doctor/kinds.ts';
import type { Settings } from '../../platform/settings.ts';
import type { NotifySettings } from './notify-transport.ts';
import { smtpFailure } from './smtp-failure.ts';
import { smtpSettings } from './smtp-settings.ts';
import { transportOptions } from './smtp-transport.ts';

/** Why mail can't leave. `refused`: it is there and does not let us in. */
export interface MailTrouble {
  kind: 'unreachable' | 'refused';
  reason: string;
}

/** As which finding each is told, with what to do about it. */
export const MAIL_FINDINGS: Readonly<Record<MailTrouble['kind'], FindingCode>> = {
  unreachable: 'mail-unreachable',
  refused: 'mail-refused',
};

/**
 * Why mail can't leave, by each channel that is set up: does its server let us in, or can the outbox folder be written? What is
 * said at a start, and what `duecourse doctor` finds.
 *
 * @param ownInbox a mail server of this machine's own, for trying duecourse out
 */
export async function mailTroubles(
  { environment, outboxDir }: MailSettings,
  ownInbox?: string,
): Promise<MailTrouble[]> {
  const { DUECOURSE_NOTIFY_KEY: key, DUECOURSE_NOTIFY_TEMPLATE: template } = environment;
  const server = environment.DUECOURSE_SMTP_URL ?? ownInbox;
  const troubles = await Promise.all([
    server === undefined ? checkOutbox(outboxDir) : checkMailServer(server),
    key === undefined || template === undefined
      ? undefined
      : checkNotify({ key, template, url: environment.DUECOURSE_NOTIFY_URL }),
  ]);
  return troubles.filter((each) => each !== undefined);
}

export type MailSettings = Pick<Settings, 'environment' | 'outboxDir'>;

/** Signing in takes a few steps, each of which may take so long, in milliseconds. */
const STEP_MS = 5000;
const REFUSED = /did not let us sign in/;

/**
 * Connects to the mail server and signs in; hands nothing over.
 *
 * @param url as DUECOURSE_SMTP_URL has it
 */
export async function checkMailServer(url: string, stepMs: number = STEP_MS): Promise<MailTrouble | undefined> {
  try {
    // Its options in the address count for mails; nobody waits for a look as long as for a mail.
    const settings = { ...smtpSettings(url), timeoutMs: stepMs };
    const transport = createTransport({ ...transportOptions(settings), pool: false });
    try {
      await transport.verify();
      return undefined;
    } catch (error) {
      const { message } = smtpFailure(error, { settings, handedOver: false });
      return { kind: REFUSED.test(message) ? 'refused' : 'unreachable', reason: message };
    } finally {
      transport.close();
    }
  } catch (error) {
    return { kind: 'unreachable', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Can mails be written to the outbox folder, or can it be made? */
export function checkOutbox(folder: string): MailTrouble | undefined {
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
    if (statSync(there).isDirectory()) return undefined;
  } catch {
    // Said below.
  }
  return { kind: 'unreachable', reason: `the outbox folder ${folder} can't be written` };
}

/** Answers of GOV.UK Notify that are about our key, or the template that it should know. */
const NOTIFY_REFUSES = new Set([400, 401, 403, 404]);

/** Asks GOV.UK Notify for our template: it knows the key and has the template, or says what is wrong. */
export async function checkNotify({ key, template, url }: NotifySettings): Promise<MailTrouble | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), STEP_MS);
  });
  try {
    await Promise.race([new NotifyClient(url, key).getTemplateById(template), late]);
    return undefined;
  } catch (error) {
    const status = (error as { response?: { status?: number } }).response?.status;
    if (status !== undefined && NOTIFY_REFUSES.has(status))
      return {
        kind: 'refused',
        reason: `GOV.UK Notify refuses the key or the template (${status}); check DUECOURSE_NOTIFY_KEY and DUECOURSE_NOTIFY_TEMPLATE`,
      };
    const why = status === undefined ? 'does not answer' : `answers ${status}`;
    return { kind: 'unreachable', reason: `GOV.UK Notify ${why}` };
  } finally {
    clearTimeout(timer);
  }
}
