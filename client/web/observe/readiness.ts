import { Hono } from 'hono';
import type { WebParts } from '../parts.ts';

/**
 * For machines that look after this one: `/healthz`, whether the process answers; `/readyz`, whether it is any use (503
 * where it is not). Without the register there is nothing to show. Without the engine lists are shown and changes are
 * refused, in words: that is worse than all, but better than no page.
 */
export function readiness({ register, engine }: Pick<WebParts, 'register' | 'engine'>): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', async (context) => {
      const [record, running] = await Promise.all([answers(() => register.ping()), engine.answers()]);
      if (!record) return context.json({ status: 'the register can’t be reached' }, 503);
      if (!running) return context.json({ status: 'ready, but the engine can’t be reached: nothing can be changed' });
      return context.json({ status: 'ready' });
    });
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}
