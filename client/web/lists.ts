import type { Context } from 'hono';
import { z } from 'zod';
import type { MilestoneFilter, StandingCounts } from '../../register/board-reads.ts';
import type { ListedMilestone, PlacedRow } from '../../domain/milestone/columns.ts';
import { listedMilestone } from '../../domain/milestone/listed.ts';
import { MILESTONE_STANDINGS, STANDINGS } from '../../domain/milestone/statuses.ts';
import { searchWords, slug } from '../../domain/schemas/common.ts';
import { strandName } from '../../domain/schemas/rule-pack.ts';
import { STRANDS_BY_LANE } from '../../domain/strands/strands.ts';
import { type Calendars, calendarsOf } from '../calendars.ts';
import type { Env, WebParts } from './parts.ts';
import { allRoles } from '../../domain/authority/partners.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { authoritiesOf, type Person } from './people.ts';

export const PER_PAGE = 50;
const MAX_PAGES = 100_000;

/** What a list may be asked for in its address. What makes no sense there is left out, not refused. */
const asked = z.object({
  authority: slug.optional().catch(undefined),
  strand: strandName.optional().catch(undefined),
  owner: slug.optional().catch(undefined),
  status: z
    .enum([...STANDINGS, 'all'])
    .optional()
    .catch(undefined),
  q: searchWords.optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(MAX_PAGES).catch(1),
});

export type ListQuery = z.infer<typeof asked>;

export const listQuery = (context: Context<Env>): ListQuery => asked.parse(context.req.query());

/** What of it somebody may see: their own authorities, and nothing where they ask for another's. */
export function filterOf(person: Person, query: ListQuery, otherwise: ListQuery['status']): MilestoneFilter {
  const status = query.status ?? otherwise;
  return {
    authorities: authoritiesOf(person).filter((id) => query.authority === undefined || id === query.authority),
    strand: query.strand,
    owner: query.owner,
    status: status === 'all' ? undefined : status,
    search: query.q,
  };
}

/**
 * Rows as they are shown to somebody, each counted by its authority's own calendar; those of an authority that somebody is
 * nothing in are left out.
 */
async function listed(
  rows: readonly PlacedRow[],
  person: Person,
  now: string,
  calendars: Calendars,
): Promise<ListedMilestone[]> {
  const named = new Set(rows.map((row) => row.authority));
  const theirs = [...person.memberships, ...person.guests].filter(({ authority }) => named.has(authority.id));
  const counting = new Map(
    await Promise.all(
      theirs.map(
        async ({ authority }) => [authority.id, { authority, calendar: await calendars.of(authority) }] as const,
      ),
    ),
  );
  return rows.flatMap((row) => {
    const found = counting.get(row.authority);
    if (found === undefined) return [];
    return [listedMilestone(row, { now, calendar: found.calendar, authorityName: found.authority.name })];
  });
}

/** How long a page of a list may be used again, in milliseconds: well under the two seconds that a page may be old. */
const FRESH_MS = 1000;

/** A page of a list: its rows, how many there are of each standing under its other filters, and how many in all. */
export interface MilestonePage {
  rows: PlacedRow[];
  counts: StandingCounts;
  total: number;
}

/**
 * Pages of milestones; the same one asked for by many at once is read once. How many there are is the same for every page
 * of a list and for each of its standings, and takes longer to read than the rows: it is read once for all of them.
 */
