import { isAny, type Person } from './people.ts';

/** A link that every page has. */
export interface PageLink {
  href: string;
  text: string;
  in: 'navigation' | 'footer';
  /** Whom it is shown to, where that is not everybody. */
  only?: 'seniors';
}

/** What a partner's officer sees of the navigation. */
const OF_GUESTS: readonly string[] = ['/my-duties', '/feeds'];

/** The links that somebody sees on a page, each where it stands; the one that leads here is marked. */
export function linksFor(
  person: Person,
  path: string,
  links: readonly PageLink[],
): Record<PageLink['in'], { href: string; text: string; current: 'page' | 'true' | undefined }[]> {
  const isGuest = person.memberships.length === 0;
  const shown = links.filter((each) =>
    isGuest
      ? each.in === 'footer' || OF_GUESTS.includes(each.href)
      : each.only === undefined || isAny(person, ['manager', 'administrator']),
  );
  const of = (place: PageLink['in']) =>
    shown.filter((each) => each.in === place).map(({ href, text }) => ({ href, text, current: currentAt(href, path) }));
  return { navigation: of('navigation'), footer: of('footer') };
}

/** As `aria-current` has it: this page itself, or one that belongs to it. */
function currentAt(href: string, path: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  const section = path.startsWith('/start') ? '/inspections' : path;
  return href !== '/' && (section === href || section.startsWith(`${href}/`)) ? 'true' : undefined;
}
