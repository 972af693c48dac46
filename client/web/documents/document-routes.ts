import { type Context, Hono } from 'hono';
import type { Document } from '../../../domain/documents/document.ts';
import { shortened } from '../../../domain/documents/shortened.ts';
import { download } from '../evidence/download.ts';
import type { Env, WebParts } from '../parts.ts';
import { renderDocument } from '../render.ts';
import { wordWriter } from './written-word.ts';

/** Rows and items on a page: it can be read, and loaded on a phone. The file has all. */
const MAX_ON_A_PAGE = 600;
export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** One document at its address, as a page to print; and below it, at `…/word`, as a Word document. */
export interface ServedDocument {
  path: string;
  /** With what its file is called, and whose council's template it is written on: null where it is of none. */
  make(context: Context<Env>): Promise<{ document: Document; name: string; authority: string | null }>;
}

/** Documents are written as Word beside the thread that answers requests, on the council's own template where it has one. */
export function documentRoutes(parts: Pick<WebParts, 'register'>, served: readonly ServedDocument[]): Hono<Env> {
  const words = wordWriter(parts);
  const routes = new Hono<Env>();
  for (const { path, make } of served)
    routes
      .get(path, async (context) => {
        const { document } = await make(context);
        const { pathname, search } = new URL(context.req.url);
        return context.html(renderDocument(shortened(document, MAX_ON_A_PAGE), `${pathname}/word${search}`));
      })
      .get(`${path}/word`, async (context) => {
        const { document, name, authority } = await make(context);
        const content = await words.write(document, authority, context.get('now'));
        return download({ name, type: WORD_TYPE, content });
      });
  return routes;
}
