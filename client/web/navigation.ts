import type { Capacity } from '../../domain/schemas/authority.ts';
import { isAny, type Person } from './people.ts';

/** A link that every page has. */
export interface PageLink {
  href: string;
  text: string;
  in: 'navigation' | 'footer';
  /** What its page is for, in a sentence that the page itself says. */
  about: string;
  /** Whom it is shown to, where that is not everybody. */
  only?: Audience;
}

/** People by what they may in any of their councils. */
type Audience = 'seniors' | 'administrators' | 'all but owners';

const CAPACITIES_OF: Readonly<Record<Audience, readonly Capacity[]>> = {
  seniors: ['manager', 'administrator'],
  administrators: ['administrator'],
  'all but owners': ['manager', 'administrator', 'member'],
};

/** What a partner's officer sees of the navigation. */
const OF_GUESTS: readonly string[] = ['/my-duties', '/feeds'];

/** The links that somebody sees on a page, each where it stands; the one that leads here is marked. */
export function linksFor(
  person: Person,
  path: string,
  links: readonly PageLink[],
): Record<PageLink['in'], { href: string; text: string; current: 'page' | 'true' | undefined }[]> & {
  /** What the page is for: no name of what a page may show besides. */
  pageIsFor: string | undefined;
} {
  const isGuest = person.memberships.length === 0;
  const shown = links.filter((each) =>
    isGuest
      ? each.in === 'footer' || OF_GUESTS.includes(each.href)
      : each.only === undefined || isAny(person, CAPACITIES_OF[each.only]),
  );
  const of = (place: PageLink['in']) =>
    shown.filter((each) => each.in === place).map(({ href, text }) => ({ href, text, current: currentAt(href, path) }));
  const pageIsFor = links.find(({ href }) => href === path)?.about;
  return { navigation: of('navigation'), footer: of('footer'), pageIsFor };
}

/** As `aria-current` has it: this page itself, or one that belongs to it. */
function currentAt(href: string, path: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  // The board's own address is the list of what is overdue, for whom it leads nowhere else.
  const section = path.startsWith('/start') ? '/inspections' : path === '/' ? '/overdue' : path;
  return href !== '/' && (section === href || section.startsWith(`${href}/`)) ? 'true' : undefined;
}
