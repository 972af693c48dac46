import { Argument, Command } from 'commander';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import { program, programOf } from './program.ts';

/** What the help of the whole program says of a command. */
interface Listed {
  group: string;
  name: string;
  arguments: { name: string; required: boolean }[];
  summary: string;
}

const contentsPath = (): string => join(packageRoot(), 'dist', 'command', 'contents.json');

/** What the build leaves for calls that name no command. */
export async function listCommands(): Promise<Listed[]> {
  return (await program()).commands.map((command) => ({
    group: command.helpGroup(),
    name: command.name(),
    arguments: command.registeredArguments.map((each) => ({ name: each.name(), required: each.required })),
    summary: command.summary() || command.description(),
  }));
}

/** The program as a call sees it that names no command: its commands by name, and nothing of them loaded. */
export function programInOutline(listed: readonly Listed[]): Command {
  const groups = new Map<string, Command[]>();
  for (const { group, name, arguments: given, summary } of listed) {
    const command = new Command(name).summary(summary);
    for (const each of given) command.addArgument(new Argument(each.required ? `<${each.name}>` : `[${each.name}]`));
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return programOf([...groups]);
}

/** The list that the build has left; undefined where it has not. */
export function listedByBuild(): Listed[] | undefined {
  if (!existsSync(contentsPath())) return undefined;
  return JSON.parse(readFileSync(contentsPath(), 'utf8')) as Listed[];
}
