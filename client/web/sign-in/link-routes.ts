import type { Hono } from 'hono';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Channel } from '../../../domain/schemas/authority.ts';
import { RETENTION } from '../../../domain/retention.ts';
import { readFields, textIn } from '../forms/sent.ts';
import { openPage } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { isOfDemonstrationAlone } from '../demonstration.ts';
import { isNobody, type Person, personOf } from '../people.ts';
import { PageProblem } from '../problems.ts';
import { clientAddress, counter, rateLimit } from '../security.ts';
import type { Sessions } from '../session.ts';
import type { KnownBrowsers } from './known-browsers.ts';
import { localPath } from './leads-to.ts';
import { LINK_GOOD_FOR, linkMail } from './link-mail.ts';
import { signInPage } from './sign-in-page.ts';

const WINDOW_S = RETENTION['sign-in-link'].ms / 1000;
/**
 * Links that go to one address while the first of them is still good. However often a stranger asks for more, nobody is
 * refused: the person has a link that works.
 */
const LINKS = { points: 5, duration: WINDOW_S };
/** How often links may be asked for, or made-up ones tried, from one place; by a browser that has been let in before. */
const BY_PLACE = { points: 300, duration: WINDOW_S };
const BY_BROWSER = { points: 30, duration: WINDOW_S };

/** Signing in by a one-time link in a mail to somebody whom an authority's file lists. */
export function linkRoutes(
  routes: Hono,
  parts: WebParts,
  { sessions, browsers, now }: { sessions: Sessions; browsers: KnownBrowsers; now: () => Date },
): void {
  const { register, boardUrl, mail } = parts;
  const links = counter(LINKS);
  const byPlace = rateLimit(BY_PLACE);
  const byBrowser = rateLimit(BY_BROWSER);
  const sendLink = async (known: Person, leadsTo: string): Promise<void> => {
    const { email } = known;
    if (mail === undefined) return;
    const token = randomBytes(32).toString('base64url');
    const at = now();
    const expiresAt = new Date(at.getTime() + RETENTION['sign-in-link'].ms).toISOString();
    await register.board.keepLink({ token, email, leadsTo, expiresAt });
    // Not waited for: how long the answer takes must not tell either.
    void mail.post
      .send(linkMail(`${boardUrl}/sign-in/${token}`, email, { from: mail.from, channel: channelTo(known) }, at))
      .catch((error: unknown) => parts.onError(new Error(`a sign-in link could not be sent: ${String(error)}`)));
  };
  const tellWhy = (why: string): void => parts.log?.event({ part: 'sign-in' }, `no sign-in link was sent: ${why}`);
  routes.post('/sign-in', async (context) => {
    // Whoever floods us from one place keeps nobody out whose browser we know.
    const browser = await browsers.of(context);
    await (browser === undefined ? byPlace(context, clientAddress(context)) : byBrowser(context, browser));
    const fields = await readFields(context);
    const next = localPath(textIn(fields, 'next'));
    const given = textIn(fields, 'email').trim().toLowerCase();
    const email = z.email().max(254).safeParse(given);
    if (!email.success)
      return context.html(
        await signInPage(parts, next, {
          problem: 'Enter an email address, like name@council.example.org',
          email: given.slice(0, 254),
        }),
        422,
      );
    const known = personOf({ email: email.data, name: email.data, roles: null }, await sessions.authorities());
    // The answer is the same for everybody: it must not tell who works here.
    if (isNobody(known)) tellWhy('no authority’s file gives the address to a role');
    else if (await links(email.data)) await sendLink(known, next);
    else tellWhy('several are on their way to that address already');
    return context.html(
      openPage('check-your-mail.html', {
        ...{ title: 'Check your email', email: email.data, goodFor: LINK_GOOD_FOR },
        staysHere: !isNobody(known) && isOfDemonstrationAlone(known),
      }),
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
    const used = await register.board.useLink(context.req.param('token'), now().toISOString());
    if (used === null) {
      // A good link lets in, whatever others have tried from the same place.
      await byPlace(context, clientAddress(context));
      throw usedUp();
    }
    await sessions.begin(context, { email: used.email, name: used.email, roles: null }, now());
    await browsers.remember(context);
    return context.redirect(localPath(used.leadsTo), 303);
  });
}

const usedUp = (): PageProblem =>
  new PageProblem(
    404,
    'This link can’t be used',
    `It works once, for ${LINK_GOOD_FOR}. Ask for a new one on the sign-in page.`,
  );

/** Mail to the people of an invented council stays on this machine. */
const channelTo = (person: Person): Channel => (isOfDemonstrationAlone(person) ? 'outbox' : 'smtp');
