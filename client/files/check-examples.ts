import { CalendarError } from '../../domain/calendar/calendar-error.ts';
import { type ExampleBooks, mistakeInExample, mistakeInWindow } from '../../domain/plan/worked-example.ts';
import type { ConstitutionFile } from '../../domain/schemas/constitution.ts';
import type { RulePack } from '../../domain/schemas/rule-pack.ts';
import type { FileProblem } from './file-problems.ts';
import { loadBankHolidays } from './bank-holidays.ts';
import { loadWorkingDays } from './rules.ts';
import type { YamlFile } from './yaml-file.ts';

/** Every example of a pack to which its rule does not come. */
export function examplesThatFail(pack: RulePack, file: YamlFile): FileProblem[] {
  const books: ExampleBooks = { bankHolidays: loadBankHolidays, workingDays: loadWorkingDays() };
  return pack.rules.flatMap((rule, index) =>
    rule.examples.flatMap((example, at) =>
      problemAt(file, ['rules', index, 'examples', at, 'due'], () => mistakeInExample(rule, example, books)),
    ),
  );
}

/** The same of a constitution's windows. */
export function windowsThatFail(constitution: ConstitutionFile, file: YamlFile): FileProblem[] {
  const books: ExampleBooks = { bankHolidays: loadBankHolidays, workingDays: loadWorkingDays() };
  return constitution.examples.flatMap((example, at) =>
    problemAt(file, ['examples', at, 'closes'], () => mistakeInWindow(constitution, example, books)),
  );
}

function problemAt(file: YamlFile, path: (string | number)[], mistake: () => string | undefined): FileProblem[] {
  const found = orUnknownYears(mistake);
  return found === undefined ? [] : [file.problem(path, found)];
}

function orUnknownYears(mistake: () => string | undefined): string | undefined {
  try {
    return mistake();
  } catch (error) {
    if (error instanceof CalendarError) return `it can't be worked out: ${error.message}`;
    throw error;
  }
}
