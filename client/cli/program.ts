import { Command } from 'commander';
import { releaseOf } from '../../platform/release.ts';
import { shapeCalls } from './calls.ts';

type Load = () => Promise<Command>;

/** Commands that stand together in the help. */
interface Group {
  title: string;
  /** Each by its name, loaded where a call is about it: most of what a command loads no other needs. */
  commands: Readonly<Record<string, Load>>;
  /** Those whose names the domain knows, before the others. */
  made?: (named?: string) => Promise<Command[]>;
}

const GROUPS: readonly Group[] = [
  {
    title: 'Without a server:',
    commands: {
      init: async () => (await import('./commands/init.ts')).initCommand(),
      check: async () => (await import('./commands/check.ts')).checkCommand(),
      calendar: async () => (await import('./commands/calendar.ts')).calendarCommand(),
      rules: async () => (await import('./commands/rules.ts')).rulesCommand(),
      preview: async () => (await import('./commands/preview.ts')).previewCommand(),
    },
  },
  {
    title: 'On an engine of its own:',
    commands: {
      rehearse: async () => (await import('./commands/rehearse.ts')).rehearseCommand(),
      dev: async () => (await import('./commands/dev.ts')).devCommand(),
    },
  },
  {
    title: 'Inspections:',
    commands: {
      start: async () => (await import('./commands/start.ts')).startCommand(),
      list: async () => (await import('./commands/list.ts')).listCommand(),
      show: async () => (await import('./commands/show.ts')).showCommand(),
      overdue: async () => (await import('./commands/overdue.ts')).overdueCommand(),
      history: async () => (await import('./commands/history.ts')).historyCommand(),
      audit: async () => (await import('./commands/audit.ts')).auditCommand(),
    },
  },
  {
    title: 'Changes:',
    made: changes,
    commands: {
      'add-instrument': async () => (await import('./commands/add-instrument.ts')).addInstrumentCommand(),
      'reassign-many': async () => (await import('./commands/reassign-many.ts')).reassignManyCommand(),
    },
  },
  {
    title: 'Decisions, questions, plans and reports:',
    commands: {
      decision: async () => (await import('./commands/decision.ts')).decisionCommand(),
      questions: async () => (await import('./commands/questions.ts')).questionsCommand(),
      measures: async () => (await import('./commands/measures.ts')).measuresCommand(),
      evidence: async () => (await import('./commands/evidence.ts')).evidenceCommand(),
      plan: async () => (await import('./commands/plan.ts')).planCommand(),
      report: async () => (await import('./commands/reports.ts')).reportCommand(),
      briefing: async () => (await import('./commands/reports.ts')).briefingCommand(),
      'board-pack': async () => (await import('./commands/reports.ts')).boardPackCommand(),
      training: async () => (await import('./commands/reports.ts')).trainingCommand(),
      template: async () => (await import('./commands/template.ts')).templateCommand(),
      frozen: async () => (await import('./commands/frozen.ts')).frozenCommand(),
    },
  },
  {
    title: 'For operators:',
    commands: {
      doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
      import: async () => (await import('./commands/import.ts')).importCommand(),
      export: async () => (await import('./commands/export.ts')).exportCommand(),
      authority: async () => (await import('./commands/authority.ts')).authorityCommand(),
      undeliverable: async () => (await import('./commands/undeliverable.ts')).undeliverableCommand(),
      resend: async () => (await import('./commands/undeliverable.ts')).resendCommand(),
      webhooks: async () => (await import('./commands/webhooks.ts')).webhooksCommand(),
      public: async () => (await import('./commands/public.ts')).publicCommand(),
      register: async () => (await import('./commands/register.ts')).registerCommand(),
      archive: async () => (await import('./commands/archive.ts')).archiveCommand(),
      recover: async () => (await import('./commands/recover.ts')).recoverCommand(),
      setup: async () => (await import('./commands/setup.ts')).setupCommand(),
      keys: async () => (await import('./commands/keys.ts')).keysCommand(),
      web: async () => (await import('./commands/web.ts')).webCommand(),
      completion: async () => (await import('./commands/completion.ts')).completionCommand(),
    },
  },
];

/** Commands that are to be seen beside all others: what they print is made of the whole command line. */
export const NEEDS_ALL: readonly string[] = ['completion'];

async function changes(named?: string): Promise<Command[]> {
  const { changeCommands } = await import('./commands/changes.ts');
  const made = changeCommands(named);
  const progress = made.find((each) => each.name() === 'progress');
  if (progress !== undefined) progress.addCommand((await import('./commands/progress.ts')).progressListCommand());
  return made;
}

/** The whole command line. */
export async function program(): Promise<Command> {
  const groups: [string, Command[]][] = [];
  for (const { title, made, commands } of GROUPS)
    groups.push([
      title,
      [...((await made?.()) ?? []), ...(await Promise.all(Object.values(commands).map((each) => each())))],
    ]);
  return programOf(groups);
}

/** The command line with the one command that a call names; undefined where there is none of that name. */
export async function programFor(named: string): Promise<Command | undefined> {
  for (const { title, commands } of GROUPS) {
    const load = Object.hasOwn(commands, named) ? commands[named] : undefined;
    if (load !== undefined) return programOf([[title, [await load()]]]);
  }
  for (const { title, made } of GROUPS) {
    const found = (await made?.(named)) ?? [];
    if (found.length > 0) return programOf([[title, found]]);
  }
  return undefined;
}

/** The program with commands by the titles under which its help has them. */
export function programOf(groups: readonly (readonly [string, readonly Command[]])[]): Command {
  const duecourse = new Command('duecourse')
    .description('Deadlines that follow an inspection: worked out, explained, reminded, escalated and recorded.')
    .version(releaseOf())
    .option('--debug', 'show where an error comes from')
    .showSuggestionAfterError();
  for (const [title, commands] of groups) {
    duecourse.commandsGroup(title);
    for (const command of commands) duecourse.addCommand(command);
  }
  shapeCalls(duecourse);
  return duecourse;
}
