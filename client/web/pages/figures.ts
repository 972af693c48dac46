import { type Context, Hono } from 'hono';
import { FIGURES_RULE, ofDay, YEARS } from '../../../domain/figures/figures.ts';
import { LOAD_RULE } from '../../../domain/figures/load.ts';
import { DISTANCES, MOVED_RULE } from '../../../domain/figures/moved-dates.ts';
import { dueIn, ON_TIME_RULE } from '../../../domain/figures/on-time.ts';
import { THEMES_RULE } from '../../../domain/figures/themes.ts';
import { WEEKS_RULE } from '../../../domain/figures/weeks.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { inShort } from '../../../domain/in-short.ts';
import { RAGS, placeByRag } from '../../../domain/progress/progress.ts';
import { DAY, figuresFrom, figuresQuery, type FiguresQuery, type ShownFigures } from '../figures.ts';
import { shownFields } from '../forms/form.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import type { Person } from '../people.ts';
import { PageProblem } from '../problems.ts';
import { onTimeSvg, ratesOf } from '../pictures/on-time.ts';
import { ratingsSvg } from '../pictures/ratings.ts';
import { weeksSvg } from '../pictures/weeks.ts';

/** Inspections that one can choose among. */
const MAX_INSPECTIONS = 500;
/** Rows of the page for a board: it is one page. */
const OF_A_BOARD = { quarters: 4, themes: 6, farthest: 3, load: 6 };
/** Characters of a title there. */
const LINE = 70;

const RULES = {
  all: FIGURES_RULE,
  onTime: ON_TIME_RULE,
  weeks: WEEKS_RULE,
  themes: THEMES_RULE,
  moved: MOVED_RULE,
  load: LOAD_RULE,
};

/** How a council keeps its dates, by the record alone; and the same on one page for a board. */
export function figureRoutes({ register }: Pick<WebParts, 'register'>): Hono<Env> {
  const readFigures = figuresFrom({ register });
  return new Hono<Env>()
    .get('/figures', async (context) => {
      const query = figuresQuery(context);
      const now = context.get('now');
      const { rows } = await register.board.inspections(
        now,
        { authorities: [query.authority.id] },
        { offset: 0, limit: MAX_INSPECTIONS },
      );
      const { problems } = query.day;
      const figures = await readFigures(query, now);
      return page(
        context,
        'figures.html',
        {
          title: 'Figures',
          ...shown(figures, query),
          problems,
          choices: choicesOf(context.get('session').person, query, rows),
          fields: shownFields([DAY], query.day),
          search: searchOf(context),
        },
        problems.length > 0 ? 422 : 200,
      );
    })
    .get('/figures/print', async (context) => {
      const query = figuresQuery(context);
      const [problem] = query.day.problems;
      // On paper nobody sees which day was asked for.
      if (problem !== undefined) throw new PageProblem(422, 'There are no figures of that day', `${problem.text}.`);
      const figures = await readFigures(query, context.get('now'));
      const { rows } = await register.board.inspections(
        context.get('now'),
        { authorities: [query.authority.id], reference: query.inspection ?? '' },
        { offset: 0, limit: 1 },
      );
      return page(context, 'figures-print.html', {
        title: 'Figures for the board',
        ...shown(forBoard(figures), query),
        of: rows[0]?.title,
        more: figures.themes.length > OF_A_BOARD.themes || figures.load.length > OF_A_BOARD.load,
        search: searchOf(context),
      });
    });
}

/** The same question, to be asked of the other page. */
const searchOf = (context: Context<Env>): string => new URL(context.req.url).search;

function choicesOf(
  { memberships }: Person,
  { authority, inspection, years }: FiguresQuery,
  inspections: readonly { reference: string; title: string }[],
) {
  const option = (value: string, text: string, chosen: string) => ({ value, text, selected: value === chosen });
  return {
    authorities:
      memberships.length < 2
        ? []
        : memberships.map((each) => option(each.authority.id, each.authority.name, authority.id)),
    inspections: [
      option('', 'All', inspection ?? ''),
      ...inspections.map(({ reference, title }) => option(reference, `${title} (${reference})`, inspection ?? '')),
    ],
    years: YEARS.map((n) => option(String(n), n === 1 ? '1 year' : `${n} years`, String(years))),
  };
}

/** What fits one page: of the themes those that stand worst. */
const forBoard = (figures: ShownFigures): ShownFigures => ({
  ...figures,
  quarters: figures.quarters.slice(-OF_A_BOARD.quarters),
  ratedOn: figures.ratedOn.slice(-OF_A_BOARD.quarters),
  themes: figures.themes
    .toSorted((a, b) => placeByRag(a.stood.at(-1)?.rag) - placeByRag(b.stood.at(-1)?.rag))
    .slice(0, OF_A_BOARD.themes)
    .map((each) => ({ ...each, title: inShort(each.title, LINE), stood: each.stood.slice(-OF_A_BOARD.quarters) })),
  farthest: figures.farthest
    .slice(0, OF_A_BOARD.farthest)
    .map((each) => ({ ...each, title: inShort(each.title, LINE) })),
  load: figures.load.slice(0, OF_A_BOARD.load).map((each) => ({ ...each, title: inShort(each.title, LINE) })),
});

/** What both pages show. */
function shown(figures: ShownFigures, { authority, years }: FiguresQuery) {
  const { quarters, weeks, themes, ratedOn, moved, load } = figures;
  const last = quarters.at(-1);
  return {
    ...{ authority, years, rules: RULES, ofDay: ofDay(figures), distances: DISTANCES, rags: RAGS },
    figures: {
      ...figures,
      quarters: quarters.map((each) => ({ ...each, due: dueIn(each), ...ratesOf(each) })),
      ...{ weeks: weeks.toReversed(), now: weeks.at(-1) },
      distances: namesOf(DISTANCES).map((name) => ({ words: DISTANCES[name].words, n: moved.byDistance[name] })),
      mostMoved: Math.max(1, ...Object.values(moved.byDistance)),
      mostLoad: Math.max(1, ...load.map(({ open }) => open)),
      lastQuarter: last === undefined ? undefined : { ...last, due: dueIn(last), ...ratesOf(last) },
    },
    pictures: {
      onTime: onTimeSvg(quarters),
      weeks: weeksSvg(weeks, 'weeks'),
      ratings: ratingsSvg(
        themes.map(({ title, stood }) => ({ title, rags: stood.map((each) => each?.rag ?? null) })),
        ratedOn,
        'ratings',
      ),
    },
  };
}
