import { Command } from 'commander';
import { createCalendar, type WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../../../domain/calendar/london.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleView, MilestoneView } from '../../../domain/lifecycle/view.ts';
import { withRegister, withServices } from '../services.ts';
import { division } from '../../../domain/schemas/common.ts';
import { loadBankHolidays } from '../../files/rules.ts';
import { loadStart, startWarnings } from '../../files/load-start.ts';
import { readyToStart, startFromFile } from '../../start-inspection.ts';
import { byOption, dateOption } from '../options.ts';
import { colours, dueCell, print, type PrintOptions, progress, table } from '../terminal.ts';

interface StartOptions extends PrintOptions {
  received?: string;
  as?: string;
  by: string;
}

const RECORDED_WITHIN_MS = 10_000;

/** `duecourse start`, `list`, `show`, `overdue`, `history`. */
export function inspectionCommands(): Command[] {
  return [start(), list(), show(), overdue(), history()];
}

function start(): Command {
  return new Command('start')
    .description('start the lifecycle of an inspection file')
    .argument('<file>', 'the inspection file (YAML); look at it first with: duecourse preview FILE')
    .addOption(dateOption('--received <date>', 'the report was received on this date'))
    .option('--as <role>', 'the role you act in (default: the administrator)')
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (file: string, options: StartOptions) => {
      const now = new Date().toISOString();
      const loaded = loadStart(file, { ...options, now });
      const startedBy = {
        id: options.by,
        role: options.as ?? process.env['DUECOURSE_AS'] ?? loaded.facts.authority.chain.administrator,
      };
      // Said before anything is asked of a server, where nothing can be started anyway.
      openLifecycle({ ...loaded, startedBy }, now);
      for (const warning of startWarnings(loaded, localDate(now))) progress(`Look at this: ${warning}`);
      await withServices(async (services) => {
        const { engine, register } = services;
        const reference = await startFromFile(services, await readyToStart(loaded, startedBy, services, now));
        const view = await engine.view(reference);
        const { authority, inspection } = loaded.facts;
        await register.reached(authority.id, inspection.reference, view.seq, RECORDED_WITHIN_MS);
        print(view, options, (data) =>
          [
            `${colours.green('Started:')} ${data.title}  ${colours.dim(reference)}`,
            '',
            milestoneTable(data.milestones),
            '',
            colours.dim(`Next: duecourse show ${reference}, duecourse overdue`),
          ].join('\n'),
        );
      });
    });
}

function list(): Command {
  return new Command('list')
    .description('all inspections, from the register')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions) => {
      const inspections = await withRegister((register) => register.list(new Date().toISOString()));
      print(inspections, options, (rows) =>
        rows.length === 0
          ? 'No inspection has been started. Start one with: duecourse start FILE'
          : table(
              ['Inspection', 'Title', 'Status', 'Open', 'Overdue', 'Next due'],
              rows.map((row) => [
                `${row.authority}/${row.reference}`,
                row.title,
                row.status,
                String(row.open),
                row.overdue > 0 ? colours.red(String(row.overdue)) : '0',
                row.nextDue === null ? '' : formatShortDate(localDate(row.nextDue)),
              ]),
              1,
            ),
      );
    });
}

function show(): Command {
  return new Command('show')
    .description('one inspection as it stands: its milestones, and why each date is what it is')
    .argument('<ref>', 'the inspection, for example middlesbrough/2016')
    .argument('[milestone]', 'one milestone of it, whole')
    .option('--json', 'print JSON')
    .action(async (ref: string, milestone: string | undefined, options: PrintOptions) => {
      const view = await withServices(({ engine }) => engine.view(ref));
      if (milestone === undefined) return print(view, options, renderInspection);
      const found = view.milestones.filter((each) => each.id === milestone || each.id.endsWith(`/${milestone}`));
      const one = found[0];
      if (one === undefined || found.length > 1)
        throw new Error(`${ref} has no such milestone "${milestone}" in hand; see them with: duecourse show ${ref}`);
      print(one, options, renderMilestone);
    });
}

