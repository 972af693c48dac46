import { Hono } from 'hono';
import { listQuery, pagination, PER_PAGE } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, isAny } from '../people.ts';

/** The inspections that somebody may see. */
export function inspectionRoutes({ register }: WebParts): Hono<Env> {
  return new Hono<Env>().get('/inspections', async (context) => {
    const { person } = context.get('session');
    const query = listQuery(context);
    const authorities = authoritiesOf(person).filter((id) => query.authority === undefined || id === query.authority);
    const onlyEnded = query.ended !== undefined;
    const { rows, total } = await register.board.inspections(
      context.get('now'),
      { authorities, ...(onlyEnded ? { open: false } : {}) },
      {
        offset: (query.page - 1) * PER_PAGE,
        limit: PER_PAGE,
      },
    );
    return page(context, 'inspections.html', {
      title: 'Inspections',
      ...{ rows, total, onlyEnded },
      mayStart: isAny(person, ['manager', 'administrator']),
      pagination: pagination('/inspections', query, total),
    });
  });
}
