import type { Envelope } from '../../domain/lifecycle/digest.ts';

/** The part of the register that keeps a mail from being sent twice. */
export interface MailClaims {
  /** Claims a digest before it is sent; says what became of an earlier try, and which content to send. */
  claim<Mail extends Envelope>(
    mail: Mail,
    messageId: string,
    at: string,
  ): Promise<{ state: 'new' | 'claimed' | 'delayed' | 'sent' | 'undeliverable'; digest: Mail; reason?: string }>;
  settle(
    digestId: string,
    state: 'sent' | 'delayed' | 'undeliverable',
    reason: string | null,
    at: string,
  ): Promise<void>;
  /** Does this reader want no copies for information? */
  isUnsubscribed(reader: { authority: string; recipient: string }): Promise<boolean>;
  /** @throws where the register does not answer */
  ping(): Promise<void>;
}
