import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import { archiveCommand } from './commands/archive.ts';
import { auditCommand } from './commands/audit.ts';
import { authorityCommand } from './commands/authority.ts';
import { calendarCommand } from './commands/calendar.ts';
import { checkCommand } from './commands/check.ts';
import { devCommand } from './commands/dev.ts';
import { keysCommand } from './commands/keys.ts';
import { milestoneCommands } from './commands/milestones.ts';
import { decisionStepCommands } from './commands/decision-steps.ts';
import { decisionCommands } from './commands/decisions.ts';
import { exportCommand } from './commands/export.ts';
import { factsCommands } from './commands/facts.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { inspectionCommands } from './commands/inspections.ts';
import { planCommands } from './commands/plans.ts';
import { previewCommand } from './commands/preview.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { registerCommand } from './commands/register.ts';
import { rulesCommand } from './commands/rules.ts';
import { setupCommand } from './commands/setup.ts';
import { webCommand } from './commands/web.ts';
import { undeliverableCommands } from './commands/undeliverable.ts';
import { report } from './failures.ts';

const version = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;

/** The whole command line. */
function program(): Command {
  const duecourse = new Command('duecourse')
    .description('Deadlines that follow an inspection: worked out, explained, reminded, escalated and recorded.')
    .version(version())
    .option('--debug', 'show where an error comes from')
    .showHelpAfterError('(see what there is with: duecourse --help)')
    .showSuggestionAfterError()
    .exitOverride();
  duecourse.commandsGroup('Without a server:');
  for (const command of [initCommand(), checkCommand(), calendarCommand(), rulesCommand(), previewCommand()])
    duecourse.addCommand(command);
  duecourse.commandsGroup('On an engine of its own:');
  for (const command of [rehearseCommand(), devCommand()]) duecourse.addCommand(command);
  duecourse.commandsGroup('Inspections:');
  for (const command of [...inspectionCommands(), auditCommand()]) duecourse.addCommand(command);
  duecourse.commandsGroup('Milestones:');
  for (const command of milestoneCommands()) duecourse.addCommand(command);
  duecourse.commandsGroup('Facts, questions and decisions:');
  for (const command of factsCommands()) duecourse.addCommand(command);
  for (const command of [...decisionCommands(), ...decisionStepCommands()]) duecourse.addCommand(command);
  duecourse.commandsGroup('Plans, reports and training:');
  for (const command of planCommands()) duecourse.addCommand(command);
  duecourse.commandsGroup('For operators:');
  for (const command of [
    importCommand(),
    exportCommand(),
    authorityCommand(),
    ...undeliverableCommands(),
    registerCommand(),
    archiveCommand(),
    setupCommand(),
    keysCommand(),
    webCommand(),
  ])
    duecourse.addCommand(command);
  inherit(duecourse);
  return duecourse;
}

/** Errors of usage are thrown, not exited on, by every command below. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
}

/** Runs one call; gives its exit code: 0 done, 1 refused or failed, 2 bad usage. */
export async function run(argv: string[]): Promise<number> {
  try {
    await program().parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return report(error, { debug: argv.includes('--debug'), json: argv.includes('--json') });
  }
}