export function milestonePages({ register }: Pick<WebParts, 'register'>) {
  const { board } = register;
  const rows = shortly<PlacedRow[]>();
  const counts = shortly<StandingCounts>();
  const calendars = calendarsOf(register);
  return {
    calendars,
    listed: (found: readonly PlacedRow[], person: Person, now: string) => listed(found, person, now, calendars),
    async read(now: string, filter: MilestoneFilter, page: { offset: number; limit: number }): Promise<MilestonePage> {
      const { status, ...others } = filter;
      const [shown, counted] = await Promise.all([
        rows.of([filter, page], () => board.milestones(now, filter, page)),
        counts.of(others, () => board.milestoneCounts(now, others)),
      ]);
      const total = STANDINGS.reduce(
        (sum, each) => sum + (status === undefined || status === each ? counted[each] : 0),
        0,
      );
      return { rows: shown, counts: counted, total };
    },
    /** Rows alone, of a list too long to be kept. */
    rows: board.milestones,
    /** Something has changed here: what was read before is out of date. */
    forget() {
      rows.forget();
      counts.forget();
    },
  };
}

/** Answers kept by what was asked, for so short a time that nobody sees an old one. */
function shortly<T>() {
  const kept = new Map<string, { at: number; answer: Promise<T> }>();
  return {
    of(asked: object, ask: () => Promise<T>): Promise<T> {
      const key = JSON.stringify(asked);
      const at = performance.now();
      for (const [old, each] of kept) {
        if (at - each.at <= FRESH_MS) break;
        kept.delete(old);
      }
      const known = kept.get(key);
      if (known !== undefined) return known.answer;
      const answer = ask();
      kept.set(key, { at, answer });
      answer.catch(() => kept.delete(key));
      return answer;
    },
    forget: () => kept.clear(),
  };
}

export type MilestonePages = ReturnType<typeof milestonePages>;

/** The choices of a list's filters, each with what is chosen. */
export function filterChoices(person: Person, query: ListQuery) {
  const option = (value: string, text: string, chosen: string | undefined) => ({
    value,
    text,
    selected: value === (chosen ?? ''),
  });
  const roles = new Map(
    person.memberships.flatMap(({ authority }) =>
      allRoles(authority).map(({ id }) => [id, roleTitle(authority, id)] as const),
    ),
  );
  return {
    authorities:
      person.memberships.length < 2
        ? []
        : [
            option('', 'All', query.authority),
            ...person.memberships.map(({ authority }) => option(authority.id, authority.name, query.authority)),
          ],
    strands: [
      option('', 'All', query.strand),
      ...STRANDS_BY_LANE.map(({ name, title }) => option(name, title, query.strand)),
    ],
    owners: [option('', 'All', query.owner), ...[...roles].map(([id, title]) => option(id, title, query.owner))],
  };
}

/** The address of the same list with something changed. */
export function listHref(path: string, query: ListQuery, change: Partial<Record<keyof ListQuery, string>>): string {
  const all: Partial<Record<string, string | number>> = { ...query, ...change };
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(all))
    if (value !== undefined && value !== '' && !(name === 'page' && String(value) === '1'))
      search.set(name, String(value));
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Links to each standing with how many there are. */
export function standingLinks(path: string, query: ListQuery, counts: StandingCounts, chosen: string) {
  return STANDINGS.map((standing) => ({
    href: listHref(path, query, { status: standing, page: '1' }),
    text: MILESTONE_STANDINGS[standing].words,
    n: counts[standing],
    current: standing === chosen,
  }));
}

/** Links to the pages of a list; null where one page holds it. */
export function pagination(path: string, query: ListQuery, total: number, perPage = PER_PAGE) {
  const pages = Math.ceil(total / perPage);
  if (pages < 2) return null;
  const near = [1, query.page - 1, query.page, query.page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const shown = [...new Set(near)].sort((a, b) => a - b);
  const link = (n: number) => listHref(path, query, { page: String(n) });
  return {
    landmarkLabel: 'Pages of the list',
    previous: query.page > 1 ? { href: link(query.page - 1) } : undefined,
    next: query.page < pages ? { href: link(query.page + 1) } : undefined,
    items: shown.flatMap((n, index) => [
      ...(index > 0 && n - (shown[index - 1] ?? 0) > 1 ? [{ ellipsis: true }] : []),
      { number: n, href: link(n), current: n === query.page },
    ]),
  };
}
