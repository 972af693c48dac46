import { checkMailServer, checkNotify, checkOutbox, type MailTrouble } from '../../activities/mail/mail-check.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import type { FindingCode } from '../../domain/doctor/kinds.ts';
import type { Settings } from '../../platform/settings.ts';
import type { DoctorRegister } from '../../register/doctor-reads.ts';

const CODES: Readonly<Record<MailTrouble['kind'], FindingCode>> = {
  unreachable: 'mail-unreachable',
  refused: 'mail-refused',
};

/** Can mail leave, by each channel that is set up: does its server let us in, or can the outbox folder be written? */
export async function lookAtMailServer({ environment, outboxDir }: Settings): Promise<Finding[]> {
  const { DUECOURSE_SMTP_URL: url, DUECOURSE_NOTIFY_KEY: key, DUECOURSE_NOTIFY_TEMPLATE: template } = environment;
  const troubles = await Promise.all([
    url === undefined ? checkOutbox(outboxDir) : checkMailServer(url),
    key === undefined || template === undefined
      ? undefined
      : checkNotify({ key, template, url: environment.DUECOURSE_NOTIFY_URL }),
  ]);
  return troubles.flatMap((each) => (each === undefined ? [] : [finding(CODES[each.kind], each.reason)]));
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
