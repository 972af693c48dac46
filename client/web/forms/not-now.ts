import type { Context } from 'hono';
import type { Refusal } from '../../../domain/refusal.ts';
import { page } from '../page.ts';
import type { Env } from '../parts.ts';

/** What the page names of a form that is not shown. */
interface Asked {
  title: string;
  back: string;
  inspection: string;
  subject: string;
}

/** In place of a form whose command would be refused whatever is typed: why, before they type. */
export const notNow = (context: Context<Env>, { title, back, inspection, subject }: Asked, why: Refusal) =>
  page(context, 'not-now.html', { title, back, inspection, subject, why: why.message });
