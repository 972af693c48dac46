import { Hono } from 'hono';
import { listed } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';

/** What belongs to whoever is signed in, by the roles that they hold. */
export function dutyRoutes({ register }: WebParts): Hono<Env> {
  return new Hono<Env>().get('/my-duties', async (context) => {
    const { person } = context.get('session');
    const now = context.get('now');
    const roles = person.memberships.flatMap(({ authority, roles: held }) =>
      held.map((role) => ({ authority: authority.id, role: role.id })),
    );
    const rows = listed(await register.board.dutiesOf(roles), person, now);
    return page(context, 'duties.html', {
      title: 'My duties',
      rows,
      roles: person.memberships.flatMap(({ authority, roles: held }) =>
        held.map((role) => ({ title: role.title, authority: authority.name })),
      ),
    });
  });
}
