import { type Unsubscribe, unsubscribeBy } from './unsubscribe.ts';
import type { BankHolidaySource } from '../calendars/watch.ts';
import { secretOf } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';

/** What a mail is composed with, beside its content. */
export interface MailParts {
  from: string;
  boardUrl?: string;
  unsubscribe?: Unsubscribe;
  bankHolidays?: BankHolidaySource;
}

/**
 * From the settings. Links lead to the board, and copies for information can be stopped, under an address that this
 * duecourse answers: where none is set, that is the machine's own while it runs everything itself.
 */
export function mailPartsOf(settings: Settings, ownAddress?: string): MailParts {
  const {
    DUECOURSE_MAIL_FROM: from,
    DUECOURSE_BOARD_URL: given,
    DUECOURSE_SECRET: secret,
    DUECOURSE_BANK_HOLIDAYS: address,
    DUECOURSE_BANK_HOLIDAYS_REDIRECTS: redirects,
  } = settings.environment;
  const boardUrl = given ?? ownAddress;
  // A worker beside others needs the secret they share; one of its own making would sign what no board can check.
  const signs = boardUrl !== undefined && (secret !== undefined || ownAddress !== undefined);
  return {
    from,
    ...(boardUrl === undefined ? {} : { boardUrl }),
    ...(address === undefined ? {} : { bankHolidays: { address, redirects } }),
    ...(signs ? { unsubscribe: unsubscribeBy({ boardUrl, secret: secretOf(settings) }) } : {}),
  };
}