function renderInspection(view: LifecycleView): string {
  const ended = Object.entries(view.ended);
  return [
    `${colours.bold(view.title)}  ${colours.dim(view.reference)}`,
    `${view.status}; ${view.overdue === 0 ? 'nothing overdue' : colours.red(`${view.overdue} overdue`)}${view.nextDue === null ? '' : `; next due ${formatShortDate(localDate(view.nextDue))}`}`,
    '',
    milestoneTable(view.milestones),
    ...(ended.length === 0
      ? []
      : [
          '',
          colours.bold('Ended'),
          ...ended.map(
            ([id, each]) => `  ${formatShortDate(each.due)}  ${each.title}: ${each.status} ${colours.dim(id)}`,
          ),
        ]),
  ].join('\n');
}

function renderMilestone(each: MilestoneView): string {
  return [
    `${colours.bold(each.title)}  ${colours.dim(each.id)}`,
    `${each.overdue ? colours.red('overdue') : each.status}; due ${formatShortDate(each.due)}, late after ${formatInstant(each.dueAt)}; owner: ${each.owner}`,
    '',
    'Why this date:',
    ...each.explanation.map((sentence) => `  ${sentence}`),
    ...(each.stricter === undefined
      ? []
      : [colours.yellow(`  Stricter reading: ${formatShortDate(each.stricter.due)} (${each.stricter.why})`)]),
  ].join('\n');
}

export function milestoneTable(milestones: MilestoneView[]): string {
  const rows = milestones.map((each) => [
    dueCell(each.due, each.provisional),
    each.title,
    each.overdue ? colours.red('overdue') : each.status,
    each.owner,
    colours.dim(each.id),
  ]);
  return table(['Due', 'Milestone', 'Status', 'Owner', 'Id'], rows, 1);
}

function overdue(): Command {
  return new Command('overdue')
    .description('what is overdue, latest first, from the register')
    .option('--authority <id>', 'one authority only')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions & { authority?: string }) => {
      const now = new Date().toISOString();
      const today = localDate(now);
      const late = await withRegister((register) =>
        register.overdue(now, options.authority === undefined ? {} : { authority: options.authority }),
      );
      const calendars = new Map<string, WorkingCalendar>();
      const rows = late.map((row) => {
        const calendar = calendars.get(row.division) ?? createCalendar(loadBankHolidays(division.parse(row.division)));
        calendars.set(row.division, calendar);
        return { ...row, workingDaysLate: calendar.countWorkingDays(row.due, today) };
      });
      print(rows, options, (data) =>
        data.length === 0
          ? colours.green('Nothing is overdue.')
          : table(
              ['Late', 'Due', 'Inspection', 'Milestone', 'Owner', 'Id'],
              data.map((row) => [
                `${row.workingDaysLate} working days`,
                formatShortDate(row.due),
                `${row.authority}/${row.reference}`,
                row.title,
                row.ownerTitle,
                colours.dim(row.milestone),
              ]),
              3,
            ),
      );
    });
}

function history(): Command {
  return new Command('history')
    .description('what happened, when, by whom: from the register')
    .argument('<ref>', 'the inspection')
    .option('--json', 'print JSON')
    .action(async (ref: string, options: PrintOptions) => {
      const [authority = '', reference = ''] = ref.split('/');
      const entries = await withRegister((register) => register.history(authority, reference));
      if (entries.length === 0)
        throw new Error(`The register has nothing about "${ref}". See what there is with: duecourse list`);
      print(entries, options, (rows) =>
        table(
          ['When', 'What', 'Who'],
          rows.map((row) => [
            formatInstant(row.at),
            row.text,
            row.actor === null ? '' : `${row.actor.role} (${row.actor.id})`,
          ]),
          1,
        ),
      );
    });
}
