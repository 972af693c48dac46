import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { isUtf8 } from 'node:buffer';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { EVIDENCE_LIMITS } from '../../domain/evidence/kinds.ts';
import { REPORT_LIMITS } from '../../domain/report/limits.ts';
import { WORKBOOK_LIMITS } from '../workbook/unusable.ts';
import { TEMPLATE_LIMITS } from '../documents/template/unfit.ts';
import { STYLE_WITHIN } from './assets.ts';
import { notFound, PageProblem } from './problems.ts';

/** A page runs nothing, shows nothing of others, and is shown in nobody's frame. */
export function headers(https: boolean): MiddlewareHandler {
  const ofPages = secured(https, {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'", STYLE_WITHIN],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  });
  // Of what people have uploaded nothing runs, whatever a browser makes of it.
  const ofFiles = secured(https, { defaultSrc: ["'none'"], sandbox: [] });
  return (context, next) => (FILE.test(context.req.path) ? ofFiles : ofPages)(context, next);
}

/** Where a file of evidence is downloaded. */
const FILE = /\/evidence\/[^/]+$/;

type Policy = NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy'];

const secured = (https: boolean, contentSecurityPolicy: Policy): MiddlewareHandler =>
  secureHeaders({
    ...(contentSecurityPolicy === undefined ? {} : { contentSecurityPolicy }),
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: https ? 'max-age=31536000; includeSubDomains' : false,
  });

const MAX_BODY = 256 * 1024;
/** Other lengths, by the addresses that take them, in bytes. */
const OTHERS: ReadonlyMap<string, number> = new Map([
  // Anybody may send something there.
  ['/sign-in', 8 * 1024],
  // A hundred inspection files at once.
  ['/start/many', 8 * 1024 * 1024],
  // An inspectorate's report, or the text of one that was pasted.
  ['/start/report', REPORT_LIMITS.fileBytes + 4 * REPORT_LIMITS.characters],
  // A hundred recommendations of some hundred words, and what a browser makes of each character.
  ['/start/guided/recommendations', 1024 * 1024],
  // Temporal's server gives at most 4 MB of history at once, which is 5.4 MB in base64.
  ['/codec/decode', 6 * 1024 * 1024],
]);

/** The rest of it is not read, so the connection can't be used again. */
const tooLarge = (context: Context) => {
  context.header('Connection', 'close');
  throw new PageProblem(
    413,
    'That is too much at once',
    'Send less at a time: 256 KB, 20 MB of evidence or of a report, 8 MB of inspection files or of a workbook, or 6 MB of payloads.',
  );
};

/** Where a file of evidence is sent: a form of a duty's page, or a file alone by the API. */
const EVIDENCE =
  /^\/inspections\/[^/]+\/[^/]+\/milestones\/[^/]+\/[^/]+\/addEvidence$|^\/api\/v1\/inspections\/[^/]+\/[^/]+\/evidence$/;
/** With what a form has beside its file. */
const MAX_EVIDENCE = EVIDENCE_LIMITS.fileBytes + MAX_BODY;

/** Where a workbook of a plan is brought back. */
const WORKBOOK = /^\/inspections\/[^/]+\/[^/]+\/plan\/workbook$/;
const MAX_WORKBOOK = WORKBOOK_LIMITS.fileBytes + MAX_BODY;

/** Where a council's Word template is put in place, and where a file is compared with those that were frozen. */
const TEMPLATE = /^\/administration\/[^/]+\/word-template$/;
const MAX_TEMPLATE = TEMPLATE_LIMITS.fileBytes + MAX_BODY;
const FROZEN = /^\/inspections\/[^/]+\/[^/]+\/frozen\/check$/;

const maxBody = (path: string): number => {
  if (TEMPLATE.test(path)) return MAX_TEMPLATE;
  if (FROZEN.test(path)) return MAX_EVIDENCE;
  if (WORKBOOK.test(path)) return MAX_WORKBOOK;
  return OTHERS.get(path) ?? (EVIDENCE.test(path) ? MAX_EVIDENCE : MAX_BODY);
};

/** Refuses what says itself that it is too long, whoever sends it. What does not say how long it is, is not read here. */
export const refuseLongBodies: MiddlewareHandler = async (context, next) => {
  const length = Number(context.req.header('Content-Length') ?? 0);
  return length > maxBody(context.req.path) ? tooLarge(context) : next();
};

/** Reads a body no further than it may be long. To be called once it is known that they may send one. @throws PageProblem 413 */
export async function limitBody(context: Context): Promise<void> {
  const limit: (context: Context, next: () => Promise<void>) => Promise<unknown> = bodyLimit({
    maxSize: maxBody(context.req.path),
    onError: tooLarge,
  });
  await limit(context, () => Promise.resolve());
}

const NO_TEXT =
  'It holds bytes that are no text in UTF-8. Nothing was changed. Type it again, or save it as UTF-8 and send it again.';

/** @throws PageProblem 400 where bytes are no text in UTF-8: they would become other words on their way */
export function mustBeText(bytes: ArrayBuffer): void {
  if (!isUtf8(bytes)) throw new PageProblem(400, 'What was sent can’t be read', NO_TEXT);
}

/** The same of the words behind an address, whose bytes are written as %XX. */
export const refuseOtherBytes: MiddlewareHandler = (context, next) => {
  try {
    decodeURIComponent(new URL(context.req.url).search);
  } catch {
    throw new PageProblem(400, 'This address can’t be read', NO_TEXT);
  }
  return next();
};

/** No inspection, and nothing of one, has a NUL in its name, which the register could not be asked for. */
export const refuseNul: MiddlewareHandler = (context, next) => {
  if (new URL(context.req.url).pathname.includes('%00')) throw notFound();
  return next();
};

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

/** Counts silently: whether this one is within the limit. */
export function counter({ points, duration }: Limit): (key: string) => Promise<boolean> {
  const limiter = new RateLimiterMemory({ points, duration });
  return async (key) => {
    try {
      await limiter.consume(key);
      return true;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return false;
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
