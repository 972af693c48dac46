import { roleTitle } from '../../../domain/authority/roles.ts';
import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { addMonths } from '../../../domain/calendar/months.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { progressReport } from '../../../domain/progress/report.ts';
import { recordedCalendars } from '../../calendars.ts';
import { formatOption, REPORT_FORMATS } from '../document-formats.ts';
import { dateOption, inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { print, type PrintOptions, progress } from '../terminal.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';

/** `duecourse report` and `training`. */
export function reportCommands(): Command[] {
  return [report(), training()];
}

interface ReportOptions extends PrintOptions {
  since?: string;
  format: keyof typeof REPORT_FORMATS;
  out?: string;
}

function report(): Command {
  return new Command('report')
    .description(
      'the quarterly update, ready for Cabinet: progress by theme, what was met, missed and moved, what is next',
    )
    .addArgument(inspectionArgument())
    .addOption(dateOption('--since <date>', 'the day of the last update (default: three months ago)'))
    .addOption(formatOption(REPORT_FORMATS, 'markdown'))
    .option('--out <file>', 'write it to this file')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: ReportOptions) => {
      const { authority, reference } = partsOf(ref);
      const {
        view,
        history,
        authority: council,
        calendar,
      } = await withServices(async ({ engine, register }) => {
        const all = await register.list(new Date().toISOString());
        const calendars = await recordedCalendars(
          register,
          all.filter((each) => each.authority === authority),
        );
        const { state, view } = await engine.inspect(ref);
        return {
          view,
          authority: state.facts.authority,
          history: await register.history(authority, reference),
          calendar: calendars(authority),
        };
      });
      const since = options.since ?? addMonths(localDate(view.now), -3);
      const made = progressReport(view, history, calendar, { since, roleTitle: (role) => roleTitle(council, role) });
      if (options.json === true) return print(made, options, () => '');
      const text = await REPORT_FORMATS[options.format](made);
      if (options.out === undefined) return void process.stdout.write(text);
      writeFileSync(options.out, text);
      progress(`Written to ${options.out}.`);
    });
}

function training(): Command {
  return new Command('training')
    .description('training sessions for members: who came, and who has not been to any')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const { improvement } = await withServices(({ engine }) => engine.view(ref));
      const sessions = (improvement.training ?? []).map(sessionOf);
      print(sessions, options, (list) => {
        if (list.length === 0) return 'No training session is in the file.';
        const came = new Set(list.flatMap((each) => each.attended));
        const missing = [...new Set(list.flatMap((each) => each.invited))].filter((member) => !came.has(member));
        return [
          ...list.map(
            (each) =>
              `${formatShortDate(each.on)}  ${each.title}: ${each.recorded ? `${each.attended.length} of ${each.invited.length} came; not: ${each.absent.join(', ') || 'nobody'}` : 'attendance not recorded'}`,
          ),
          '',
          `Invited and at no session: ${missing.join(', ') || 'nobody'}`,
        ].join('\n');
      });
    });
}

type Session = NonNullable<LifecycleView['improvement']['training']>[number];

function sessionOf({ id, title, on, attendance }: Session) {
  const { invited, attended } = attendance ?? { invited: [], attended: [] };
  const absent = invited.filter((member) => !attended.includes(member));
  return { id, title, on, recorded: attendance !== undefined, invited, attended, absent };
}
