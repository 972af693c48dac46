import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { WebParts } from '../parts.ts';
import { isNobody, personOf } from '../people.ts';
import { PageProblem } from '../problems.ts';
import type { Sessions } from '../session.ts';
import type { IdentityProvider, Kept } from './identity-provider.ts';
import { localPath } from './leads-to.ts';
import { NotLetIn } from './not-let-in.ts';

/** Each try to sign in has a cookie of its own, by its state: one in another tab takes nothing from it. */
const PREFIX = 'duecourse_signing_in_';
/** Tries of one browser that may be under way; the others of it are given up when there are more. */
const MAX_TRIES = 8;
const TRY_S = 600;
const kept = z.object({ verifier: z.string(), state: z.string(), nonce: z.string(), next: z.string() });

const cookieOf = (state: string): string =>
  `${PREFIX}${createHash('sha256').update(state).digest('base64url').slice(0, 16)}`;

/** Signing in by the council's own sign-in. */
export function providerRoutes(
  routes: Hono,
  { secret, boardUrl, log }: WebParts,
  provider: IdentityProvider,
  { sessions, now }: { sessions: Sessions; now: () => Date },
): void {
  const cookie = { path: '/sign-in', httpOnly: true, sameSite: 'Lax' as const, secure: boardUrl.startsWith('https:') };
  const tellWhy = (why: string): void => log?.event({ part: 'sign-in' }, `somebody was not let in: ${why}`, 'warn');
  // By a link: a form may not lead to another site.
  routes.get('/sign-in/provider', async (context) => {
    const next = localPath(context.req.query('next'));
    const begun = await provider.begin();
    const tries = Object.keys(getCookie(context)).filter((name) => name.startsWith(PREFIX));
    if (tries.length >= MAX_TRIES) for (const name of tries) deleteCookie(context, name, cookie);
    const value = JSON.stringify({ ...begun.kept, next });
    await setSignedCookie(context, cookieOf(begun.kept.state), value, secret, { ...cookie, maxAge: TRY_S });
    return context.redirect(begun.to, 303);
  });
  routes.get('/sign-in/callback', async (context) => {
    const name = cookieOf(context.req.query('state') ?? '');
    const { next, ...before } = await keptIn(context, secret, name);
    deleteCookie(context, name, cookie);
    try {
      const person = await provider.finish(new URL(context.req.url), before);
      const known = personOf(person, await sessions.authorities());
      if (isNobody(known))
        throw new NotLetIn(
          403,
          'You are known to your council, but hold no role in duecourse. Ask your administrator.',
          person.roles === null
            ? 'no authority’s file gives their address to a role'
            : 'their claim of roles names none that an authority’s file has',
          'You have no role here',
        );
      await sessions.begin(context, person, now());
    } catch (error) {
      if (error instanceof NotLetIn) tellWhy(error.why);
      throw error;
    }
    return context.redirect(localPath(next), 303);
  });
}

async function keptIn(context: Context, secret: string, name: string): Promise<Kept & { next: string }> {
  const written = await getSignedCookie(context, secret, name);
  try {
    return kept.parse(JSON.parse(written || ''));
  } catch {
    throw new PageProblem(
      400,
      'You were not signed in',
      'Signing in took too long, or began in another browser. Try again.',
    );
  }
}
