import { type Context, Hono } from 'hono';
import type { AccessKey, FeedSubject } from '../../../register/access-keys.ts';
import { secretByForm, sentForm } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env, WebParts } from '../parts.ts';
import { membershipIn, personOf } from '../people.ts';
import { notFound } from '../problems.ts';
import { checkRevoking, revokeOwn } from './own-keys.ts';
import { calendarFeed } from '../feeds/calendar-feed.ts';
import { feedOf } from '../feeds/feed-of.ts';
import { clientAddress, rateLimit } from '../security.ts';
import type { Sessions } from '../session.ts';

/** How often an address that is not known may be tried from one place. */
const WRONG = { points: 30, duration: 900 };

/** The feeds themselves, for calendar programs: the address is all that opens them. */
export function feedRoutes(parts: WebParts, pages: MilestonePages, sessions: Sessions, now: () => Date): Hono {
  const wrong = rateLimit(WRONG);
  return new Hono().get('/feeds/:file{.+\\.ics}', async (context) => {
    const secret = context.req.param('file').slice(0, -'.ics'.length);
    const key = await parts.register.board.keyOf('feed', secret, now().toISOString());
    const person =
      key === null
        ? undefined
        : personOf({ email: key.email, name: key.email, roles: key.subject.roles }, await sessions.authorities());
    // Whoever made it must still be somebody there.
    const feed =
      key === null || person === undefined
        ? undefined
        : await feedOf({ ...parts, pages }, key.subject, person, now().toISOString());
    if (feed === undefined) {
      await wrong(context, clientAddress(context));
      throw notFound();
    }
    const tag = `"${feed.mark}"`;
    const head = { ETag: tag, 'Cache-Control': 'private, max-age=300' };
    if (isAmong(tag, context.req.header('If-None-Match'))) return context.body(null, 304, head);
    return context.body(ReadableStream.from(encoded(calendarFeed(feed, parts.boardUrl))), 200, {
      ...head,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="duecourse.ics"',
    });
  });
}

/** Does somebody have this version already (RFC 9110, 13.1.2: compared weakly)? */
const isAmong = (tag: string, asked = ''): boolean =>
  asked.trim() === '*' || asked.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);

async function* encoded(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of text) yield encoder.encode(piece);
}

/** Making and revoking feeds. */
export function feedPageRoutes(parts: AppParts): Hono<Env> {
  const { register, boardUrl } = parts;
  const show = async (context: Context<Env>, made?: string) => {
    const { person } = context.get('session');
    const keys = (await register.board.keysOf(person.email)).filter((key) => key.kind === 'feed');
    return page(context, 'feeds.html', {
      title: 'Calendar feeds',
      subjects: subjectsOf(context).map(({ value, text }) => ({ value, text })),
      keys: keys.map((key) => ({ ...key, words: wordsOf(key, context) })),
      made,
      notice:
        context.req.query('done') === 'revoked'
          ? 'The feed is revoked: its address no longer opens anything.'
          : undefined,
    });
  };
  return new Hono<Env>()
    .get('/feeds', (context) => show(context))
    .post('/feeds', async (context) => {
      const body = await sentForm(context);
      const subject = subjectsOf(context).find((each) => each.value === body['subject'])?.subject;
      if (subject === undefined) throw notFound();
      const { person } = context.get('session');
      const secret = await register.board.makeKey(
        { email: person.email, kind: 'feed', subject: { ...subject, roles: person.roles }, madeAt: context.get('now') },
        secretByForm(context, parts, ['feed', subject]),
      );
      return show(context, `${boardUrl}/feeds/${secret}.ics`);
    })
    .get('/feeds/revoke/:key', (context) =>
      checkRevoking(context, parts, {
        ...{ kind: 'feed', list: '/feeds', title: 'Revoke this feed?', button: 'Revoke the feed' },
        subjectOf: wordsOf,
      }),
    )
    .post('/feeds/revoke', (context) => revokeOwn(context, parts, '/feeds?done=revoked'));
}

function subjectsOf(context: Context<Env>): { value: string; text: string; subject: FeedSubject }[] {
  return [
    { value: 'person', text: 'My duties', subject: { of: 'person' } },
    ...context.get('session').person.memberships.flatMap(({ authority }) => [
      {
        value: `authority:${authority.id}`,
        text: `All duties of ${authority.name}`,
        subject: { of: 'authority' as const, authority: authority.id },
      },
      ...authority.bodies.map((body) => ({
        value: `body:${authority.id}:${body.id}`,
        text: `${body.name} of ${authority.name}: its meetings, and what goes to it`,
        subject: { of: 'body' as const, authority: authority.id, body: body.id },
      })),
    ]),
  ];
}

function wordsOf({ subject }: AccessKey, context: Context<Env>): string {
  if (subject.of === 'person') return 'My duties';
  if (subject.of === 'api') return subject.name;
  const authority = membershipIn(context.get('session').person, subject.authority)?.authority;
  if (subject.of === 'authority') return `All duties of ${authority?.name ?? subject.authority}`;
  return authority?.bodies.find((each) => each.id === subject.body)?.name ?? subject.body;
}
