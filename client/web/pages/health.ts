import { Hono } from 'hono';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf } from '../people.ts';

const PATIENCE_MS = 3000;

/** Whether everything works, in words. */
export function healthRoutes({ register, engine }: WebParts): Hono<Env> {
  return new Hono<Env>().get('/health', async (context) => {
    const { person } = context.get('session');
    const now = context.get('now');
    const record = await answers(() => register.ping());
    const open = record
      ? (
          await register.board.inspections(now, { authorities: authoritiesOf(person) }, { offset: 0, limit: 1 })
        ).rows.find((each) => each.status === 'open')
      : undefined;
    const running =
      open === undefined ? undefined : await answers(() => engine.view(inspectionRef(open.authority, open.reference)));
    const feed = record ? await register.keptFeed() : null;
    return page(context, 'health.html', { title: 'Health', record, running, feed, now });
  });
}

/** Does it answer within a few seconds? */
async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref());
  return Promise.race([
    ask().then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
