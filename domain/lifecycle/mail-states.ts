/** What has become of a mail, as the register keeps it. */
export type MailState = 'claimed' | 'sent' | 'delayed' | 'undeliverable';

/** Each state in words, and whether it is final: what is final stands, whatever a slower worker says later. */
export const MAIL_STATES: Record<MailState, { words: string; final: boolean }> = {
  claimed: { words: 'being sent', final: false },
  sent: { words: 'sent', final: true },
  delayed: { words: 'put off', final: false },
  undeliverable: { words: 'could not be delivered', final: true },
};
