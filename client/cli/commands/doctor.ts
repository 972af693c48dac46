import { Command } from 'commander';
import { formatInstant } from '../../../domain/calendar/london.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { FINDING_AREAS } from '../../../domain/doctor/kinds.ts';
import type { Report } from '../../../worker/doctor/look.ts';
import type { Settings } from '../../../platform/settings.ts';
import { applyConfiguration } from '../configuration.ts';
import { EXIT } from '../exit.ts';
import { findingLines } from '../finding-lines.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse doctor`: is all well? */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'look whether all is well: settings, files, register, engine, workers, clocks, mail, every open inspection; exit code 0 only where it is',
    )
    .option('--deep', 'ask every open inspection itself; else, of more than 200, some of them, others each time')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions & { deep?: boolean }) => {
      const { examineAll } = await import('../../doctor.ts');
      const { readSettings } = await import('../../../platform/settings.ts');
      const settingsOf = (): Settings => {
        applyConfiguration(process.env);
        return readSettings(process.env);
      };
      const report = await examineAll(process.env, settingsOf, { deep: options.deep === true });
      if (options.json === true) print(forPrograms(report), options, () => '');
      else process.stdout.write(`${rendered(report)}\n`);
      if (!report.ok) process.exitCode = EXIT.failed;
    });
}

/** What programs are given: the findings, and what was seen of each inspection that was asked. */
function forPrograms({ ok, at, findings, inspections }: Report): object {
  return { ok, at, findings, inspections };
}

function rendered({ ok, at, findings, seen }: Report): string {
  const facts = namesOf(FINDING_AREAS).flatMap((area) =>
    seen
      .filter((each) => each.area === area)
      .map(({ words }) => `  ${colours.dim(FINDING_AREAS[area].padEnd(12))} ${words}`),
  );
  const found = findings.filter(({ severity }) => severity !== 'advice').length;
  const head = ok
    ? `${colours.green('All is well.')} Looked at ${formatInstant(at)}.`
    : `${colours.red(`${found} finding${found === 1 ? '' : 's'}.`)} Looked at ${formatInstant(at)}.`;
  return [head, ...facts, ...findingLines(findings)].join('\n');
}
