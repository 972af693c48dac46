import type { Context } from 'hono';
import type { AccessKey } from '../../../register/access-keys.ts';
import { lastUseInWords } from '../administration/integrations-page.ts';
import { onceByForm, sentForm, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';

/** What a page says of somebody's own keys of a kind: where they are listed, and what they are called. */
interface OwnKeys {
  kind: AccessKey['kind'];
  list: string;
  title: string;
  button: string;
  subjectOf(key: AccessKey, context: Context<Env>): string;
}

/** The check before one of somebody's own keys is revoked: it can't be had back. @throws PageProblem 404 */
export async function checkRevoking(context: Context<Env>, { register }: AppParts, own: OwnKeys) {
  const keys = await register.board.keysOf(context.get('session').person.email);
  const key = keys.find(({ id, kind }) => kind === own.kind && id === context.req.param('key'));
  if (key === undefined) throw notFound();
  return page(context, 'own-key.html', {
    ...{ title: own.title, button: own.button, back: own.list, action: `${own.list}/revoke` },
    ...{ key, subject: own.subjectOf(key, context), lastUsed: lastUseInWords(key) },
  });
}

/** Revokes one. @param to where to go then @throws PageProblem 404 where it is not theirs */
export async function revokeOwn(context: Context<Env>, parts: AppParts, to: string): Promise<Response> {
  const id = textIn(await sentForm(context), 'id');
  const { email } = context.get('session').person;
  const next = await onceByForm(context, parts, { what: `revoke ${id}` }, async () => {
    if (!(await parts.register.board.revokeKey(email, id, context.get('now')))) throw notFound();
    return to;
  });
  return context.redirect(next, 303);
}
