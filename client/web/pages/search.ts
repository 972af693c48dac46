import { Hono } from 'hono';
import { partnerOf } from '../../../domain/authority/partners.ts';
import { searchWords } from '../../../domain/schemas/common.ts';
import { hasWords, rolesWith } from '../found-roles.ts';
import { saidOnce, shownText, shownWords } from '../found-words.ts';
import { listHref, type MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, mayLookAt, type Membership, type Person } from '../people.ts';

/** Of each kind so many are shown: whoever sees more than these adds a word. */
const SHOWN = 20;

/** What is looked for from every page: duties of every status, inspections, recommendations, measures, decisions, what people have written, people and roles. */
export function searchRoutes({ register }: Pick<WebParts, 'register'>, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/search', async (context) => {
    const { person } = context.get('session');
    const typed = context.req.query('q')?.trim() ?? '';
    if (typed === '') return page(context, 'search.html', { title: 'Search', sought: '' });
    const read = searchWords.safeParse(typed);
    if (!read.success) {
      const text = 'Search for words of 100 characters or fewer, without control characters';
      const problems = [{ text, href: '#search' }];
      return page(context, 'search.html', { title: 'Search', sought: typed.slice(0, 100), problems }, 422);
    }
    const sought = read.data;
    const found = await register.board.searchFor(sought, searchedBy(person), SHOWN + 1);
    const duties = (await pages.listed(found.duties, person, context.get('now'))).filter((row) =>
      maySee(person, row.authority, row),
    );
    const roles = rolesWith(
      sought,
      person.memberships.map(({ authority }) => authority),
    ).map(({ authority, ...role }) => ({
      ...role,
      council: authority.name,
      href: listHref('/overdue', { authority: authority.id, owner: role.id, status: 'all', page: 1 }, {}),
    }));
    const groups = {
      duties: shown(duties),
      inspections: shown(found.inspections),
      words: shown(found.words.map(shownWords)),
      texts: shown(saidOnce(found.texts).map((each) => shownText(each, sought))),
      roles: shown(roles),
    };
    const nothing = Object.values(groups).every(({ rows }) => rows.length === 0);
    return page(context, 'search.html', {
      title: nothing ? `No results for “${sought}”` : `Results for “${sought}”`,
      sought,
      searched: true,
      nothing,
      hasWords: hasWords(sought),
      several: person.memberships.length > 1,
      isGuest: person.memberships.length === 0,
      ...groups,
    });
  });
}

const shown = <Row>(rows: readonly Row[]): { rows: Row[]; more: boolean } => ({
  rows: rows.slice(0, SHOWN),
  more: rows.length > SHOWN,
});

/** All of somebody's own councils; of another only what a partner's role may look at. */
const searchedBy = (person: Person) => ({
  authorities: authoritiesOf(person),
  roles: person.guests.flatMap((guest) =>
    guest.roles.flatMap(({ id }) => besideAndBelow(guest, id).map((role) => ({ authority: guest.authority.id, role }))),
  ),
});

/** The roles whose duties a partner's role may look at, as far as a search narrows; {@link mayLookAt} has the last word. */
function besideAndBelow({ authority }: Membership, role: string): string[] {
  const roles = partnerOf(authority, role)?.roles ?? [];
  return roles.some(({ id, capacity }) => id === role && capacity === 'manager') ? roles.map(({ id }) => id) : [role];
}

function maySee(person: Person, authority: string, row: Parameters<typeof mayLookAt>[2]): boolean {
  if (authoritiesOf(person).includes(authority)) return true;
  return person.guests.some(
    (guest) => guest.authority.id === authority && guest.roles.some(({ id }) => mayLookAt(guest.authority, id, row)),
  );
}
