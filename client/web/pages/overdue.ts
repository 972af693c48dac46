import { Hono } from 'hono';
import {
  filterChoices,
  filterOf,
  listHref,
  listQuery,
  type MilestonePages,
  pagination,
  PER_PAGE,
  standingLinks,
} from '../lists.ts';
import { formatMonth } from '../../../domain/calendar/civil-date.ts';
import { findRole } from '../../../domain/authority/roles.ts';
import type { FoldedRow } from '../../../register/folded-milestones.ts';
import { isAny, membershipIn, type Person } from '../people.ts';
import { sortChoices, sortHeads, sortInWords, sortOf } from '../sorted-list.ts';
import { LISTS, type ListedMilestone } from '../../../domain/milestone/columns.ts';
import { COUNTED } from '../../../domain/milestone/statuses.ts';
import { TASKS } from '../chosen/tasks.ts';
import { peoplePagesOf } from '../administration/council.ts';
import { csvAnswer, csvOf } from '../duties-csv.ts';
import { leftOutOf } from '../left-out.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';

/** Rows of a table that a spreadsheet opens: more are not read at once, and between them others get their pages. */
const CSV_PAGE = 1000;

/** The first page: what is overdue, the longest first; and the same list by any other standing. */
export function overdueRoutes({ register }: Pick<WebParts, 'register'>, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .on('GET', ['/', '/overdue'], async (context) => {
      const { person } = context.get('session');
      // A partner's officer sees their own duties, and no list of the council's.
      if (person.memberships.length === 0) return context.redirect('/my-duties', 303);
      const now = context.get('now');
      const query = listQuery(context);
      const filter = filterOf(person, query, 'overdue');
      const status = query.status ?? 'overdue';
      const each = query.rounds === 'each' || query.cycle !== undefined;
      const sort = sortOf(query.sort);
      const place = { sort, each, offset: (query.page - 1) * PER_PAGE, limit: PER_PAGE };
      const { rows, counts, duties, total } = await pages.folded(now, filter, place);
      const heads = LISTS.board.map((name) => (name === 'workingDaysLate' && status !== 'overdue' ? 'standing' : name));
      const [listed, views, leftOut] = await Promise.all([
        pages.listed(rows, person, now),
        register.board.viewsOf(person.email),
        leftOutOf({ register }, now, filter.authorities),
      ]);
      const here = listHref('/overdue', query, { page: '1' });
      return page(context, 'overdue.html', {
        title: status === 'overdue' ? 'Overdue' : status === 'all' ? 'All duties' : COUNTED[status].words,
        rows: listed.map((row) =>
          Object.assign(row, { holder: holderOf(person, row), others: each ? undefined : othersOf(row) }),
        ),
        heads,
        sorts: sortHeads(heads, sort, (name) => listHref('/overdue', { ...query, page: 1 }, { sort: name })),
        sortChoices: sortChoices(heads, query.sort),
        sorted: sortInWords(sort),
        duties,
        total,
        status,
        leftOut,
        query,
        filtered: FILTERS.some((name) => query[name] !== undefined),
        several: person.memberships.length > 1,
        peoplePages: peoplePagesOf(person),
        choices: filterChoices(person, query),
        standings: standingLinks('/overdue', query, counts, status),
        pagination: pagination('/overdue', query, total),
        here,
        views: views.map((view) => ({ ...view, current: view.chosen === here })),
        from: listHref('/overdue', query, {}),
        tasks: isAny(person, ['manager', 'administrator'])
          ? Object.entries(TASKS).map(([name, { button }]) => ({ name, button }))
          : [],
        choosing: true,
        allChosen: context.req.query('chosen') === 'all',
        chooseAll: `${listHref('/overdue', query, {})}${listHref('/overdue', query, {}).includes('?') ? '&' : '?'}chosen=all`,
        csv: listHref('/overdue.csv', { ...query, page: 1 }, {}),
      });
    })
    .get('/overdue.csv', async (context) => {
      const { person } = context.get('session');
      const now = context.get('now');
      const filter = filterOf(person, listQuery(context), 'overdue');
      const parts: string[] = [];
      for (let offset = 0; ; offset += CSV_PAGE) {
        const rows = await pages.rows(now, filter, { offset, limit: CSV_PAGE });
        parts.push(csvOf(await pages.listed(rows, person, now), offset === 0));
        if (rows.length < CSV_PAGE) break;
      }
      return csvAnswer(context, parts.join(''), now);
    });
}

/** What narrows a list, beside its standing. */
const FILTERS = ['authority', 'strand', 'strength', 'owner', 'q', 'inspection', 'cycle'] as const;

/** Who holds the owner's role now: their address, by the authority on file; undefined where nobody does. */
function holderOf({ memberships }: Person, { authority, owner }: FoldedRow): string | undefined {
  const found = membershipIn({ memberships }, authority);
  return found === undefined ? undefined : findRole(found.authority, owner)?.email;
}

/** The other rounds of its cycle that a row stands for, in words, and where they are listed; undefined where it stands alone. */
function othersOf(row: FoldedRow & ListedMilestone): { text: string; href: string } | undefined {
  const { rounds, roundsSince, missed, missedSince, cycle, authority, reference, standing } = row;
  if (cycle === null || (rounds === 1 && (missed === 0 || standing === 'missed'))) return undefined;
  const isLate = standing === 'overdue';
  const status = isLate && missed > 0 ? 'all' : standing;
  const href = listHref('/overdue', { authority, inspection: reference, cycle, status, page: 1 }, {});
  const since = formatMonth(missedSince !== null && isLate && missedSince < roundsSince ? missedSince : roundsSince);
  if (isLate && rounds > 1) return { text: `${rounds + missed} missed, since ${since}`, href };
  // Its title says how many: docs/decisions/0020-folded-misses.md.
  if (rounds === 1) return { text: 'See each round', href };
  return { text: standing === 'open' ? `The next of ${rounds} rounds` : `${rounds} rounds, since ${since}`, href };
}
