import type { Context } from 'hono';
import { z } from 'zod';
import { type CivilDate, formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { endOfDay } from '../../domain/audit/audit.ts';
import { type DayFigures, entriesNamed, figuresOf, momentOf, YEARS } from '../../domain/figures/figures.ts';
import { nextDate } from '../../domain/figures/past.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { civilDate, slug } from '../../domain/schemas/common.ts';
import { dateTyped, type FilledForm, type FormField, readForm } from './forms/form.ts';
import type { Env, WebParts } from './parts.ts';
import { notFound } from './problems.ts';

/** The day that is asked about, as people type it. */
export const DAY: FormField = {
  ...{ name: 'on', kind: 'date', label: 'Figures of which day?', optional: true },
  hint: 'Left empty: today.',
  mostlyPast: true as const,
};

/** What an address may ask for. What makes no sense in it is left out, not refused. */
const asked = z.object({
  authority: slug.optional().catch(undefined),
  inspection: slug.optional().catch(undefined),
  years: z.coerce
    .number()
    .refine((n) => YEARS.some((each) => each === n))
    .catch(1),
});

interface AskedFigures {
  authority: Pick<Authority, 'id'>;
  inspection: string | undefined;
  years: number;
  on: CivilDate;
}

export interface FiguresQuery extends AskedFigures {
  authority: Authority;
  day: FilledForm;
}

type BoardOfFigures = Pick<WebParts['register']['board'], 'pastOf' | 'pastSince' | 'namesIn'>;

/**
 * Which figures are asked for: of one of somebody's councils, the first where none is named.
 *
 * @throws PageProblem 404 where it is none of theirs
 */
export function figuresQuery(context: Context<Env>): FiguresQuery {
  const query = asked.parse(context.req.query());
  const { memberships } = context.get('session').person;
  const membership = memberships.find(
    ({ authority }) => query.authority === undefined || authority.id === query.authority,
  );
  if (membership === undefined) throw notFound();
  const today = localDate(context.get('now'));
  const { on: whole, ...parts } = context.req.query();
  // A whole date in an address is the same question.
  const day = readForm([DAY], whole === undefined ? parts : { ...dateTyped(DAY.name, whole), ...parts });
  const on = civilDate.catch(today).parse(day.values['on']);
  if (on > today)
    day.problems.push({
      text: `Figures of which day?: ${formatDate(on)} is still to come; enter today or a day before it`,
      href: '#on-day',
      field: 'on',
    });
  const { inspection, years } = query;
  return { authority: membership.authority, inspection, years, on: day.problems.length > 0 ? today : on, day };
}

/** Figures of a day as they were counted, and for how long they hold. */
interface Kept {
  /** The entry of the council's chain up to which it is certain that nothing else counts. */
  upTo: number;
  /** Instants, UTC: those at which they are the same, from (inclusive) and before. */
  from: string;
  before: string;
  figures: DayFigures;
  inspections: number;
}

/** So many days, of whatever council, are kept: some tens of kilobytes each. */
const MAX_KEPT = 100;

/**
 * Reads the figures that are asked for, with what themes, officers and duties were called; from the register alone. What a day came
 * to is kept, and counted again only when something was recorded that happened on it or before; names are read each time.
 */
export function figuresFrom({ register: { board } }: { register: { board: BoardOfFigures } }) {
  const kept = new Map<string, Kept>();
  const counted = async ({ authority, inspection, years, on }: AskedFigures, now: string): Promise<Kept> => {
    const moment = momentOf(on, now);
    const of = { authority: authority.id, reference: inspection };
    const key = JSON.stringify([of, years, on]);
    const known = kept.get(key);
    const { head, settled, added } = await board.pastSince(of, known?.upTo ?? 0, moment.until);
    // What comes after a day that is over changes nothing of it; of a day that is not, what a clock ahead of ours has told counts soon.
    const isOver = moment.until < now;
    const upTo = isOver ? head : settled;
    kept.delete(key);
    if (known !== undefined && !added && known.from <= moment.until && moment.until < known.before) {
      const again = { ...known, upTo };
      kept.set(key, again);
      return again;
    }
    const pasts = await board.pastOf(of, moment.until);
    const { until } = moment;
    const figures = figuresOf(pasts, moment, years);
    // A day that is over is asked about by its end alone.
    const before = isOver ? momentAfter(until) : (nextDate(pasts, until) ?? endOfDay(on));
    const fresh = { upTo, from: until, before, figures, inspections: pasts.length };
    kept.set(key, fresh);
    for (const [oldest] of kept) if (kept.size > MAX_KEPT) kept.delete(oldest);
    return fresh;
  };
  return async (query: AskedFigures, now: string) => {
    const { figures, inspections } = await counted(query, now);
    const names = await board.namesIn(query.authority.id, entriesNamed(figures));
    return {
      ...figures,
      inspections,
      themes: figures.themes.map((each) => ({ ...each, title: names.get(each.number)?.themeTitle ?? each.theme })),
      load: figures.load.map((each) => ({ ...each, title: names.get(each.number)?.ownerTitle ?? each.owner })),
      farthest: figures.moved.farthest.map((each) => ({
        ...each,
        title: names.get(each.number)?.title ?? each.milestone,
      })),
    };
  };
}

const momentAfter = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString();

export type ReadFigures = ReturnType<typeof figuresFrom>;
export type ShownFigures = Awaited<ReturnType<ReadFigures>>;
