import type { Attachment } from 'nodemailer/lib/mailer/index.js';

/** A mail ready to be handed over: what every kind of post understands. */
export interface MailMessage {
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets; the same digest always has the same one. */
  messageId: string;
  /** Message-IDs that it threads under. */
  references: string[];
  date: Date;
  headers: Record<string, string>;
  attachments: Attachment[];
}

/** How mail leaves. */
export interface Post {
  /** Hands a message over. @throws MailFailure */
  send(message: MailMessage): Promise<void>;
  close(): Promise<void>;
}

/** A mail that was not handed over: worth another try later, or never to be delivered. Never says what was in it. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure';
  readonly kind: 'delayed' | 'undeliverable';

  constructor(kind: 'delayed' | 'undeliverable', reason: string) {
    super(reason);
    this.kind = kind;
  }
}
