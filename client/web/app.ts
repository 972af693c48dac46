import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Unsubscribe } from '../../activities/mail/unsubscribe.ts';
import type { Register } from '../../activities/register/register.ts';
import { renderPlainPage, TEMPLATES } from './render.ts';
import { unsubscribeRoutes } from './unsubscribe.ts';

export interface WebParts {
  register: Register;
  unsubscribe: Unsubscribe;
  /** Told of what went wrong, without what was asked. */
  onError: (error: Error) => void;
}

const MOST_BODY = 64 * 1024;
const PLAIN_CSS = readFileSync(join(TEMPLATES, 'plain.css'), 'utf8');

/** The pages that duecourse answers on its own. Pure of any server: a test asks it directly. */
export function webApp({ register, unsubscribe, onError }: WebParts): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  );
  app.use(
    bodyLimit({ maxSize: MOST_BODY, onError: (context) => context.text('That is more than duecourse takes.', 413) }),
  );
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    try {
      await register.ping();
      return context.json({ status: 'ready' });
    } catch {
      return context.json({ status: 'the register can’t be reached' }, 503);
    }
  });
  app.get('/assets/plain.css', (context) =>
    context.body(PLAIN_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  );
  app.route('/', unsubscribeRoutes(register, unsubscribe));
  app.notFound((context) =>
    context.html(renderPlainPage({ title: 'There is no such page', said: ['Check the address.'] }), 404),
  );
  app.onError((error, context) => {
    onError(error);
    const said = ['Nothing was changed. Please try again in a moment.'];
    return context.html(renderPlainPage({ title: 'Something went wrong', said }), 500);
  });
  return app;
}
