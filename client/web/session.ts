import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { randomBytes } from 'node:crypto';
import type { SignedIn } from '../../register/sign-ins.ts';
import { RETENTION } from '../../domain/retention.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { keptForLater } from './forms/kept-for-later.ts';
import type { AppParts, Env, Session, WebParts } from './parts.ts';
import { personOf } from './people.ts';

const COOKIE = 'duecourse_session';
/** How old the list of authorities may be, in milliseconds. */
const AUTHORITIES_MS = 1000;

/** Sessions: a signed cookie with a random id; what belongs to it is kept in the register, and can be ended there. */
export interface Sessions {
  of(context: Context): Promise<Session | undefined>;
  begin(context: Context, person: SignedIn, now: Date): Promise<void>;
  end(context: Context): Promise<void>;
  authorities(): Promise<Authority[]>;
  /** Councils have changed here: what was read before is out of date. */
  forgetAuthorities(): void;
}

export function sessionsOf({ register, secret, boardUrl }: WebParts): Sessions {
  const secure = boardUrl.startsWith('https:');
  const files = remembered(() => register.board.authorityFiles(), AUTHORITIES_MS);
  const authorities = files.answer;
  const idIn = async (context: Context) => (await getSignedCookie(context, secret, COOKIE)) || undefined;
  return {
    authorities,
    forgetAuthorities: files.forget,
    async of(context) {
      const id = await idIn(context);
      if (id === undefined) return undefined;
      const kept = await register.board.session(id, new Date().toISOString());
      return kept === null ? undefined : { ...kept, id, person: personOf(kept.person, await authorities()) };
    },
    async begin(context, person, now) {
      const id = randomBytes(32).toString('base64url');
      const expires = new Date(now.getTime() + RETENTION['web-session'].ms);
      await register.board.beginSession({
        id,
        person,
        formToken: randomBytes(24).toString('base64url'),
        now: now.toISOString(),
        expiresAt: expires.toISOString(),
      });
      await setSignedCookie(context, COOKIE, id, secret, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure,
        expires,
      });
    },
    async end(context) {
      const id = await idIn(context);
      if (id !== undefined) await register.board.endSession(id);
      deleteCookie(context, COOKIE, { path: '/', secure });
    },
  };
}

/** Pages are for people who have signed in: others are led there, and back afterwards with what they had typed. */
export function signedInOnly(
  sessions: Sessions,
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
  now: () => Date,
): MiddlewareHandler<Env> {
  return async (context, next) => {
    const session = await sessions.of(context);
    context.set('now', now().toISOString());
    if (session === undefined) {
      const { pathname, search } = new URL(context.req.url);
      const back =
        context.req.method === 'POST' ? await keptForLater(context, { forms, register }) : `${pathname}${search}`;
      context.header('Cache-Control', 'no-store');
      const kept = context.req.method === 'POST' ? '&kept=yes' : '';
      return context.redirect(`/sign-in${back === '/' ? '' : `?next=${encodeURIComponent(back)}${kept}`}`, 303);
    }
    context.set('session', session);
    context.set('forms', forms);
    // Somebody else at this machine must not find a page by going back.
    context.header('Cache-Control', 'no-store');
    return next();
  };
}

interface Remembered<T> {
  answer(): Promise<T>;
  forget(): void;
}

/** Asks again only when the last answer is older than so many milliseconds; several who ask at once share one answer. */
function remembered<T>(ask: () => Promise<T>, milliseconds: number): Remembered<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  const forget = (): void => void (last = undefined);
  return {
    forget,
    answer() {
      const now = performance.now();
      if (last === undefined || now - last.at > milliseconds) {
        const asked = { at: now, answer: ask() };
        asked.answer.catch(() => {
          if (last === asked) forget();
        });
        last = asked;
      }
      return last.answer;
    },
  };
}
