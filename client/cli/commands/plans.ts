import { Command, Option } from 'commander';
import { writeFileSync } from 'node:fs';
import { addMonths } from '../../../domain/calendar/months.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { createCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { coverage } from '../../../domain/progress/coverage.ts';
import { progressReport, reportAsMarkdown } from '../../../domain/progress/report.ts';
import { division } from '../../../domain/schemas/common.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import { loadBankHolidays } from '../../files/rules.ts';
import { type ActingOptions, carryOut } from '../acting.ts';
import { asOption, byOption, dateOption, inspectionArgument, parseWholeNumber } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress, table } from '../terminal.ts';

/** `duecourse plan`, `record-plan`, `report`, `training` and `record-attendance`. */
export function planCommands(): Command[] {
  return [plan(), recordPlan(), report(), training(), recordAttendance()];
}

const acting = (command: Command): Command =>
  command.addOption(asOption()).addOption(byOption()).option('--json', 'print JSON');

function plan(): Command {
  return new Command('plan')
    .description('the versions of the plans, and which themes and actions answer each recommendation')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const { improvement } = await withServices(({ engine }) => engine.view(ref));
      print({ plans: improvement.plans ?? [], coverage: coverage(improvement) }, options, (data) =>
        [
          ...(data.plans.length === 0
            ? ['No version of a plan is on record. Record one with: duecourse record-plan']
            : data.plans.map(
                (each) =>
                  `${colours.bold(`${each.plan}, version ${each.version}`)}: ${each.stages.map(({ stage, on }) => `${stage} ${formatShortDate(on)}`).join(', ')}`,
              )),
          '',
          table(
            ['Recommendation', 'Themes', 'Actions'],
            data.coverage.map((row) => [
              row.recommendation,
              row.themes.join(', ') || colours.yellow('none'),
              row.actions.join(', ') || colours.yellow('none'),
            ]),
            2,
          ),
        ].join('\n'),
      );
    });
}

const PLANS = ['immediate-assurance', 'improvement-plan'] as const;
const STAGES = ['draft', 'commented', 'agreed', 'scrutinised', 'submitted'] as const;

interface RecordPlanOptions extends ActingOptions {
  plan: (typeof PLANS)[number];
  version: number;
  stage: (typeof STAGES)[number];
  on?: string;
  whose?: string;
  note?: string;
}

function recordPlan(): Command {
  return acting(
    new Command('record-plan')
      .description('a version of a plan has been drafted, commented on, agreed, scrutinised or submitted')
      .argument('<ref>', 'the inspection')
      .addOption(new Option('--plan <plan>', 'which').choices(PLANS).default('improvement-plan'))
      .addOption(new Option('--version <n>', 'its version').argParser(parseWholeNumber).makeOptionMandatory())
      .addOption(new Option('--stage <stage>', 'what has happened to it').choices(STAGES).makeOptionMandatory())
      .addOption(dateOption('--on <date>', 'the day it was, where that is earlier than today'))
      .option('--whose <text>', 'by whom, for example the Executive')
      .option('--note <text>', 'a note; needed where a stage is passed over'),
  ).action(async (ref: string, { as, by, json, whose, ...payload }: RecordPlanOptions) => {
    await carryOut(
      ref,
      'recordPlan',
      { ...payload, ...(whose === undefined ? {} : { by: whose }) },
      { as, by, json },
      () => `${colours.green('Recorded.')} See it with: duecourse plan ${ref}`,
    );
  });
}

interface ReportOptions extends PrintOptions {
  since?: string;
  format: 'markdown' | 'html';
  out?: string;
}

function report(): Command {
  return new Command('report')
    .description(
      'the quarterly update, ready for Cabinet: progress by theme, what was met, missed and moved, what is next',
    )
    .addArgument(inspectionArgument())
    .addOption(dateOption('--since <date>', 'the day of the last update (default: three months ago)'))
    .addOption(new Option('--format <format>', 'how').choices(['markdown', 'html']).default('markdown'))
    .option('--out <file>', 'write it to this file')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: ReportOptions) => {
      const { authority, reference } = partsOf(ref);
      const { view, history, titles, where } = await withServices(async ({ engine, register }) => {
        const all = await register.list(new Date().toISOString());
        const rows = await register.milestones(authority, reference);
        return {
          view: await engine.view(ref),
          history: await register.history(authority, reference),
          titles: new Map(rows.map((row) => [row.owner, row.ownerTitle])),
          where: all.find((each) => each.authority === authority && each.reference === reference)?.division,
        };
      });
      const calendar = createCalendar(loadBankHolidays(division.parse(where)));
      const since = options.since ?? addMonths(localDate(view.now), -3);
      const made = progressReport(view, history, calendar, { since, roleTitle: (role) => titles.get(role) ?? role });
      if (options.json === true) return print(made, options, () => '');
      const { renderReport } = await import('../../web/render.ts');
      const text = options.format === 'html' ? renderReport(made) : reportAsMarkdown(made);
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

function recordAttendance(): Command {
  return acting(
    new Command('record-attendance')
      .description('who was invited to a training session, and who came; only the numbers go on record')
      .argument('<ref>', 'the inspection')
      .argument('<session>', "the session's short name")
      .requiredOption('--invited <member...>', 'labels of those who were invited')
      .option('--attended <member...>', 'labels of those who came', []),
  ).action(
    async (
      ref: string,
      session: string,
      { as, by, json, invited, attended }: ActingOptions & { invited: string[]; attended: string[] },
    ) => {
      await carryOut(
        ref,
        'recordAttendance',
        { session, invited, attended },
        { as, by, json },
        () => `${colours.green('Recorded.')} See it with: duecourse training ${ref}`,
      );
    },
  );
}
