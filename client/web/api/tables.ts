import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { stringify } from 'csv-stringify/sync';
import type { Context } from 'hono';
import { namesOf } from '../../../domain/closed-table.ts';
import { slug } from '../../../domain/schemas/common.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env } from '../parts.ts';
import { authoritiesOf, authoritiesWith, type Person } from '../people.ts';
import { notYours, PageProblem } from '../problems.ts';
import { FLAT_TABLES, type FlatRow, type FlatTableName } from './flat-tables.ts';
import { problem, type Problems } from './schemas.ts';

const MAX_ROWS = 1000;
const SENIORS = ['manager', 'administrator'] as const;

const query = z.strictObject({
  format: z.enum(['json', 'csv']).default('json').openapi({
    description: 'JSON comes a page at a time, each with the address of the next; CSV comes whole',
  }),
  authority: slug.optional().openapi({ description: 'One council alone' }),
  since: z.iso.datetime({ offset: true }).optional().openapi({
    description:
      'Only what has changed since this instant, itself included. Begin a little before the last load: what was on its way then comes too',
    example: '2026-11-27T00:00:00Z',
  }),
  after: z.string().max(600).optional().openapi({ description: 'Where to go on: the address of the next page has it' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_ROWS)
    .default(MAX_ROWS)
    .openapi({ description: 'Rows on a page of JSON' }),
});

const forbidden = {
  description: 'Only managers and administrators load it',
  content: { 'application/problem+json': { schema: problem } },
};

/** Whole tables for programs: one flat table at one address each. */
export function tableRoutes(
  api: OpenAPIHono<Env>,
  { register, boardUrl }: AppParts,
  pages: MilestonePages,
  problems: Problems,
): void {
  for (const name of namesOf(FLAT_TABLES)) {
    const table = FLAT_TABLES[name];
    const body = z.object({
      items: z.array(table.row),
      next: z.string().nullable().openapi({ description: 'The address of the next page; null on the last' }),
    });
    api.openapi(
      createRoute({
        method: 'get',
        path: `/api/v1/tables/${name}`,
        summary: `Whole table. ${table.summary}`,
        request: { query },
        responses: {
          200: {
            description: 'Rows of it',
            content: { 'application/json': { schema: body }, 'text/csv': { schema: z.string() } },
          },
          ...problems,
          ...(table.seniors === true ? { 403: forbidden } : {}),
        },
      }),
      async (context) => {
        const { format, authority, since, after, limit } = context.req.valid('query');
        const { person } = context.get('session');
        const authorities = readable(person, name).filter((id) => authority === undefined || id === authority);
        const wanted = {
          authorities,
          since: since === undefined ? undefined : new Date(since).toISOString(),
          limit: format === 'csv' ? MAX_ROWS : limit,
        };
        const read = (from: readonly string[] | undefined) =>
          table.read({ register, pages, person, now: context.get('now') }, { ...wanted, after: from });
        const from = after === undefined ? undefined : placeIn(after, table);
        const first = await read(from);
        if (format === 'csv')
          return context.body(wholeAsCsv(first, read, namesOf(table.row.shape)), 200, {
            'Content-Type': 'text/csv; charset=utf-8',
            'Content-Disposition': `attachment; filename="${name}.csv"`,
          });
        const { rows, next } = first;
        const address = next === undefined ? null : nextAddress(context, boardUrl, next);
        if (address !== null) context.header('Link', `<${address}>; rel="next"`);
        return context.json({ items: rows, next: address }, 200);
      },
    );
  }
}

/** @throws PageProblem 403 where only others may load it */
function readable(person: Person, name: FlatTableName): string[] {
  if (FLAT_TABLES[name].seniors !== true) return authoritiesOf(person);
  const own = authoritiesWith(person, SENIORS);
  if (own.length === 0) throw notYours('Managers and administrators load what became of mail.');
  return own;
}

const placeAsText = (place: readonly string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws PageProblem 422 */
function placeIn(after: string, { place }: (typeof FLAT_TABLES)[FlatTableName]): readonly string[] {
  try {
    return place.parse(JSON.parse(Buffer.from(after, 'base64url').toString()));
  } catch {
    throw new PageProblem(
      422,
      'What was asked makes no sense',
      'after: expected what the address of the next page has',
    );
  }
}

function nextAddress(context: Context<Env>, boardUrl: string, next: readonly string[]): string {
  const asked = new URL(context.req.url);
  const address = new URL(`${asked.pathname}${asked.search}`, boardUrl);
  address.searchParams.set('after', placeAsText(next));
  return address.href;
}

type Reader = (after: readonly string[] | undefined) => ReturnType<(typeof FLAT_TABLES)[FlatTableName]['read']>;

/**
 * The whole of a table, a part at a time, as fast as it is taken. Where it can't be read to its end the stream fails, which breaks
 * the connection off, so that no part of it passes for the whole.
 *
 * @param first its first part
 */
export function wholeAsCsv(
  first: Awaited<ReturnType<Reader>>,
  read: Reader,
  columns: readonly string[],
): ReadableStream<Uint8Array> {
  let { next } = first;
  return new ReadableStream<string>({
    start(out) {
      out.enqueue(csvOf(first.rows, columns, true));
    },
    async pull(out) {
      if (next === undefined) {
        out.close();
        return;
      }
      const part = await read(next);
      next = part.next;
      out.enqueue(csvOf(part.rows, columns, false));
    },
  }).pipeThrough(new TextEncoderStream());
}

/** Dates and instants as in JSON, so that a program reads them in every country; cells that a spreadsheet would take for a formula are kept as text. */
const csvOf = (rows: readonly FlatRow[], columns: readonly string[], first: boolean): string =>
  stringify(
    rows.map((row) => columns.map((column) => cellOf(row[column] ?? null))),
    { columns: [...columns], header: first, bom: first, escape_formulas: true },
  );

const cellOf = (cell: FlatRow[string]): string | number =>
  cell === null ? '' : typeof cell === 'boolean' ? String(cell) : typeof cell === 'object' ? cell.join('; ') : cell;
