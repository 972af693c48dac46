import { instantAt, localDate } from '../calendar/london.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { type Home, HOMES } from '../closing/homes.ts';
import { INSPECTION_STATUSES, type InspectionStatus } from '../lifecycle/inspection-status.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import { standingOf } from '../milestone/milestone-state.ts';
import { hasLapsed, MILESTONE_STANDINGS, MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { isAction } from '../progress/standing-shown.ts';

/** Which entry of the council's chain something says the state after: its number, and its hash. */
export interface AsOfEntry {
  number: number;
  hash: string;
}

/** What the register has of an inspection as of an entry. */
export interface PublicFacts {
  authority: string;
  reference: string;
  title: string;
  status: InspectionStatus;
  rows: readonly MilestoneRow[];
  /** Each duty that was not finished when the inspection was closed, by its id, with where it goes; undefined where that was erased. */
  homes: ReadonlyMap<string, Home | undefined>;
  /** The titles of inspections in which its actions go on, by their references: of those alone whose own pages are public. */
  titles: ReadonlyMap<string, string>;
  entry: AsOfEntry;
}

/** An action as the public reads it: no role, no person, no address, no note. */
export interface PublicAction {
  title: string;
  /** Empty where it is in no theme. */
  theme: string;
  /** By the numbers of the published report. */
  recommendations: string[];
  originalDate: CivilDate;
  date: CivilDate;
  status: string;
  rating: string;
  /** Where it goes, where it was not finished when the inspection was closed. */
  outcome?: string;
}

/** The public page as data: what it shows, and by what it can be checked. */
export interface PublicPage {
  authority: string;
  reference: string;
  title: string;
  status: string;
  /** The day that it is of. */
  asOf: CivilDate;
  register: AsOfEntry;
  actions: PublicAction[];
}

const NOT_FINISHED = MILESTONE_STATUSES.unfinished.words;

/**
 * What the public may read of an inspection on a day, from the register alone. Its actions stand in the order of theme and date,
 * those of no theme last.
 */
export function publicPage(
  { rows, homes, titles, entry, status, ...inspection }: PublicFacts,
  asOf: CivilDate,
): PublicPage {
  // One moment of the day for all who look on it: what falls due that day is late from the next one.
  const at = instantAt(asOf, '12:00');
  const actions = rows
    .filter(({ milestone: id }) => isAction({ id }))
    .flatMap((row): PublicAction[] => {
      const home = homes.get(row.milestone);
      // What was taken out of the plan is in it no more.
      const unfinished = hasLapsed(row) && homes.has(row.milestone);
      if (hasLapsed(row) && !unfinished) return [];
      return [
        {
          title: row.title,
          theme: row.themeTitle ?? '',
          recommendations: row.recommendations ?? [],
          originalDate: row.firstDue,
          date: row.due,
          rating: row.rating ?? 'Not rated',
          status: unfinished ? NOT_FINISHED : MILESTONE_STANDINGS[standingOf(row, status === 'open', at)].words,
          ...(home === undefined ? {} : { outcome: HOMES[home.to].inPublic(home.said, titles) }),
        },
      ];
    });
  return {
    ...inspection,
    status: INSPECTION_STATUSES[status].words,
    asOf,
    register: entry,
    actions: actions.sort(
      (a, b) =>
        order(a.theme === '' ? 1 : 0, b.theme === '' ? 1 : 0) ||
        order(a.theme, b.theme) ||
        order(a.date, b.date) ||
        order(a.title, b.title),
    ),
  };
}

const order = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** The actions under their themes. */
export function byTheme(actions: readonly PublicAction[]): { theme: string; actions: PublicAction[] }[] {
  const themes = new Map<string, PublicAction[]>();
  for (const action of actions) themes.set(action.theme, [...(themes.get(action.theme) ?? []), action]);
  return [...themes].map(([theme, own]) => ({ theme, actions: own }));
}

/** The day of an instant, for the page. */
export const dayOfPage = (now: string): CivilDate => localDate(now);
