import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { COUNTED, COUNTED_NAMES, type Counted } from '../../../domain/milestone/statuses.ts';
import { strandName } from '../../../domain/schemas/rule-pack.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { strandTitle } from '../../../domain/strands/strand-title.ts';
import { STRANDS_BY_LANE } from '../../../domain/strands/strands.ts';
import type { StrandCount } from '../../../register/inspection-reads.ts';
import { isLeft, tabsOf } from '../inspection/tabs.ts';
import { seenInspection } from '../inspections.ts';
import { listHref, listQuery, type ListQuery, type MilestonePages, pagination, PER_PAGE } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';

/** What of a list's address this one heeds. What makes no sense there is left out, not refused. */
const asked = z.object({
  strand: strandName.optional().catch(undefined),
  status: z.enum(COUNTED_NAMES).optional().catch(undefined),
});

/** Every duty of one inspection, by kind of duty and by where it stands: those that have ended too. */
export function inspectionDutyRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const { ofInspection } = parts.register.board;
  return new Hono<Env>().get('/inspections/:authority/:reference/duties', async (context) => {
    const seen = await seenInspection(context, parts);
    const now = context.get('now');
    const query = queryOf(context);
    const filter = { strand: query.strand, standing: query.status };
    const [counts, rows, runs] = await Promise.all([
      ofInspection.counts(seen.summary, now),
      ofInspection.duties(seen.summary, now, filter, { offset: (query.page - 1) * PER_PAGE, limit: PER_PAGE }),
      isLeft(parts, seen),
    ]);
    const total = sumOf(counts, query);
    const path = context.req.path;
    return page(context, 'inspection-duties.html', {
      title: 'Duties',
      ...seen,
      tabs: tabsOf(seen, 'duties', { runs }),
      rows: await pages.listed(rows, context.get('session').person, now),
      total,
      kind: query.strand === undefined ? undefined : strandTitle(query.strand, seen.membership.authority),
      standing: query.status === undefined ? undefined : COUNTED[query.status].words,
      kinds: kindLinks(path, query, counts, seen.membership.authority),
      standings: standingLinks(path, query, counts),
      pagination: pagination(path, query, total),
    });
  });
}

type Query = ListQuery & { status?: Counted | undefined };

function queryOf(context: Context<Env>): Query {
  const { page: number } = listQuery(context);
  return { ...asked.parse(context.req.query()), page: number };
}

const sumOf = (counts: readonly StrandCount[], { strand, status }: Pick<Query, 'strand' | 'status'>): number =>
  counts
    .filter(
      (each) =>
        (strand ?? each.strand) === each.strand &&
        (status === undefined || COUNTED[status].sums.includes(each.standing)),
    )
    .reduce((sum, { n }) => sum + n, 0);

/** Links to each kind of duty that there is, with how many. */
function kindLinks(path: string, query: Query, counts: readonly StrandCount[], authority: Authority) {
  const all = STRANDS_BY_LANE.flatMap(({ name }) => {
    const n = sumOf(counts, { status: query.status, strand: name });
    if (!counts.some(({ strand }) => strand === name)) return [];
    return [
      {
        ...{ href: listHref(path, query, { strand: name, page: '1' }), text: strandTitle(name, authority) },
        ...{ n, current: query.strand === name },
      },
    ];
  });
  const everything = {
    href: listHref(path, query, { strand: '', page: '1' }),
    text: 'Every kind',
    n: sumOf(counts, { status: query.status }),
    current: query.strand === undefined,
  };
  return [everything, ...all];
}

/** Links to each standing, with how many. */
function standingLinks(path: string, query: Query, counts: readonly StrandCount[]) {
  const links = COUNTED_NAMES.flatMap((status) => {
    const n = sumOf(counts, { strand: query.strand, status });
    if (n === 0 && status !== query.status) return [];
    const href = listHref(path, query, { status, page: '1' });
    return [{ href, text: COUNTED[status].words, n, current: query.status === status }];
  });
  const href = listHref(path, query, { status: '', page: '1' });
  const n = sumOf(counts, { strand: query.strand });
  return [{ href, text: 'All', n, current: query.status === undefined }, ...links];
}
