import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { holidayDifference, publishedHolidays, withPublished } from '../../../domain/calendar/published-holidays.ts';
import { type Division, divisions, type Holiday } from '../../../domain/calendar/calendar-data.ts';
import type { Move } from '../../../domain/commands/moves.ts';
import type { Watched } from '../../../activities/calendars/watch.ts';
import type { BankHolidays } from '../../../domain/schemas/bank-holidays.ts';
import { publishedOf } from '../found-feed.ts';
import { approveCommand } from './calendar-approve.ts';
import { loadBankHolidays } from '../../files/rules.ts';
import { doubtsBeside } from '../../approvals.ts';
import { feedOf } from '../new-holidays.ts';
import { eachInspection } from '../../each-inspection.ts';
import { EXIT, UsageError } from '../failures.ts';
import { withRegister, withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress, table } from '../terminal.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';

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

const SEE_DIFF = 'See what would move with: duecourse calendar diff';

/** `duecourse calendar diff|watch|approve`: bank holidays that change while deadlines run. */
export function bankHolidayCommands(): Command[] {
  return [diff(), watch(), approveCommand()];
}

function diff(): Command {
  return new Command('diff')
    .description(
      'which bank holidays NEW adds or removes, against OLD (default: those in force), and which open milestones would move; nothing is changed',
    )
    .argument(
      '[files...]',
      '[OLD] NEW: a file or web address as GOV.UK publishes it (default NEW: what the daily look has found)',
    )
    .option('--no-moves', 'compare the days only')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: PrintOptions & { moves: boolean }) => {
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
    });
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

function watch(): Command {
  return new Command('watch')
    .description(
      'look at the source of bank holidays now (DUECOURSE_BANK_HOLIDAYS); it is looked at every morning as well',
    )
    .option('--source <address>', 'a web address or a file, instead')
    .option('--said', 'look at nothing: print what the source said at the last look, to the letter')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions & { source?: string; said?: boolean }) => {
      const { readSettings } = await import('../../../platform/settings.ts');
      const { watchBankHolidays } = await import('../../../activities/calendars/watch.ts');
      if (options.said === true)
        return void process.stdout.write((await withRegister((register) => register.saidByFeed())) ?? '');
      const { DUECOURSE_BANK_HOLIDAYS: set, DUECOURSE_BANK_HOLIDAYS_REDIRECTS: redirects } = readSettings().environment;
      const address = options.source ?? set;
      if (address === undefined)
        throw new UsageError(
          'say where to look: --source, or DUECOURSE_BANK_HOLIDAYS, for example https://www.gov.uk/bank-holidays.json',
        );
      const found = await withRegister((register) =>
        watchBankHolidays({ address, redirects }, register, new Date().toISOString()),
      );
      print(found, options, renderWatched);
      if (found.problem !== null) process.exitCode = EXIT.failed;
    });
}

const WATCHED: Record<Watched['status'], (problem: string) => string> = {
  unchanged: () => `As at the last look. ${SEE_DIFF}`,
  changed: () => `New since the last look. ${SEE_DIFF}`,
  implausible: (problem) =>
    `${colours.red(problem)}. It is kept beside what was read before, which stays, until an administrator has looked at it. ${SEE_DIFF}`,
  refused: (problem) => `${colours.red('Refused:')} ${problem}. What was read before stays.`,
};

const renderWatched = ({ status, problem, notes }: Watched): string =>
  [WATCHED[status](problem ?? ''), ...notes.map((note) => colours.dim(note))].join('\n');
