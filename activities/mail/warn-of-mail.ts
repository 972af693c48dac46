import { finding } from '../../domain/doctor/finding.ts';
import { MAIL_FINDINGS, type MailSettings, mailTroubles } from './mail-check.ts';

/**
 * Says at a start where no mail could leave, and what to do. The start does not wait for it: mail that is due waits and is
 * tried again, and all else goes on.
 *
 * @param ownInbox a mail server of this machine's own, for trying duecourse out
 */
export async function warnOfMail(
  settings: MailSettings,
  warn: (line: string) => void,
  ownInbox?: string,
): Promise<void> {
  for (const { kind, reason } of await mailTroubles(settings, ownInbox)) {
    const { what, do: advice } = finding(MAIL_FINDINGS[kind], reason.replace(/\.$/, ''));
    warn(`${what} No mail leaves until that is mended; what is due is tried again for 5 days. ${advice}`);
  }
}
