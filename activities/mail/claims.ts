import type { Register } from '../../register/register.ts';

/** The part of the register that keeps a mail from being sent twice. */
export type MailClaims = Pick<Register, 'claim' | 'holds' | 'release' | 'settle' | 'isUnsubscribed'>;
