import { type Context, Hono } from 'hono';
import type { Document } from '../../../domain/documents/document.ts';
import { shortened } from '../../../domain/documents/shortened.ts';
import { download } from '../evidence/download.ts';
import type { Env } from '../parts.ts';
import { tooManyFiles } from '../problems.ts';
import { renderDocument } from '../render.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';

/** Rows and items on a page: it can be read, and loaded on a phone. The file has all. */
const MAX_ON_A_PAGE = 600;
/** How long a file may take, in milliseconds: a plan of 3,000 actions takes some seconds where nothing else runs. */
const MAX_MS = 60_000;
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** One document at its address, as a page to print; and below it, at `…/word`, as a Word document. */
export interface ServedDocument {
  path: string;
  /** With what its file is called. */
  make(context: Context<Env>): Promise<{ document: Document; name: string }>;
}

/** Documents are written as Word beside the thread that answers requests. */
export function documentRoutes(served: readonly ServedDocument[]): Hono<Env> {
  const threads = threadsFor<Document, Uint8Array>('./word-thread', import.meta.url, MAX_MS);
  const written = async (document: Document): Promise<Uint8Array> => {
    try {
      return await threads.run(document);
    } catch (error) {
      if (error instanceof TooManyWait || error instanceof TookTooLong) throw tooManyFiles('Nothing was written.');
      throw error;
    }
  };
  const routes = new Hono<Env>();
  for (const { path, make } of served)
    routes
      .get(path, async (context) => {
        const { document } = await make(context);
        const { pathname, search } = new URL(context.req.url);
        return context.html(renderDocument(shortened(document, MAX_ON_A_PAGE), `${pathname}/word${search}`));
      })
      .get(`${path}/word`, async (context) => {
        const { document, name } = await make(context);
        return download({ name, type: TYPE, content: Buffer.from(await written(document)) });
      });
  return routes;
}
