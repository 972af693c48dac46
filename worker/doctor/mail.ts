import { MAIL_FINDINGS, mailTroubles } from '../../activities/mail/mail-check.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import type { Settings } from '../../platform/settings.ts';
import type { DoctorRegister } from '../../register/doctor-reads.ts';

/** Can mail leave, by each channel that is set up? */
export async function lookAtMailServer(settings: Settings): Promise<Finding[]> {
  return (await mailTroubles(settings)).map(({ kind, reason }) => finding(MAIL_FINDINGS[kind], reason));
}

/** Is there mail that has waited too long? */
export async function lookAtWaitingMail(register: DoctorRegister, now: string): Promise<Finding[]> {
  const { putOff, unsettled } = await register.waitingMail(now);
  const mails = (count: number): string => `${count} mail${count === 1 ? '' : 's'}`;
  return [
    ...(putOff === null
      ? []
      : [
          finding(
            'mail-put-off',
            `${mails(putOff.count)}, the oldest since ${formatInstant(putOff.since)}; last: ${putOff.reason}`,
          ),
        ]),
    ...(unsettled === null
      ? []
      : [finding('mail-unsettled', `${mails(unsettled.count)}, the oldest since ${formatInstant(unsettled.since)}`)]),
  ];
}
