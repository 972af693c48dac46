import { capitalised } from '../../domain/words.ts';
import type { Context } from 'hono';
import { z } from 'zod';
import type { MilestoneFilter, StandingCounts } from '../../register/board-reads.ts';
import type { FoldedCounts } from '../../register/folded-counts.ts';
import type { FoldedRow, Sort } from '../../register/folded-milestones.ts';
import type { ListedMilestone, PlacedRow } from '../../domain/milestone/columns.ts';
import { workedOut } from '../../domain/milestone/listed.ts';
import {
  type Counted,
  COUNTED,
  COUNTED_NAMES,
  countOf,
  type MilestoneStanding,
  STANDINGS,
} from '../../domain/milestone/statuses.ts';
import { searchWords, slug } from '../../domain/schemas/common.ts';
import { strandName } from '../../domain/schemas/rule-pack.ts';
import { strandTitle } from '../../domain/strands/strand-title.ts';
import { STRANDS_BY_LANE } from '../../domain/strands/strands.ts';
import { type Calendars, calendarsOf } from '../calendars.ts';
import type { Env, WebParts } from './parts.ts';
import { mapTable, namesOf } from '../../domain/closed-table.ts';
import { STRENGTHS } from '../../domain/milestone/strengths.ts';
import { shortly } from './shortly.ts';
import { SORT_NAMES } from './sorted-list.ts';
import { allRoles } from '../../domain/authority/partners.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { authoritiesOf, type Person } from './people.ts';

export const PER_PAGE = 50;

const MAX_PAGES = 100_000;

/** What a list may be asked for in its address. What makes no sense there is left out, not refused. */
const asked = z.object({
  authority: slug.optional().catch(undefined),
  strand: strandName.optional().catch(undefined),
  strength: z.enum(namesOf(STRENGTHS)).optional().catch(undefined),
  owner: slug.optional().catch(undefined),
  status: z
    .enum([...COUNTED_NAMES, 'all'])
    .optional()
    .catch(undefined),
  q: searchWords.optional().catch(undefined),
  /** An inspection's reference, and a cycle of it. */
  inspection: slug.optional().catch(undefined),
  cycle: z
    .string()
    .regex(/^[a-z-]{1,40}\/[\w-]{1,100}$/)
    .optional()
    .catch(undefined),
  /** Each round of a cycle on a row of its own. */
  rounds: z.literal('each').optional().catch(undefined),
  /** Of inspections those that have ended alone. */
  ended: z.literal('only').optional().catch(undefined),
  sort: z.enum(SORT_NAMES).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(MAX_PAGES).catch(1),
});

export type ListQuery = z.infer<typeof asked>;

export const listQuery = (context: Context<Env>): ListQuery => asked.parse(context.req.query());

/** The same of an address that was kept. */
export const queryIn = (address: string): ListQuery =>
  asked.parse(Object.fromEntries(new URLSearchParams(address.slice(address.indexOf('?') + 1))));

/** What of it somebody may see: their own authorities, and nothing where they ask for another's. */
export function filterOf(person: Person, query: ListQuery, otherwise: ListQuery['status']): MilestoneFilter {
  const status = query.status ?? otherwise;
  return {
    authorities: authoritiesOf(person).filter((id) => query.authority === undefined || id === query.authority),
    strand: query.strand,
    strength: query.strength,
    reference: query.inspection,
    cycle: query.cycle,
    owner: query.owner,
    status: status === 'all' ? undefined : status,
    search: query.q,
  };
}

/**
 * Rows as they are shown to somebody, each counted by its authority's own calendar; those of an authority that somebody is
 * nothing in are left out.
 */
async function listed<Row extends PlacedRow>(
  rows: readonly Row[],
  person: Person,
  now: string,
  calendars: Calendars,
): Promise<(Row & ListedMilestone)[]> {
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
    const { calendar, authority } = found;
    // Rows have many columns: each is copied once.
    return [{ ...row, ...workedOut(row, { now, calendar, authorityName: authority.name }) }];
  });
}

/** The standings that a list shows which is narrowed so. */
const summed = (status: Counted | undefined): readonly MilestoneStanding[] =>
  status === undefined ? STANDINGS : COUNTED[status].sums;

/** A page of a list: its rows, how many there are of each standing under its other filters, and how many in all. */
export interface MilestonePage {
  rows: PlacedRow[];
  counts: StandingCounts;
  total: number;
}

/** A page of a folded list: `total` rows that stand for so many duties. */
export interface FoldedPage {
  rows: FoldedRow[];
  counts: FoldedCounts;
  duties: number;
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
  const folded = shortly<FoldedRow[]>();
  const foldedCounts = shortly<FoldedCounts>();
  const calendars = calendarsOf(register);
  return {
    calendars,
    listed: <Row extends PlacedRow>(found: readonly Row[], person: Person, now: string) =>
      listed(found, person, now, calendars),
    async read(now: string, filter: MilestoneFilter, page: { offset: number; limit: number }): Promise<MilestonePage> {
      const { status, ...others } = filter;
      const [shown, counted] = await Promise.all([
        rows.of([filter, page], () => board.milestones(now, filter, page)),
        counts.of(others, () => board.milestoneCounts(now, others)),
      ]);
      const total = summed(status).reduce((sum, each) => sum + counted[each], 0);
      return { rows: shown, counts: counted, total };
    },
    /** The same with the rounds of each cycle in one row, unless each is to stand by itself. */
    async folded(
      now: string,
      filter: MilestoneFilter,
      page: { sort: Sort; each: boolean; offset: number; limit: number },
    ): Promise<FoldedPage> {
      const { status, ...others } = filter;
      const [shown, counted] = await Promise.all([
        folded.of([filter, page], () => board.foldedMilestones(now, filter, page)),
        foldedCounts.of(others, () => board.foldedCounts(now, others)),
      ]);
      const chosen = summed(status).map((each) => counted[each]);
      const sum = (what: 'duties' | 'rows') => chosen.reduce((all, each) => all + each[what], 0);
      return { rows: shown, counts: counted, duties: sum('duties'), total: sum(page.each ? 'duties' : 'rows') };
    },
    /** Rows alone, of a list too long to be kept. */
    rows: board.milestones,
    /** Something has changed here: what was read before is out of date. */
    forget() {
      for (const each of [rows, counts, folded, foldedCounts]) each.forget();
    },
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
  const [own, ...others] = person.memberships;
  const only = others.length === 0 ? own?.authority : undefined;
  return {
    authorities:
      person.memberships.length < 2
        ? []
        : [
            option('', 'All', query.authority),
            ...person.memberships.map(({ authority }) => option(authority.id, authority.name, query.authority)),
          ],
    strengths: [
      option('', 'All', query.strength),
      ...namesOf(STRENGTHS).map((name) => option(name, capitalised(STRENGTHS[name].words), query.strength)),
    ],
    strands: [
      option('', 'All', query.strand),
      ...STRANDS_BY_LANE.map(({ name, title }) =>
        option(name, only === undefined ? title : strandTitle(name, only), query.strand),
      ),
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
export function standingLinks(path: string, query: ListQuery, counts: FoldedCounts, chosen: string) {
  const duties = mapTable(counts, (each) => each.duties);
  return COUNTED_NAMES.map((each) => ({
    href: listHref(path, query, { status: each, page: '1' }),
    text: COUNTED[each].words,
    n: countOf(duties, each),
    current: each === chosen,
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
