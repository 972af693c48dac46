import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { STYLES_WITHIN } from './assets.ts';
import type { Env } from './parts.ts';
import { PageProblem } from './problems.ts';

/** A page runs nothing, shows nothing of others, and is shown in nobody's frame. */
export function headers(https: boolean): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'", ...STYLES_WITHIN],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: https ? 'max-age=31536000; includeSubDomains' : false,
  });
}

const MAX_BODY = 256 * 1024;
/** A hundred inspection files at once. */
const MAX_UPLOAD = 8 * 1024 * 1024;
/** Temporal's server gives at most 4 MB of history at once, which is 5.4 MB in base64. */
const MAX_PAYLOADS = 6 * 1024 * 1024;

/** The rest of it is not read, so the connection can't be used again. */
const tooLarge = (context: Context) => {
  context.header('Connection', 'close');
  throw new PageProblem(
    413,
    'That is too much at once',
    'Send less at a time: 256 KB, 8 MB of inspection files, or 6 MB of payloads.',
  );
};

export const limitBody = (): MiddlewareHandler => {
  const usual = bodyLimit({ maxSize: MAX_BODY, onError: tooLarge });
  const uploads = bodyLimit({ maxSize: MAX_UPLOAD, onError: tooLarge });
  const payloads = bodyLimit({ maxSize: MAX_PAYLOADS, onError: tooLarge });
  const others = new Map([
    ['/start/many', uploads],
    ['/codec/decode', payloads],
  ]);
  return (context, next) => (others.get(context.req.path) ?? usual)(context, next);
};

/** Every form that changes something carries its session's token; a page of somebody else's can't know it. */
export const formToken = (): MiddlewareHandler<Env> => async (context, next) => {
  if (context.req.method !== 'GET' && context.req.method !== 'HEAD') {
    const form: Record<string, unknown> = await context.req.parseBody({ all: true });
    const given = form['formToken'];
    const expected = context.get('session').formToken;
    if (typeof given !== 'string' || !isSame(given, expected))
      throw new PageProblem(
        403,
        'This form is out of date',
        'Nothing was changed. Go back, open the page again, and send it once more.',
      );
  }
  await next();
};

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** So many times in so many seconds for each key. */
export interface Limit {
  points: number;
  duration: number;
}

/** Counts what was asked for; too much of it is refused with 429 and when to come back. */
export function rateLimit({ points, duration }: Limit): (context: Context, key: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration });
  return async (context, key) => {
    try {
      await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      context.header('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)));
      throw new PageProblem(429, 'Too many requests', 'Wait a few minutes, then try again.');
    }
  };
}

/** Where a request comes from; the same word for all where there is no connection. */
export function clientAddress(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
