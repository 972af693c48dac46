import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { line } from '../../../domain/schemas/common.ts';
import { secretByForm, sentForm } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { checkRevoking, revokeOwn } from './own-keys.ts';

/** An operation as the page shows it. */
interface Operation {
  method: string;
  path: string;
  summary: string;
}

const PATHS = z.record(z.string(), z.record(z.string(), z.looseObject({ summary: z.string().optional() })));

/** The page that shows the API, and where keys to it are made and revoked. */
export function apiPageRoutes(parts: AppParts, document: () => { paths?: unknown }): Hono<Env> {
  const { register, boardUrl } = parts;
  const show = async (context: Context<Env>, made?: string, problems: { text: string; href?: string }[] = []) => {
    const keys = (await register.board.keysOf(context.get('session').person.email)).filter((key) => key.kind === 'api');
    return page(
      context,
      'api.html',
      {
        ...{ title: 'API', operations: operationsIn(document()), boardUrl, keys, made, problems },
        notice:
          context.req.query('done') === 'revoked' ? 'The key is revoked: it no longer opens anything.' : undefined,
      },
      problems.length > 0 ? 422 : 200,
    );
  };
  return new Hono<Env>()
    .get('/api', (context) => show(context))
    .post('/api', async (context) => {
      const name = line.max(100).safeParse((await sentForm(context))['name']);
      if (!name.success) return show(context, undefined, [{ text: 'Enter what the key is for', href: '#name' }]);
      const { person } = context.get('session');
      const subject = { of: 'api' as const, name: name.data, roles: person.roles };
      return show(
        context,
        await register.board.makeKey(
          { email: person.email, kind: 'api', subject, madeAt: context.get('now') },
          secretByForm(context, parts, subject),
        ),
      );
    })
    .get('/api/revoke/:key', (context) =>
      checkRevoking(context, parts, {
        ...{ kind: 'api', list: '/api', title: 'Revoke this key?', button: 'Revoke the key' },
        subjectOf: ({ subject }) => (subject.of === 'api' ? subject.name : ''),
      }),
    )
    .post('/api/revoke', (context) => revokeOwn(context, parts, '/api?done=revoked'));
}

function operationsIn({ paths }: { paths?: unknown }): Operation[] {
  return Object.entries(PATHS.parse(paths ?? {})).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary = '' }]) => ({ method: method.toUpperCase(), path, summary })),
  );
}
