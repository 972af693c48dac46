import { Hono } from 'hono';
import { namesOf } from '../../../domain/closed-table.ts';
import { serviceOf } from '../../../domain/authority/service.ts';
import type { Load } from '../../../register/waiting-reads.ts';
import { firstPageOf } from '../first-pages/first-page.ts';
import { MAX_NAMED, WAITING, type WaitingItem } from '../first-pages/sections.ts';
import { waitingFor } from '../first-pages/waiting.ts';
import type { BarPiece } from '../inspection/far.ts';
import type { MilestonePages } from '../lists.ts';
import { leftOutOf } from '../left-out.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, isAny, membershipIn, type Person } from '../people.ts';

/** What waits for whoever looks after others' work, or decides on it, by what they are. */
export function waitingRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/waiting', async (context) => {
    const { person } = context.get('session');
    if (firstPageOf(person) === '/my-duties') return context.redirect('/my-duties', 303);
    const now = context.get('now');
    const { items, silent, notAsked } = await waitingFor(parts, pages, { person, now });
    const some = namesOf(WAITING).some((kind) => WAITING[kind].isForInformation !== true && items[kind].length > 0);
    const seniors = person.memberships
      .map(({ authority }) => authority.id)
      .filter((id) => isAny(person, ['manager', 'administrator'], id));
    const [loads, leftOut] = await Promise.all([
      seniors.length === 0 ? [] : parts.register.board.waiting.loads(now, seniors),
      leftOutOf(parts, now, authoritiesOf(person)),
    ]);
    return page(context, 'waiting.html', {
      title: 'Waiting for you',
      sections: namesOf(WAITING)
        .filter((kind) => isAny(person, WAITING[kind].of))
        .map((kind) => ({
          ...{ kind, title: WAITING[kind].title, where: WAITING[kind].where, n: countOf(items[kind]) },
          items: items[kind].slice(0, MAX_NAMED),
          more: Math.max(0, items[kind].length - MAX_NAMED),
          isForInformation: WAITING[kind].isForInformation === true,
        })),
      some,
      // Of what could not be looked into, nobody knows that.
      nothing: !some && silent.length === 0 && notAsked === 0,
      loads: loadsOf(person, loads),
      several: person.memberships.length > 1,
      ...{ silent, notAsked, leftOut },
    });
  });
}

/** How many there are of a kind: an item may stand for several duties. */
const countOf = (items: readonly WaitingItem[]): number => items.reduce((sum, { duties = 1 }) => sum + duties, 0);

/** How much each role of somebody's service has to do, with its bar: the longest is the whole width. */
export function loadsOf(person: Person, loads: readonly Load[]) {
  const own = loads.filter(({ authority, owner }) => isTheirs(person, authority, owner));
  const most = Math.max(1, ...own.map(({ open }) => open));
  return own.map((load) => {
    const [late, rest] = [load.late, load.open - load.late].map((n) => (n * 100) / most) as [number, number];
    const pieces: BarPiece[] = [
      { kind: 'late', x: 0, width: late },
      { kind: 'to-do', x: late, width: rest },
    ];
    return {
      ...load,
      lateHref: `/overdue?authority=${load.authority}&owner=${load.owner}`,
      bar: pieces.filter(({ width }) => width > 0),
    };
  });
}

function isTheirs(person: Person, authority: string, owner: string): boolean {
  if (isAny(person, ['administrator'], authority)) return true;
  const membership = membershipIn(person, authority);
  if (membership === undefined) return false;
  return serviceOf(
    membership.authority,
    membership.roles.map(({ id }) => id),
  ).has(owner);
}
