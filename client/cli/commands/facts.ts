import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import type { Question } from '../../../domain/schemas/inspection.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { type ActingOptions, carryOut } from '../acting.ts';
import { asOption, byOption, dateOption, inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse correct`, `ask`, `answer` and `questions`: what becomes known while an inspection runs. */
export function factsCommands(): Command[] {
  return [correct(), ask(), answer(), questions()];
}

const acting = (command: Command): Command =>
  command.addOption(asOption()).addOption(byOption()).option('--json', 'print JSON');

interface CorrectOptions extends ActingOptions {
  received?: string;
  receivedAt?: string;
  published?: string;
  reason: string;
}

function correct(): Command {
  return acting(
    new Command('correct')
      .description('a date of the report was wrong, or has become known: everything not yet met is worked out again')
      .argument('<ref>', 'the inspection')
      .addOption(dateOption('--received <date>', 'when the report was received'))
      .option('--received-at <time>', 'at what time, HH:MM')
      .addOption(dateOption('--published <date>', 'when it was published'))
      .requiredOption('--reason <text>', 'why, for the record'),
  ).action(async (ref: string, { as, by, json, ...payload }: CorrectOptions) => {
    await carryOut(
      ref,
      'correct',
      payload,
      { as, by, json },
      () => `${colours.green('Corrected.')} See what moved with: duecourse history ${ref}`,
    );
  });
}

interface AskOptions extends ActingOptions {
  member: string;
  text: string;
  id?: string;
  on?: string;
}

function ask(): Command {
  return acting(
    new Command('ask')
      .description('record a member’s question: it goes to the director, with a date by which it is to be answered')
      .argument('<ref>', 'the inspection')
      .requiredOption('--member <label>', 'who asks; kept with the inspection, not in the record')
      .requiredOption('--text <text>', 'the question')
      .option('--id <id>', 'a short name (default: q1, q2, …)')
      .addOption(dateOption('--on <date>', 'the day it was asked, where that is earlier than today')),
  ).action(async (ref: string, { as, by, json, member, ...rest }: AskOptions) => {
    await carryOut(
      ref,
      'ask',
      { by: member, ...rest },
      { as, by, json },
      () => `${colours.green('Recorded.')} See it with: duecourse questions ${ref}`,
    );
  });
}

interface AnswerOptions extends ActingOptions {
  text: string;
  on?: string;
}

function answer(): Command {
  return acting(
    new Command('answer')
      .description('answer a member’s question: the answer goes to all members with the next briefing')
      .argument('<ref>', 'the inspection')
      .argument('<question>', 'its short name, for example q1')
      .requiredOption('--text <text>', 'the answer')
      .addOption(dateOption('--on <date>', 'the day it was answered, where that is earlier than today')),
  ).action(async (ref: string, question: string, { as, by, json, ...rest }: AnswerOptions) => {
    await carryOut(
      ref,
      'answer',
      { question, ...rest },
      { as, by, json },
      () => `${colours.green('Answered.')} It is to go to all members with the next briefing.`,
    );
  });
}

function questions(): Command {
  return new Command('questions')
    .description('members’ questions, their answers, and which briefing took them to all members')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const view = await withServices(({ engine }) => engine.view(ref));
      print(view.questions, options, (list) =>
        list.length === 0 ? 'No member has asked anything.' : list.map(renderQuestion).join('\n\n'),
      );
    });
}

function renderQuestion({ id, askedOn, by, text, answer: given, reportedIn }: Question): string {
  return [
    `${colours.bold(id)}  asked on ${formatShortDate(askedOn)} by ${by}`,
    `  ${text}`,
    given === undefined
      ? colours.yellow('  Not answered yet.')
      : `  Answered on ${formatShortDate(given.on)}: ${given.text}`,
    ...(given === undefined
      ? []
      : [
          colours.dim(
            reportedIn === undefined ? '  To go to all members with the next briefing.' : `  Sent with ${reportedIn}.`,
          ),
        ]),
  ].join('\n');
}
