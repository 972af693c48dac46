import type { Context } from 'hono';
import { VERSION } from './assets.ts';
import type { Env } from './parts.ts';
import { isAny, type Person } from './people.ts';
import { renderTemplate } from './render.ts';

/** What a page shows, beside what all pages show. */
export type Shown = { title: string } & Record<string, unknown>;

const PAGES: { href: string; text: string; only?: 'seniors' }[] = [
  { href: '/', text: 'Overdue' },
  { href: '/coming-up', text: 'Coming up' },
  { href: '/my-duties', text: 'My duties' },
  { href: '/inspections', text: 'Inspections' },
  { href: '/decisions', text: 'Decisions' },
  { href: '/questions', text: 'Questions' },
  { href: '/undeliverable', text: 'Undeliverable', only: 'seniors' },
  { href: '/rules', text: 'Rules' },
];

/** A page for somebody who has signed in, under their council's own name. */
export function page(
  context: Context<Env>,
  template: string,
  shown: Shown,
  status: 200 | 409 | 422 = 200,
): Response | Promise<Response> {
  return context.html(rendered(context, template, shown), status);
}

export function rendered(context: Context<Env>, template: string, shown: Shown): string {
  const { person, formToken } = context.get('session');
  return renderTemplate(template, { ...frame(person, context.req.path), formToken, ...shown });
}

/** A page for anybody. */
export function openPage(template: string, shown: Shown): string {
  return renderTemplate(template, { version: VERSION, ...shown });
}

function frame(person: Person, path: string): object {
  return {
    version: VERSION,
    person,
    council: person.memberships.length === 1 ? person.memberships[0]?.authority.name : undefined,
    navigation: PAGES.filter((each) => each.only === undefined || isAny(person, ['manager', 'administrator'])).map(
      (each) => ({ ...each, current: currentAt(each.href, path) }),
    ),
  };
}

/** As `aria-current` has it: this page itself, or one that belongs to it. */
function currentAt(href: string, path: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  const section = path.startsWith('/start') ? '/inspections' : path;
  return href !== '/' && (section === href || section.startsWith(`${href}/`)) ? 'true' : undefined;
}
