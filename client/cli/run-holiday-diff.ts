import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { type Division, divisions, type Holiday } from '../../domain/calendar/calendar-data.ts';
import { holidayDifference, publishedHolidays, withPublished } from '../../domain/calendar/published-holidays.ts';
import type { Move } from '../../domain/commands/moves.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import type { BankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { doubtsBeside } from '../approvals.ts';
import { eachInspection } from '../each-inspection.ts';
import { loadBankHolidays } from '../files/bank-holidays.ts';
import { publishedOf } from './found-feed.ts';
import { feedOf } from './new-holidays.ts';
import { withRegister, withServices } from './services.ts';
import { colours, print, type PrintOptions, progress, table } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface HolidayDiffOptions extends PrintOptions {
  moves: boolean;
}

interface Difference {
  division: Division;
  added: Holiday[];
  removed: Holiday[];
}

/** What of the new list a council's administrator has approved. */
interface Standing {
  authority: string;
  /** The list approved last; null where none was. */
  approved: string | null;
  /** What it does not count by yet. */
  added: Holiday[];
  removed: Holiday[];
}

interface InspectionMoves {
  inspection: string;
  moves: Move[];
}

interface DiffAnswer {
  days: Difference[];
  /** What was left out of the new list. */
  notes: string[];
  /** How each council with open inspections counts already; null where no register answers, or two lists are compared. */
  approvals: Standing[] | null;
  /** What makes it hard to believe; where anything does, it is approved only with --implausible. */
  implausible: string[];
  /** Null where no engine is running: then nobody knows what is open. */
  moves: InspectionMoves[] | null;
}

/** Says which bank holidays a new list adds and removes, and what would move by it; changes nothing. */
export async function runHolidayDiff(files: readonly string[], options: HolidayDiffOptions): Promise<void> {
  if (files.length > 2) throw new UsageError('name two files at most: [OLD] NEW');
  const [old, given] = files.length === 2 ? files : [undefined, files[0]];
  const { content: feed, notes, doubts } = await feedOf(given);
  const before = old === undefined ? undefined : (await feedOf(old)).content;
  const compared = divisions.map((division) => compare(division, feed, before));
  const implausible = [...new Set([...doubts, ...compared.flatMap((each) => each.doubts)])];
  const approvals = old === undefined ? await standingsOf(feed) : null;
  const moves = options.moves ? await movesOf(feed) : null;
  const days = compared.map(({ difference }) => difference);
  print({ days, notes, implausible, approvals, moves }, options, renderDiff);
}

/** How far each council with open inspections counts by a list already; null where no register answers. */
async function standingsOf(feed: BankHolidays): Promise<Standing[] | null> {
  try {
    return await withRegister(async (register) => {
      const open = (await register.list(new Date().toISOString())).filter(({ status }) => status === 'open');
      const councils = new Map(open.map(({ authority, division }) => [authority, division]));
      const standings: Standing[] = [];
      for (const [authority, named] of councils) {
        const published = publishedOf(feed, named);
        if (published === undefined) continue;
        const approved = await register.approvedHolidays(authority);
        const own = loadBankHolidays(published.division);
        const inForce = approved === null ? own : withPublished(own, approved);
        const left = holidayDifference(inForce, withPublished(inForce, published));
        standings.push({ authority, approved: approved?.version ?? null, ...left });
      }
      return standings;
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'RegisterUnreachable') return null;
    throw error;
  }
}

/** Against an older feed, or against what duecourse comes with. */
function compare(
  division: Division,
  feed: BankHolidays,
  before: BankHolidays | undefined,
): { difference: Difference; doubts: string[] } {
  const own = loadBankHolidays(division);
  const published = publishedHolidays(division, feed[division].events);
  const base = before === undefined ? own : withPublished(own, publishedHolidays(division, before[division].events));
  const difference = { division, ...holidayDifference(base, withPublished(base, published)) };
  return { difference, doubts: doubtsBeside(base, published) };
}

/** Asks every open inspection, each that does not answer named; null where nothing runs. */
async function movesOf(feed: BankHolidays): Promise<InspectionMoves[] | null> {
  try {
    return await withServices(async ({ engine, register }) => {
      const all = await register.list(new Date().toISOString());
      const divisionOf = new Map(
        all
          .filter((each) => each.status === 'open')
          .map((each) => [inspectionRef(each.authority, each.reference), each.division]),
      );
      const asked = await eachInspection(
        [...divisionOf.keys()],
        async (inspection) => {
          const published = publishedOf(feed, divisionOf.get(inspection) ?? '');
          return published === undefined ? [] : engine.moves(inspection, published);
        },
        {
          signal: new AbortController().signal,
          onDone: ({ inspection, why }) => {
            if (why !== null) progress(`What would move in ${inspection} is not known: ${why}`);
          },
        },
      );
      return asked.flatMap(({ inspection, result: moves = [] }) => (moves.length === 0 ? [] : [{ inspection, moves }]));
    });
  } catch (error) {
    if (error instanceof Error && (error.name === 'RegisterUnreachable' || error.name === 'EngineProblem')) {
      progress(`What would move is not known: ${error.message}`);
      return null;
    }
    throw error;
  }
}

function renderDiff({ days, notes, implausible, approvals, moves }: DiffAnswer): string {
  const changed = days.flatMap(({ division, added, removed }) => [
    ...added.map((day) => `${colours.green('+')} ${division}: ${formatShortDate(day.date)}, ${day.title}`),
    ...removed.map((day) => `${colours.red('-')} ${division}: ${formatShortDate(day.date)}, ${day.title}`),
  ]);
  const rows = (moves ?? []).flatMap(({ inspection, moves: each }) =>
    each.map((move) => [
      formatShortDate(move.from),
      formatShortDate(move.to),
      inspection,
      move.title,
      colours.dim(move.milestone),
    ]),
  );
  return [
    ...(changed.length === 0 ? ['No bank holiday differs from those that duecourse brings.'] : changed),
    ...(approvals ?? []).map(renderStanding),
    ...notes.map((note) => colours.dim(note)),
    ...implausible.map((doubt) => `${colours.red('implausible:')} ${doubt}`),
    ...(moves === null
      ? []
      : [
          '',
          rows.length === 0
            ? 'No open milestone would move.'
            : table(['From', 'To', 'Inspection', 'Milestone', 'Id'], rows, 3),
        ]),
    ...(rows.length === 0
      ? []
      : [
          '',
          colours.dim(
            `To have them move: duecourse calendar approve${implausible.length === 0 ? '' : ' --implausible'}`,
          ),
        ]),
  ].join('\n');
}

function renderStanding({ authority, approved, added, removed }: Standing): string {
  const left = [...added, ...removed].map(({ date, title }) => `${formatShortDate(date)}, ${title}`);
  if (left.length === 0)
    return approved === null
      ? `${authority} counts by these days: there is nothing to approve.`
      : `${authority}: its administrator has approved these days already (${approved}), and it counts by them.`;
  return `${authority}: not yet approved: ${left.join('; ')}.`;
}
