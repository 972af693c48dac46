import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { randomBytes } from 'node:crypto';
import type { WebParts } from '../parts.ts';

const COOKIE = 'duecourse_browser';
const MONTHS_S = 180 * 24 * 3600;

/** Browsers in which somebody has signed in before, by a random word of their own: what it was for is not kept. */
export interface KnownBrowsers {
  of(context: Context): Promise<string | undefined>;
  remember(context: Context): Promise<void>;
}

export function knownBrowsers({ secret, boardUrl }: Pick<WebParts, 'secret' | 'boardUrl'>): KnownBrowsers {
  const secure = boardUrl.startsWith('https:');
  const of = async (context: Context) => (await getSignedCookie(context, secret, COOKIE)) || undefined;
  return {
    of,
    async remember(context) {
      const word = (await of(context)) ?? randomBytes(12).toString('base64url');
      const options = { path: '/sign-in', httpOnly: true, sameSite: 'Lax', secure, maxAge: MONTHS_S } as const;
      await setSignedCookie(context, COOKIE, word, secret, options);
    },
  };
}
