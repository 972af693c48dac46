import { Hono } from 'hono';
import type { MilestonePages } from '../lists.ts';
import { rolesOf } from '../people.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';

/** What belongs to whoever is signed in, or has them beside its owner, by the roles that they hold. */
export function dutyRoutes({ register }: WebParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/my-duties', async (context) => {
    const { person } = context.get('session');
    const now = context.get('now');
    const roles = rolesOf(person);
    const isOwner = (row: { authority: string; owner: string }): boolean =>
      roles.some(({ authority, role }) => authority === row.authority && role === row.owner);
    const rows = await pages.listed(await register.board.dutiesOf(roles), person, now);
    return page(context, 'duties.html', {
      title: 'My duties',
      rows: rows.map((row) => ({ ...row, lead: isOwner(row) ? undefined : row.ownerTitle })),
      isGuest: person.memberships.length === 0,
      roles: [...person.memberships, ...person.guests].flatMap(({ authority, roles: held }) =>
        held.map((role) => ({ title: role.title, authority: authority.name })),
      ),
    });
  });
}
