import { type Context, Hono } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { WebParts } from '../parts.ts';
import { openPage } from '../page.ts';
import { personOf } from '../people.ts';
import { PageProblem } from '../problems.ts';
import { clientAddress, rateLimit } from '../security.ts';
import type { Sessions } from '../session.ts';
import type { Kept } from './identity-provider.ts';
import { RETENTION } from '../../../domain/retention.ts';
import { LINK_GOOD_FOR, linkMail } from './link-mail.ts';
import { localPath } from './leads-to.ts';

const KEPT_COOKIE = 'duecourse_signing_in';
const kept = z.object({ verifier: z.string(), state: z.string(), nonce: z.string(), next: z.string() });

/** How often a link may be asked for: by one address, and from one place. */
const BY_ADDRESS = { points: 5, duration: 900 };
const BY_PLACE = { points: 300, duration: 900 };

/**
 * Signing in: by the council's own sign-in where one is set, else by a one-time link in a mail to somebody whom an
 * authority's file lists. Opening a link signs nobody in: mail filters open links too. Its button does.
 */
export function signInRoutes(parts: WebParts, sessions: Sessions, now: () => Date): Hono {
  const routes = new Hono();
  routes.get('/sign-in', async (context) => {
    if ((await sessions.of(context)) !== undefined) return context.redirect(localPath(context.req.query('next')), 303);
    return context.html(signInPage(parts, context.req.query('next')));
  });
  if (parts.identityProvider === undefined) linkRoutes(routes, parts, sessions, now);
  else providerRoutes(routes, parts, parts.identityProvider, sessions, now);
  routes.post('/sign-out', async (context) => {
    await sessions.end(context);
    return context.html(openPage('signed-out.html', { title: 'You have signed out' }));
  });
  return routes;
}

function signInPage({ identityProvider }: WebParts, next: string | undefined, problem?: string, email = ''): string {
  return openPage('sign-in.html', {
    title: 'Sign in',
    byProvider: identityProvider !== undefined,
    next: localPath(next),
    email,
    problem,
  });
}

function linkRoutes(routes: Hono, parts: WebParts, sessions: Sessions, now: () => Date): void {
  const { register, boardUrl, mail } = parts;
  const byAddress = rateLimit(BY_ADDRESS);
  const byPlace = rateLimit(BY_PLACE);
  routes.post('/sign-in', async (context) => {
    const form: Record<string, unknown> = await context.req.parseBody();
    const next = localPath(typeof form['next'] === 'string' ? form['next'] : undefined);
    const given = typeof form['email'] === 'string' ? form['email'].trim().toLowerCase() : '';
    const email = z.email().max(254).safeParse(given);
    if (!email.success)
      return context.html(
        signInPage(parts, next, 'Enter an email address, like name@council.example.org', given.slice(0, 254)),
        422,
      );
    await byPlace(context, clientAddress(context));
    await byAddress(context, email.data);
    const known = personOf({ email: email.data, name: email.data, roles: null }, await sessions.authorities());
    // The answer is the same for everybody: it must not tell who works here.
    if (known.memberships.length > 0 && mail !== undefined) {
      const token = randomBytes(32).toString('base64url');
      const at = now();
      const expiresAt = new Date(at.getTime() + RETENTION['sign-in-link'].ms).toISOString();
      await register.board.keepLink({ token, email: email.data, leadsTo: next, expiresAt });
      // Not waited for: how long the answer takes must not tell either.
      void mail.post
        .send(linkMail(`${boardUrl}/sign-in/${token}`, email.data, mail.from, at))
        .catch((error: unknown) => parts.onError(new Error(`a sign-in link could not be sent: ${String(error)}`)));
    }
    return context.html(
      openPage('check-your-mail.html', { title: 'Check your email', email: email.data, goodFor: LINK_GOOD_FOR }),
    );
  });
  routes.get('/sign-in/:token', async (context) => {
    const token = context.req.param('token');
    if (!(await register.board.linkIsGood(token, now().toISOString()))) throw usedUp();
    return context.html(
      openPage('sign-in-link.html', { title: 'Sign in', action: `/sign-in/${encodeURIComponent(token)}` }),
    );
  });
  routes.post('/sign-in/:token', async (context) => {
    await byPlace(context, clientAddress(context));
    const used = await register.board.useLink(context.req.param('token'), now().toISOString());
    if (used === null) throw usedUp();
    await sessions.begin(context, { email: used.email, name: used.email, roles: null }, now());
    return context.redirect(localPath(used.leadsTo), 303);
  });
}

const usedUp = (): PageProblem =>
  new PageProblem(
    404,
    'This link can’t be used',
    `It works once, for ${LINK_GOOD_FOR}. Ask for a new one on the sign-in page.`,
  );

function providerRoutes(
  routes: Hono,
  { secret, boardUrl }: WebParts,
  provider: NonNullable<WebParts['identityProvider']>,
  sessions: Sessions,
  now: () => Date,
): void {
  const cookie = { path: '/sign-in', httpOnly: true, sameSite: 'Lax' as const, secure: boardUrl.startsWith('https:') };
  // By a link: a form may not lead to another site.
  routes.get('/sign-in/provider', async (context) => {
    const next = localPath(context.req.query('next'));
    const begun = await provider.begin();
    await setSignedCookie(context, KEPT_COOKIE, JSON.stringify({ ...begun.kept, next }), secret, {
      ...cookie,
      maxAge: 600,
    });
    return context.redirect(begun.to, 303);
  });
  routes.get('/sign-in/callback', async (context) => {
    const { next, ...before } = await keptIn(context, secret);
    deleteCookie(context, KEPT_COOKIE, cookie);
    const person = await provider.finish(new URL(context.req.url), before);
    const known = personOf(person, await sessions.authorities());
    if (known.memberships.length === 0)
      throw new PageProblem(
        403,
        'You have no role here',
        'You are known to your council, but hold no role in duecourse. Ask your administrator.',
      );
    await sessions.begin(context, person, now());
    return context.redirect(localPath(next), 303);
  });
}

async function keptIn(context: Context, secret: string): Promise<Kept & { next: string }> {
  const written = await getSignedCookie(context, secret, KEPT_COOKIE);
  try {
    return kept.parse(JSON.parse(written || ''));
  } catch {
    throw new PageProblem(
      400,
      'You were not signed in',
      'Signing in took too long, or began in another window. Try again.',
    );
  }
}
