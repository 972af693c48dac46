import type { Channel } from '../../domain/schemas/authority.ts';

/** A mail ready to be handed over: what every kind of post understands. */
export interface MailMessage {
  from: string;
  /** By which channel it leaves: its authority chooses. */
  channel: Channel;
  /** One address, without a name. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets; the same digest always has the same one. */
  messageId: string;
  /** Message-IDs that it threads under, the most urgent milestone's first. */
  references: string[];
  date: Date;
  headers: Record<string, string>;
  attachments: { filename: string; content: string; contentType: string }[];
}

/** How mail leaves. */
export interface MailTransport {
  /**
   * Hands a message over.
   *
   * @param beforeEnd awaited when all but the end has been handed over: from then on it may be delivered, and where it fails
   *   it is not. Not called where the very message has been handed over before, and would be delivered once.
   * @throws MailFailure
   */
  send(message: MailMessage, beforeEnd?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A mail that was not handed over: worth another try later, or never to be delivered. Never says what was in it. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure';
  readonly kind: 'delayed' | 'undeliverable';
  /** The whole mail had gone out when the answer was lost: it may be delivered, and only the same mail may follow. */
  readonly perhapsSent: boolean;
  /** Not sent, and the server has had enough of the connection alone: by a new one it may go at once. */
  readonly connectionOver: boolean;

  constructor(
    kind: 'delayed' | 'undeliverable',
    reason: string,
    options: ErrorOptions & { perhapsSent?: boolean; connectionOver?: boolean } = {},
  ) {
    super(reason, options);
    this.kind = kind;
    this.perhapsSent = options.perhapsSent ?? false;
    this.connectionOver = options.connectionOver ?? false;
  }
}
