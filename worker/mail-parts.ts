import { type Unsubscribe, unsubscribeBy } from '../activities/mail/unsubscribe.ts';
import { secretOf } from './secret.ts';
import type { Settings } from './settings.ts';

/** What a mail is composed with, beside its content. */
export interface MailParts {
  from: string;
  boardUrl?: string;
  unsubscribe?: Unsubscribe;
  bankHolidays?: string;
}

/**
 * From the settings. Copies for information can be stopped under an address that this duecourse answers: where no
 * board's address is set, that is the machine's own while it runs everything itself.
 */
export function mailPartsOf(settings: Settings, ownAddress?: string): MailParts {
  const {
    DUECOURSE_MAIL_FROM: from,
    DUECOURSE_BOARD_URL: boardUrl,
    DUECOURSE_SECRET: secret,
    DUECOURSE_BANK_HOLIDAYS: bankHolidays,
  } = settings.environment;
  const answers = boardUrl ?? ownAddress;
  // A worker beside others needs the secret they share; one of its own making would sign what no board can check.
  const signs = answers !== undefined && (secret !== undefined || ownAddress !== undefined);
  return {
    from,
    ...(boardUrl === undefined ? {} : { boardUrl }),
    ...(bankHolidays === undefined ? {} : { bankHolidays }),
    ...(signs ? { unsubscribe: unsubscribeBy({ boardUrl: answers, secret: secretOf(settings) }) } : {}),
  };
}
