import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { pageOfForm } from './forms/page-of-form.ts';
import { exampleDaysOn } from './forms/example-days.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { VERSION } from './assets.ts';
import { linksFor, type PageLink } from './navigation.ts';
import type { Env } from './parts.ts';
import type { Person } from './people.ts';
import { renderTemplate } from './render.ts';

/** What a page shows, beside what all pages show. */
export type Shown = { title: string } & Record<string, unknown>;

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
  const { path } = context.req;
  // Each form has an id of its own, under which what is sent has one effect.
  const formAt = (action: string): string =>
    `${action}?form=${context.get('forms').make(person.email, pageOfForm(action))}`;
  const demonstration = context.get('demonstration');
  return renderTemplate(template, {
    ...frame(person, path, context.get('links')),
    ...(demonstration === undefined ? {} : { demonstration }),
    ...{ formToken, formAt, exampleDays: exampleDaysOn(localDate(context.get('now'))) },
    ...shown,
  });
}

/** A page that says what went wrong: with the menu, for somebody who has signed in. */
export function problemPage(
  context: Context<Env>,
  shown: Record<'title' | 'detail', string>,
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  // What went wrong may have done so before anybody knew who asks.
  const { session, links }: Partial<Env['Variables']> = context.var;
  const isFramed = session !== undefined && links !== undefined;
  return context.html(isFramed ? rendered(context, 'problem.html', shown) : openPage('problem.html', shown), status);
}

/** A page for anybody. */
export function openPage(template: string, shown: Shown): string {
  return renderTemplate(template, { version: VERSION, ...shown });
}

function frame(person: Person, path: string, links: readonly PageLink[]): object {
  return {
    version: VERSION,
    person,
    council: person.memberships.length === 1 ? person.memberships[0]?.authority.name : undefined,
    ...linksFor(person, path, links),
  };
}
