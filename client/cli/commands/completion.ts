import { Argument, Command } from 'commander';
import { completionScript, type Shell, SHELLS } from '../completion.ts';

/** `duecourse completion`: what a shell reads to complete commands and options. */
export function completionCommand(): Command {
  return new Command('completion')
    .description(
      'print a script that completes commands and options: put `source <(duecourse completion bash)` into ~/.bashrc; for fish, save it as ~/.config/fish/completions/duecourse.fish',
    )
    .addArgument(new Argument('<shell>', 'for which shell').choices(SHELLS))
    .action((shell: Shell, _options: unknown, command: Command) => {
      process.stdout.write(completionScript(rootOf(command), shell));
    });
}

const rootOf = (command: Command): Command => (command.parent === null ? command : rootOf(command.parent));
