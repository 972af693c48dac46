import { type Context, Hono } from 'hono';
import type { Document } from '../../../domain/documents/document.ts';
import { shortened } from '../../../domain/documents/shortened.ts';
import { download } from '../evidence/download.ts';
import type { Env, WebParts } from '../parts.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { PageProblem, tooManyFiles } from '../problems.ts';
import { renderDocument } from '../render.ts';
import { threadsFor, TookTooLong, TooManyWait } from '../threads.ts';
import type { WordAnswer, WordTask } from './word-thread.ts';

/** Rows and items on a page: it can be read, and loaded on a phone. The file has all. */
const MAX_ON_A_PAGE = 600;
/** How long a file may take, in milliseconds: a plan of 3,000 actions takes some seconds where nothing else runs. */
const MAX_MS = 60_000;
export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** One document at its address, as a page to print; and below it, at `…/word`, as a Word document. */
export interface ServedDocument {
  path: string;
  /** With what its file is called, and whose council's template it is written on: null where it is of none. */
  make(context: Context<Env>): Promise<{ document: Document; name: string; authority: string | null }>;
}

/** Documents are written as Word beside the thread that answers requests, on the council's own template where it has one. */
export function documentRoutes({ register }: Pick<WebParts, 'register'>, served: readonly ServedDocument[]): Hono<Env> {
  const threads = threadsFor<WordTask, WordAnswer>('./word-thread', import.meta.url, MAX_MS);
  const written = async (task: WordTask): Promise<Uint8Array> => {
    try {
      const answer = await threads.run(task);
      if (answer.is === 'written') return answer.bytes;
      throw new PageProblem(
        409,
        'The council’s Word template can’t be used',
        `${answer.sentence} An administrator can take it away, or put another in its place.`,
      );
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
        const { document, name, authority } = await make(context);
        const own = authority === null ? null : await register.templates.inForce(authority);
        const madeOn = localDate(context.get('now'));
        return download({
          name,
          type: WORD_TYPE,
          content: Buffer.from(await written({ document, template: own?.content ?? null, madeOn })),
        });
      });
  return routes;
}
