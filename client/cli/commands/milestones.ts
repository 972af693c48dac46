import { Command } from 'commander';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { CommandName, CommandPayload } from '../../../domain/schemas/commands.ts';
import type { CommandResult } from '../../../workflows/messages.ts';
import { asOption, byOption, dateOption, parseWholeNumber } from '../options.ts';
import { carryOut, type ActingOptions } from '../acting.ts';
import { colours } from '../terminal.ts';

/** One command about one milestone: its words for people, and how its options become a payload. */
interface MilestoneCommandSpec<N extends CommandName> {
  name: N;
  description: string;
  options?: (command: Command) => Command;
  payload: (milestone: string, options: never) => CommandPayload<N>;
}

const spec = <N extends CommandName>(each: MilestoneCommandSpec<N>) => each;

const evidence = (command: Command) =>
  command
    .option('--evidence <link>', 'where the evidence is')
    .addOption(dateOption('--on <date>', 'the day it was done, where that is earlier than today'));
const reason = (command: Command) => command.requiredOption('--reason <text>', 'why, for the record');

const SPECS = [
  spec({
    name: 'submit',
    description: 'it has been sent or published: no more reminders',
    options: evidence,
    payload: (milestone, options: object) => ({ milestone, ...options }),
  }),
  spec({
    name: 'complete',
    description: 'it is done',
    options: evidence,
    payload: (milestone, options: object) => ({ milestone, ...options }),
  }),
  spec({
    name: 'extend',
    description: "grant a later date (a statutory date can't be extended)",
    options: (command) =>
      reason(command).addOption(dateOption('--to <date>', 'the new due date').makeOptionMandatory()),
    payload: (milestone, options: { to: string; reason: string }) => ({ milestone, ...options }),
  }),
  spec({
    name: 'hold',
    description: 'pause it, with a reason and a review date (a statutory due date does not move)',
    options: (command) =>
      reason(command)
        .addOption(dateOption('--review <date>', 'when the hold is looked at again').makeOptionMandatory())
        .option('--awaiting <text>', 'whose decision is awaited'),
    payload: (milestone, { review, ...options }: { review: string; reason: string; awaiting?: string }) => ({
      milestone,
      reviewOn: review,
      ...options,
    }),
  }),
  spec({
    name: 'release',
    description: 'take it off hold',
    options: (command) =>
      command
        .option('--reason <text>', 'why, for the record')
        .option('--working-days <n>', 'due so many working days from today', parseWholeNumber),
    payload: (milestone, options: { reason?: string; workingDays?: number }) => ({ milestone, ...options }),
  }),
  spec({
    name: 'waive',
    description: 'record that it no longer applies',
    options: reason,
    payload: (milestone, options: { reason: string }) => ({ milestone, ...options }),
  }),
  spec({
    name: 'reassign',
    description: 'give it to another role',
    options: (command) =>
      command
        .requiredOption('--to <role>', "the new owner, one of the authority's roles")
        .option('--reason <text>', 'why, for the record'),
    payload: (milestone, options: { to: string; reason?: string }) => ({ milestone, ...options }),
  }),
  spec({
    name: 'acknowledge',
    description: 'say that you are on it and when it will be done: pauses the chain until then',
    options: (command) =>
      command
        .addOption(dateOption('--promised <date>', 'when it will be done').makeOptionMandatory())
        .option('--note <text>', 'a note for the record'),
    payload: (milestone, { promised, note }: { promised: string; note?: string }) => ({
      milestone,
      promisedOn: promised,
      ...(note === undefined ? {} : { note }),
    }),
  }),
];

/** `duecourse submit REF MILESTONE …` and its like. */
export function milestoneCommands(): Command[] {
  return SPECS.map((each) => {
    const command = new Command(each.name)
      .description(each.description)
      .argument('<ref>', 'the inspection, for example middlesbrough/2016')
      .argument(
        '<milestone>',
        'the milestone, for example plan-submission/written-action-plan; its last part is enough where there is only one',
      );
    each.options?.(command);
    return command
      .addOption(asOption())
      .addOption(byOption())
      .option('--json', 'print JSON')
      .action(
        async (ref: string, milestone: string, { as, by, json, ...own }: ActingOptions & Record<string, unknown>) => {
          await carryOut(ref, each.name, each.payload(milestone, own as never), { as, by, json }, sentence);
        },
      );
  });
}

function sentence({ milestone, status }: CommandResult): string {
  if (milestone === null) return `Done. The inspection is ${status}.`;
  const due = milestone.status === 'open' || milestone.status === 'held' ? `; due ${formatDate(milestone.due)}` : '';
  return `${colours.green('Done:')} ${milestone.title} is now ${milestone.status}${due}.`;
}
