import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { boardPackOf, memberBriefing, quarterlyUpdate, updateDocument } from '../../documents/of-inspection.ts';
import { type DocumentOptions, putDocument, templateOf, withDocumentOptions } from '../document-formats.ts';
import { dateOption, inspectionArgument, onOption } from '../options.ts';
import { withReported } from '../reported-by.ts';
import { withServices } from '../services.ts';
import { print, type PrintOptions } from '../terminal.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { reportReadCommand } from './report-read.ts';

const byDefault = 'markdown';

interface ReportOptions extends PrintOptions, DocumentOptions {
  since?: string;
  on?: string;
}

/** `duecourse report`: the quarterly update; `duecourse report read` reads an inspectorate's. */
export function reportCommand(): Command {
  const command = new Command('report')
    .addCommand(reportReadCommand())
    .description(
      'the quarterly update, ready for Cabinet: progress by theme, what was met, missed and moved, what is next',
    )
    .addArgument(inspectionArgument())
    .addOption(dateOption('--since <date>', 'the day of the last update (default: three months before)'))
    .addOption(onOption())
    .option('--json', 'print JSON');
  return withDocumentOptions(command, byDefault).action(async (ref: InspectionRef, options: ReportOptions) => {
    const { made, document, template } = await withReported(ref, options.on, async ({ found, register, marked }) => {
      const update = await quarterlyUpdate(register, found, options.since);
      const own = await templateOf(register, ref, { options, byDefault });
      return { made: update, document: marked(updateDocument(found, update)), template: own };
    });
    if (options.json === true) return print(made, options, () => '');
    await putDocument(document, options, { byDefault, template });
  });
}

/** `duecourse briefing`: the written briefing to all members. */
export const briefingCommand = (): Command =>
  documentCommand('briefing', {
    about: 'the written briefing to all members: how the plan stands, what has happened, their questions and answers',
    since: 'the day of the last briefing (default: as the record has it)',
    make: memberBriefing,
  });

/** `duecourse board-pack`: the pack for an improvement board. */
export const boardPackCommand = (): Command =>
  documentCommand('board-pack', {
    about: 'the pack for an improvement board: summary, dashboard, plan by theme, what moved, slippage, questions',
    since: 'the day of the last pack (default: three months before)',
    make: boardPackOf,
  });

/** A command that makes a document of an inspection, of what has happened since a day. */
function documentCommand(
  name: string,
  { about, since, make }: { about: string; since: string; make: typeof memberBriefing | typeof boardPackOf },
): Command {
  const command = new Command(name)
    .description(about)
    .addArgument(inspectionArgument())
    .addOption(dateOption('--since <date>', since))
    .addOption(onOption())
    .option('--json', 'print JSON');
  return withDocumentOptions(command, byDefault).action(async (ref: InspectionRef, options: ReportOptions) => {
    const { document, template } = await withReported(ref, options.on, async ({ found, register, marked }) => ({
      document: marked(await make(register, found, options.since)),
      template: await templateOf(register, ref, { options, byDefault }),
    }));
    if (options.json === true) return print(document, options, () => '');
    await putDocument(document, options, { byDefault, template });
  });
}

/** `duecourse training`: sessions for members, and who came. */
export function trainingCommand(): Command {
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
