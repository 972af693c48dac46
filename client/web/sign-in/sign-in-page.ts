import { visitorsHere } from '../../demonstration/visitors.ts';
import { isToBeSetUp } from '../set-up/link.ts';
import { openPage } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { localPath } from './leads-to.ts';

/** The page on which somebody signs in; with what is wrong with the address that they gave, where something is. */
export async function signInPage(
  { identityProvider, register }: Pick<WebParts, 'identityProvider' | 'register'>,
  next: string | undefined,
  problem?: string,
  email = '',
): Promise<string> {
  const byProvider = identityProvider !== undefined;
  return openPage('sign-in.html', {
    title: 'Sign in',
    byProvider,
    // Only this machine is served where people sign in by mail.
    visitors: byProvider ? [] : await visitorsHere(register),
    isToBeSetUp: await isToBeSetUp(register),
    next: localPath(next),
    email,
    problem,
  });
}
