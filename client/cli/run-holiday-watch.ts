import { type Watched, watchBankHolidays } from '../../activities/calendars/watch.ts';
import { readSettings } from '../../platform/settings.ts';
import { EXIT } from './exit.ts';
import { withRegister } from './services.ts';
import { colours, print, type PrintOptions } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface HolidayWatchOptions extends PrintOptions {
  source?: string;
  said?: boolean;
}

/** Looks at the source of bank holidays now, or says what it said at the last look. */
export async function runHolidayWatch(options: HolidayWatchOptions): Promise<void> {
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
}

const SEE_DIFF = 'See what would move with: duecourse calendar diff';

const WATCHED: Record<Watched['status'], (problem: string) => string> = {
  unchanged: () => `As at the last look. ${SEE_DIFF}`,
  changed: () => `New since the last look. ${SEE_DIFF}`,
  implausible: (problem) =>
    `${colours.red(problem)}. It is kept beside what was read before, which stays, until an administrator has looked at it. ${SEE_DIFF}`,
  refused: (problem) => `${colours.red('Refused:')} ${problem}. What was read before stays.`,
};

const renderWatched = ({ status, problem, notes }: Watched): string =>
  [WATCHED[status](problem ?? ''), ...notes.map((note) => colours.dim(note))].join('\n');
