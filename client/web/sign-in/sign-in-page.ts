import { openPage } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { localPath } from './leads-to.ts';

/** The page on which somebody signs in; with what is wrong with the address that they gave, where something is. */
export function signInPage(
  { identityProvider }: Pick<WebParts, 'identityProvider'>,
  next: string | undefined,
  problem?: string,
  email = '',
): string {
  return openPage('sign-in.html', {
    title: 'Sign in',
    byProvider: identityProvider !== undefined,
    next: localPath(next),
    email,
    problem,
  });
}
