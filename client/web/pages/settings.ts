import { type Context, Hono } from 'hono';
import { absenceInWords } from '../../../domain/authority/absence.ts';
import { personOf as onFile } from '../../../domain/authority/addressee.ts';
import { WEEKDAYS } from '../../../domain/authority/change/words.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { Authority, Role } from '../../../domain/schemas/authority.ts';
import { bringFile } from '../administration/carry-out.ts';
import { isTheirsAlone, ofOneself, rolesHeld } from '../administration/council.ts';
import { ownForm } from '../administration/own-forms.ts';
import { standInsFor } from '../administration/people-forms.ts';
import { countIn } from '../administration/shown.ts';
import { onceByForm, sentForm, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import type { Membership } from '../people.ts';
import { notFound } from '../problems.ts';

/** What somebody may say of themselves: how often mail comes, when they are away, copies for information. */
export function settingsRoutes(parts: AppParts): Hono<Env> {
  const { register } = parts;
  return new Hono<Env>()
    .get('/settings', async (context) => {
      const { memberships, guests } = context.get('session').person;
      const all = await Promise.all([...memberships, ...guests].map((each) => shownIn(parts, context, each)));
      const addresses = all.flat();
      return page(context, 'settings.html', {
        ...{ title: 'My settings', addresses, notice: noticeOf(context), left: leftOf(context, addresses) },
        isGuest: memberships.length === 0,
      });
    })
    .post('/settings/:authority/tell/:about', async (context) => {
      const { authority, actor } = await ofOneself(context, parts);
      await sentForm(context);
      const to = await onceByForm(context, parts, { what: `tell ${authority.id} ${actor.role}` }, async () => {
        const { told, left } = await bringFile(parts, authority.id, actor, 'their own entry');
        const whose = left > 0 ? `&authority=${authority.id}&role=${actor.role}` : '';
        return `/settings?done=tell&told=${told}&left=${left}${whose}`;
      });
      return context.redirect(to, 303);
    })
    .post('/settings/copies', async (context) => {
      const fields = await sentForm(context);
      const [authority, role] = [textIn(fields, 'authority'), textIn(fields, 'role')];
      const wanted = textIn(fields, 'wanted') === 'yes';
      const { person } = context.get('session');
      const isKnown = [...person.memberships, ...person.guests].some((each) => each.authority.id === authority);
      const kept = isKnown ? await register.board.keptAuthority(authority) : null;
      if (kept === null || !isTheirsAlone(person, kept.authority, role)) throw notFound();
      const recipient = findRole(kept.authority, role)?.email?.toLowerCase() ?? '';
      const to = await onceByForm(
        context,
        parts,
        { what: `copies ${authority} ${role}`, request: wanted },
        async () => {
          await register.board.wantCopies({ authority, recipient }, wanted, context.get('now'));
          return '/settings?done=copies';
        },
      );
      return context.redirect(to, 303);
    });
}

/** What is said of what was done by the form that led here. */
function noticeOf(context: Context<Env>): string | undefined {
  const done = context.req.query('done') ?? '';
  if (done === 'copies') return 'It is noted whether copies for information come.';
  if (done !== 'tell') return ownForm(done)?.done;
  return countIn(context, 'left') > 0 ? undefined : 'The open inspections were told.';
}

/** How many open inspections have not heard of what was said last, and where they are told again; undefined where all have. */
function leftOf(context: Context<Env>, addresses: readonly Shown[]): { count: number; action: string } | undefined {
  const [count, authority, role] = [
    countIn(context, 'left'),
    context.req.query('authority'),
    context.req.query('role'),
  ];
  const theirs = addresses.find((each) => each.authority === authority && each.tellAs.includes(role ?? ''));
  return count === 0 || theirs === undefined
    ? undefined
    : { count, action: `/settings/${theirs.authority}/tell/${role ?? ''}` };
}

type Shown = Awaited<ReturnType<typeof shownIn>>[number];

/** Each address of somebody's in a council, by its file that is in force, with how it gets its mail. */
async function shownIn({ register }: AppParts, context: Context<Env>, { authority: known }: Membership) {
  const { person } = context.get('session');
  const today = localDate(context.get('now'));
  const authority = (await register.board.keptAuthority(known.id))?.authority ?? known;
  const byAddress = new Map<string, Role[]>();
  for (const role of rolesHeld(person, authority)) {
    const email = role.email?.toLowerCase();
    if (email !== undefined) byAddress.set(email, [...(byAddress.get(email) ?? []), role]);
  }
  return Promise.all(
    [...byAddress].map(async ([email, held]) => {
      const { digest = 'daily', weeklyOn = 'monday', away = [] } = onFile(authority, email) ?? {};
      const isAlone = held.every(({ id }) => isTheirsAlone(person, authority, id));
      const own = held.find(({ id }) => authority.roles.some((each) => each.id === id));
      const coming = away.filter(({ until }) => until >= today);
      return {
        ...{ email, council: authority.name, authority: authority.id, role: held[0]?.id ?? '' },
        titles: held.map(({ id }) => roleTitle(authority, id)).join(', '),
        digest: digest === 'weekly' ? `Weekly, on ${WEEKDAYS[weeklyOn]}` : 'Daily',
        away: coming.map((each) => ({ days: absenceInWords(each), standIn: roleTitle(authority, each.delegate) })),
        copies: !(await register.isUnsubscribed({ authority: authority.id, recipient: email })),
        isAlone,
        tellAs: isAlone ? held.map(({ id }) => id) : [],
        links: own === undefined || !isAlone ? [] : linksOf(authority, own, coming.length > 0),
      };
    }),
  );
}

function linksOf(authority: Authority, role: Role, isAway: boolean): { path: string; text: string }[] {
  const at = (form: string) => `/settings/${authority.id}/do/${form}/${role.id}`;
  return [
    { path: at('digest'), text: 'Change how often mail comes' },
    ...(standInsFor(authority, role.id).length > 0 ? [{ path: at('away'), text: 'Say when you are away' }] : []),
    ...(isAway ? [{ path: at('end-away'), text: 'End your time away' }] : []),
  ];
}
