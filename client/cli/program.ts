import { Command } from 'commander';
import { releaseOf } from '../../platform/process-marks.ts';
import { addInstrumentCommand } from './commands/add-instrument.ts';
import { archiveCommand } from './commands/archive.ts';
import { auditCommand } from './commands/audit.ts';
import { authorityCommand } from './commands/authority.ts';
import { calendarCommand } from './commands/calendar.ts';
import { checkCommand } from './commands/check.ts';
import { devCommand } from './commands/dev.ts';
import { keysCommand } from './commands/keys.ts';
import { changeCommands } from './commands/changes.ts';
import { reassignManyCommand } from './commands/reassign-many.ts';
import { decisionCommand } from './commands/decision.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evidenceCommand } from './commands/evidence.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { historyCommand } from './commands/history.ts';
import { listCommand } from './commands/list.ts';
import { overdueCommand } from './commands/overdue.ts';
import { showCommand } from './commands/show.ts';
import { startCommand } from './commands/start.ts';
import { initCommand } from './commands/init.ts';
import { planCommand } from './commands/plan.ts';
import { reportCommands } from './commands/reports.ts';
import { frozenCommand } from './commands/frozen.ts';
import { templateCommand } from './commands/template.ts';
import { measuresCommand } from './commands/measures.ts';
import { progressListCommand } from './commands/progress.ts';
import { questionsCommand } from './commands/questions.ts';
import { previewCommand } from './commands/preview.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { recoverCommand } from './commands/recover.ts';
import { publicCommand } from './commands/public.ts';
import { registerCommand } from './commands/register.ts';
import { rulesCommand } from './commands/rules.ts';
import { setupCommand } from './commands/setup.ts';
import { webCommand } from './commands/web.ts';
import { undeliverableCommands } from './commands/undeliverable.ts';
import { webhooksCommand } from './commands/webhooks.ts';
import { completionCommand } from './commands/completion.ts';
import { shapeCalls } from './calls.ts';
import { applyConfiguration } from './configuration.ts';
import { report } from './failures.ts';
import { progress } from './terminal.ts';
import { ownerAlone } from '../../platform/private-files.ts';
import { mustKnowVariables, strangeVariables } from '../../domain/schemas/environment.ts';

/** The whole command line. */
export function program(): Command {
  const duecourse = new Command('duecourse')
    .description('Deadlines that follow an inspection: worked out, explained, reminded, escalated and recorded.')
    .version(releaseOf())
    .option('--debug', 'show where an error comes from')
    .showSuggestionAfterError();
  duecourse.commandsGroup('Without a server:');
  for (const command of [initCommand(), checkCommand(), calendarCommand(), rulesCommand(), previewCommand()])
    duecourse.addCommand(command);
  duecourse.commandsGroup('On an engine of its own:');
  for (const command of [rehearseCommand(), devCommand()]) duecourse.addCommand(command);
  duecourse.commandsGroup('Inspections:');
  for (const command of [
    startCommand(),
    listCommand(),
    showCommand(),
    overdueCommand(),
    historyCommand(),
    auditCommand(),
  ])
    duecourse.addCommand(command);
  duecourse.commandsGroup('Changes:');
  for (const command of [...changeCommands(), addInstrumentCommand(), reassignManyCommand()])
    duecourse.addCommand(command);
  duecourse.commands.find((each) => each.name() === 'progress')?.addCommand(progressListCommand());
  duecourse.commandsGroup('Decisions, questions, plans and reports:');
  for (const command of [
    decisionCommand(),
    questionsCommand(),
    measuresCommand(),
    evidenceCommand(),
    planCommand(),
    ...reportCommands(),
    templateCommand(),
    frozenCommand(),
  ])
    duecourse.addCommand(command);
  duecourse.commandsGroup('For operators:');
  for (const command of [
    doctorCommand(),
    importCommand(),
    exportCommand(),
    authorityCommand(),
    ...undeliverableCommands(),
    webhooksCommand(),
    publicCommand(),
    registerCommand(),
    archiveCommand(),
    recoverCommand(),
    setupCommand(),
    keysCommand(),
    webCommand(),
    completionCommand(),
  ])
    duecourse.addCommand(command);
  shapeCalls(duecourse);
  return duecourse;
}

/** Calls that a mistake in a configuration file must not keep from being answered. */
const NEEDS_NO_SETTINGS = ['--help', '-h', 'help', 'completion'];

/** Commands for which settings that can't be used are what they are to find: they read them themselves. */
const FINDS_SETTINGS = ['doctor'];

/** Commands that write what others are to read and to edit too; what any other writes is its owner's alone. */
const FOR_OTHERS = ['init'];

/** The command that a call names; '' where it names none. */
const commandIn = (argv: readonly string[]): string => argv.slice(2).find((each) => !each.startsWith('-')) ?? '';

/** Runs one call; gives its exit code: 0 done, 1 refused or failed, 2 bad usage. */
export async function run(argv: string[]): Promise<number> {
  try {
    if (!FOR_OTHERS.includes(commandIn(argv))) ownerAlone();
    if (!NEEDS_NO_SETTINGS.some((each) => argv.includes(each)) && !FINDS_SETTINGS.includes(commandIn(argv))) {
      applyConfiguration(process.env);
      mustKnowVariables(process.env);
      for (const line of strangeVariables(process.env)) progress(line);
    }
    await program().parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return report(error, { debug: argv.includes('--debug'), json: argv.includes('--json') });
  }
}
