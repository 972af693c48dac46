import type { Command, Option } from 'commander';
import { pathOf } from './calls.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** One command as completion sees it; its path is without the program's name, '' for the program itself. */
interface Completable {
  path: string;
  description: string;
  subcommands: Command[];
  /** What an argument may be, where that is a few words. */
  choices: string[];
  options: Option[];
}

/** A script that completes commands, their options and what these may be; it asks nobody while somebody types. */
export const completionScript = (program: Command, shell: Shell): string => SCRIPTS[shell](program);

const SCRIPTS: Record<Shell, (program: Command) => string> = {
  bash: bashScript,
  // zsh reads bash's completion; only where files are meant it asks its own.
  zsh: (program) => `autoload -U +X bashcompinit && bashcompinit\n${bashScript(program)}`,
  fish: fishScript,
};

function completables(command: Command): Completable[] {
  const path = pathOf(command).split(' ').slice(1).join(' ');
  const options = command.options.filter((each) => !each.hidden);
  const choices = command.registeredArguments.flatMap((each) => each.argChoices ?? []);
  return [
    { path, description: command.description(), subcommands: [...command.commands], choices, options },
    ...command.commands.flatMap(completables),
  ];
}

const namesOf = ({ options }: Completable): string[] => [
  ...options.flatMap(({ long, short }) => [long, short].filter((each) => each !== undefined)),
  '--help',
];

/** What stands in single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function bashScript(program: Command): string {
  const all = completables(program);
  const names = all.filter((each) => each.path !== '').map(({ path }) => quoted(` ${path}`));
  const choices = all.flatMap(({ path, options }) =>
    options.flatMap((option) =>
      option.argChoices === undefined
        ? []
        : [`    ${quoted(`${path} ${option.long ?? ''}`)}) words=${quoted(option.argChoices.join(' '))} ;;`],
    ),
  );
  const values = all.flatMap(({ path, options }) =>
    options
      .filter((each) => each.required && each.argChoices === undefined)
      .map(({ long }) => quoted(`${path} ${long ?? ''}`)),
  );
  const words = all.map((each) => {
    const subcommands = [...each.subcommands.map((command) => command.name()), ...each.choices];
    return `    ${quoted(each.path)}) options=${quoted(namesOf(each).join(' '))}; words=${quoted(subcommands.join(' '))} ;;`;
  });
  return `# duecourse: completion for bash; see duecourse completion --help
_duecourse() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' options='' words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+ }$path \${COMP_WORDS[i]}" in
    ${names.join('|')}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path $prev" in
${choices.join('\n')}
    ${values.join('|')}) return ;;
  esac
  if [[ -z $words ]]; then
    case "$path" in
${words.join('\n')}
    esac
    [[ $cur == -* ]] && words="$options"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _duecourse duecourse
`;
}

function fishScript(program: Command): string {
  const lines = completables(program).flatMap(({ path, subcommands, choices, options }) => {
    const names = subcommands.map((each) => each.name());
    const here = path === '' ? [] : path.split(' ').map((name) => `__fish_seen_subcommand_from ${name}`);
    const deeper = names.length === 0 ? [] : [`not __fish_seen_subcommand_from ${names.join(' ')}`];
    const where = `complete -c duecourse -n ${quoted([...here, ...deeper].join('; and ') || 'true')}`;
    return [
      ...subcommands.map((each) => `${where} -f -a ${each.name()} -d ${quoted(each.description())}`),
      ...(choices.length === 0 ? [] : [`${where} -f -a ${quoted(choices.join(' '))}`]),
      ...options.map((option) => {
        const flags = `${option.long === undefined ? '' : ` -l ${option.long.slice(2)}`}${option.short === undefined ? '' : ` -s ${option.short.slice(1)}`}`;
        const value =
          option.argChoices !== undefined
            ? ` -x -a ${quoted(option.argChoices.join(' '))}`
            : option.required
              ? ' -r'
              : '';
        return `${where}${flags}${value} -d ${quoted(option.description)}`;
      }),
    ];
  });
  return `# duecourse: completion for fish; see duecourse completion --help\n${lines.join('\n')}\n`;
}
