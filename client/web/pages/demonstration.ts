import { Hono } from 'hono';
import { removeDemonstration } from '../../demonstration/remove.ts';
import { removableBy } from '../demonstration.ts';
import { onceByForm, sentForm } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';

/** Removing the demonstration: its administrator's, in one press. */
export function demonstrationRoutes(parts: AppParts): Hono<Env> {
  return new Hono<Env>()
    .get('/demonstration', (context) => {
      const { person } = context.get('session');
      const membership = removableBy(person);
      if (membership === undefined) throw notFound();
      return page(context, 'demonstration.html', {
        title:
          context.get('demonstration')?.empty === true ? 'The demonstration is removed' : 'Remove the demonstration',
        name: membership.authority.name,
      });
    })
    .post('/demonstration', async (context) => {
      const { person } = context.get('session');
      const membership = removableBy(person);
      if (membership === undefined) throw notFound();
      await sentForm(context);
      const { authority, roles } = membership;
      const role = roles.find(({ capacity }) => capacity === 'administrator')?.id ?? '';
      const to = await onceByForm(context, parts, { what: 'remove' }, async () => {
        await removeDemonstration(parts, authority, { id: person.email, role }, context.get('now'));
        return '/demonstration';
      });
      return context.redirect(to, 303);
    });
}
