import { visitorsHere } from '../../demonstration/visitors.ts';
import { isToBeSetUp } from '../set-up/link.ts';
import { openPage } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { localPath } from './leads-to.ts';

interface Said {
  /** What is wrong with the address that they gave. */
  problem?: string;
  email?: string;
  /** They sent a form and were not signed in any more: what they typed is kept. */
  isKept?: boolean;
}

/** The page on which somebody signs in. */
export async function signInPage(
  { identityProvider, register }: Pick<WebParts, 'identityProvider' | 'register'>,
  next: string | undefined,
  { problem, email = '', isKept = false }: Said = {},
): Promise<string> {
  const byProvider = identityProvider !== undefined;
  return openPage('sign-in.html', {
    title: 'Sign in',
    byProvider,
    // Only this machine is served where people sign in by mail.
    visitors: byProvider ? [] : await visitorsHere(register),
    isToBeSetUp: await isToBeSetUp(register),
    next: localPath(next),
    ...{ email, problem, isKept },
  });
}
