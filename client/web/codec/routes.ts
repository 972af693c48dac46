import type { Payload } from '@temporalio/common';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { EncryptionProblem } from '../../../platform/encryption/encryption-problem.ts';
import { keyIn, sessionByKey } from '../api/by-key.ts';
import { errorAsProblem, problemJson } from '../api/problem-json.ts';
import type { Env, Session, WebParts } from '../parts.ts';
import { notFound, PageProblem } from '../problems.ts';
import { limitBody, rateLimit } from '../security.ts';
import type { Sessions } from '../session.ts';
import { type Threads, threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import { toJson } from './payload-json.ts';
import { mustBeReadableBy, mustBeReader } from './who-may-read.ts';

/** How long reading one request may take, in milliseconds. */
const MAX_MS = 20_000;
const PER_PERSON = { points: 1200, duration: 60 };
/** What one answer may hold, in bytes of payloads. */
const MAX_DECODED = 32 * 1024 * 1024;

/**
 * The remote codec that Temporal's own pages and command line ask to read payloads: `POST /codec/decode`. There is no
 * `/codec/encode`: it would only serve to start and change lifecycles past duecourse, in any role one likes.
 */
export function codecRoutes(parts: WebParts, sessions: Sessions): Hono<Env> {
  const routes = new Hono<Env>();
  routes.onError((error, context) => errorAsProblem(error, context, parts.onError));
  const { codec, boardUrl } = parts;
  if (codec !== undefined) {
    const limit = rateLimit(PER_PERSON);
    const threads = threadsFor<string, Payload[] | undefined>('./payloads-thread', import.meta.url, MAX_MS);
    const origins = [new URL(boardUrl).origin, ...(codec.origin === undefined ? [] : [codec.origin])];
    routes.use(
      '/codec/decode',
      cors({
        origin: (origin) => (origin === codec.origin ? origin : null),
        allowMethods: ['POST'],
        allowHeaders: ['Authorization', 'Content-Type', 'X-Namespace'],
        credentials: true,
        maxAge: 600,
      }),
    );
    routes.post('/codec/decode', async (context) => {
      const { person } = await whoAsks(context, parts, sessions, origins);
      await limit(context, person.email);
      mustBeReader(person);
      await limitBody(context);
      const payloads = await payloadsIn(context, threads);
      mustBeReadableBy(person, payloads, await sessions.authorities());
      context.header('Cache-Control', 'no-store');
      return context.json({ payloads: (await decoded(payloads, codec)).map(toJson) });
    });
    routes.all('/codec/decode', (context) => {
      context.header('Allow', 'POST');
      const detail = 'This address takes POST.';
      return problemJson(context, { status: 405, code: 'http-405', title: 'Not by this method', detail });
    });
  }
  routes.all('/codec/*', () => {
    throw notFound();
  });
  return routes;
}

/** By a key, or by the session of a browser: then only from our own pages or from Temporal's, as set. */
async function whoAsks(
  context: Context<Env>,
  { register }: WebParts,
  sessions: Sessions,
  origins: readonly string[],
): Promise<Session> {
  const secret = keyIn(context);
  const session =
    secret === undefined
      ? await sessions.of(context)
      : await sessionByKey(register, sessions, secret, new Date().toISOString());
  if (session === undefined) {
    context.header('WWW-Authenticate', 'Bearer');
    throw new PageProblem(
      401,
      'Nobody is signed in',
      'Sign in to duecourse, or send a key: Authorization: Bearer KEY.',
    );
  }
  const origin = context.req.header('Origin');
  if (secret === undefined && (origin === undefined || !origins.includes(origin)))
    throw new PageProblem(
      403,
      'Not from there',
      'A browser’s session is good for the pages set as DUECOURSE_CODEC_ORIGIN.',
    );
  return session;
}

async function payloadsIn(context: Context, threads: Threads<string, Payload[] | undefined>): Promise<Payload[]> {
  if (!/^application\/json\b/.test(context.req.header('Content-Type') ?? ''))
    throw new PageProblem(415, 'The request can’t be used', 'Send JSON, as application/json.');
  const payloads = await threads.run(await context.req.text()).catch((error: unknown) => {
    if (error instanceof TookTooLong || error instanceof TooManyWait)
      throw new PageProblem(413, 'That is too much at once', 'Ask for fewer payloads at a time.');
    throw error;
  });
  if (payloads === undefined)
    throw new PageProblem(
      422,
      'The request can’t be used',
      'Send {"payloads": [{"metadata": {…}, "data": "…"}]}, bytes in base64.',
    );
  return payloads;
}

/** One after the other, so that no request unfolds more than it may. */
async function decoded(payloads: Payload[], codec: NonNullable<WebParts['codec']>): Promise<Payload[]> {
  const done: Payload[] = [];
  let size = 0;
  for (const payload of payloads) {
    const [open] = await read(payload, codec);
    if (open === undefined) continue;
    size += open.data?.length ?? 0;
    if (size > MAX_DECODED) throw new PageProblem(413, 'That is too much at once', 'Ask for fewer payloads at a time.');
    done.push(open);
  }
  return done;
}

async function read(payload: Payload, { payloads }: NonNullable<WebParts['codec']>): Promise<Payload[]> {
  try {
    return await payloads.decode([payload]);
  } catch (error) {
    if (!(error instanceof EncryptionProblem)) throw error;
    throw new PageProblem(422, 'This can’t be read', error.message);
  }
}
