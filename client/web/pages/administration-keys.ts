import { type Context, Hono } from 'hono';
import { allRoles } from '../../../domain/authority/partners.ts';
import type { AccessKey, Holders } from '../../../register/access-keys.ts';
import { administered, type Council } from '../administration/council.ts';
import { lastUseInWords, subjectInWords } from '../administration/integrations-page.ts';
import { onceByForm, sentForm } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';

/** Everybody who holds a role of a council's, or of its partners'. */
export function holdersIn({ authority }: Council): Holders {
  const roles = allRoles(authority);
  return { emails: roles.flatMap(({ email }) => email ?? []), groups: roles.flatMap(({ groups = [] }) => groups) };
}

const KINDS: Readonly<Record<AccessKey['kind'], string>> = { api: 'Key to the API', feed: 'Calendar feed' };

/** Where an administrator revokes a key that somebody else has made. */
export function administrationKeyRoutes(parts: AppParts): Hono<Env> {
  const { board } = parts.register;
  const keyIn = async (context: Context<Env>, council: Council): Promise<AccessKey> => {
    const keys = await board.keysIn(council.authority.id, holdersIn(council));
    const key = keys.find(({ id }) => id === context.req.param('key'));
    if (key === undefined) throw notFound();
    return key;
  };
  return new Hono<Env>()
    .get('/administration/:authority/keys/:key', async (context) => {
      const council = await administered(context, parts);
      const key = await keyIn(context, council);
      return page(context, 'administration-key.html', {
        ...{ title: 'Revoke a key', council: council.authority.name, home: council.home, id: key.id, key },
        ...{ kind: KINDS[key.kind], subject: subjectInWords(key, council.authority), lastUsed: lastUseInWords(key) },
      });
    })
    .post('/administration/:authority/keys/:key', async (context) => {
      const council = await administered(context, parts);
      await sentForm(context);
      const { id } = await keyIn(context, council);
      const to = await onceByForm(context, parts, { what: `revoke ${id}` }, async () => {
        const which = { id, now: context.get('now') };
        if (!(await board.revokeKeyIn(council.authority.id, holdersIn(council), which))) throw notFound();
        return `${council.home}/integrations?done=revoke`;
      });
      return context.redirect(to, 303);
    });
}
