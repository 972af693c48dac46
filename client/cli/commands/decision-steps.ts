import { Command, Option } from 'commander';
import { recordAsMarkdown, type RecordOfDecision } from '../../../domain/decisions/record-of-decision.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { BadRequest } from '../../bad-request.ts';
import { type ActingOptions, carryOut } from '../acting.ts';
import { asOption, byOption, dateOption, inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse decision`, `publish-decision`, `resolve-call-in`, `reconsider` and `implement`: what becomes of a decision. */
export function decisionStepCommands(): Command[] {
  return [decision(), publish(), resolve(), reconsider(), implement()];
}

interface StepOptions extends ActingOptions {
  on?: string;
  outcome?: string;
  reasons?: string;
}

const step = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<ref>', 'the inspection')
    .argument('<decision>', "the decision's short name")
    .addOption(dateOption('--on <date>', 'the day it was, where that is earlier than today'));

const acting = (command: Command): Command =>
  command.addOption(asOption()).addOption(byOption()).option('--json', 'print JSON');

const done = (ref: string, id: string) => () =>
  `${colours.green('Recorded.')} See where it stands with: duecourse decision ${ref} ${id}`;

function publish(): Command {
  return acting(
    step('publish-decision', 'the record of a decision has been published: its call-in window starts'),
  ).action(async (ref: string, id: string, { as, by, json, on }: StepOptions) => {
    const payload = { decision: id, ...(on === undefined ? {} : { on }) };
    await carryOut(ref, 'publishDecision', payload, { as, by, json }, done(ref, id));
  });
}

function resolve(): Command {
  const outcomes = ['no-further-action', 'refer-back', 'refer-to-council'] as const;
  return acting(
    step('resolve-call-in', 'what scrutiny resolved on a called-in decision')
      .addOption(new Option('--outcome <outcome>', 'what was resolved').choices(outcomes).makeOptionMandatory())
      .option('--reasons <text>', 'why'),
  ).action(async (ref: string, id: string, { as, by, json, outcome, ...rest }: StepOptions) => {
    const payload = { decision: id, outcome: outcome as (typeof outcomes)[number], ...rest };
    await carryOut(ref, 'resolveCallIn', payload, { as, by, json }, done(ref, id));
  });
}

function reconsider(): Command {
  const outcomes = ['confirmed', 'amended', 'withdrawn'] as const;
  return acting(
    step('reconsider', 'what the decision maker, or full Council, made of a decision that was referred')
      .addOption(new Option('--outcome <outcome>', 'what became of it').choices(outcomes).makeOptionMandatory())
      .option('--reasons <text>', 'why'),
  ).action(async (ref: string, id: string, { as, by, json, outcome, ...rest }: StepOptions) => {
    const payload = { decision: id, outcome: outcome as (typeof outcomes)[number], ...rest };
    await carryOut(ref, 'reconsider', payload, { as, by, json }, done(ref, id));
  });
}

function implement(): Command {
  return acting(
    step('implement', 'a decision was implemented: refused while its window is open or a call-in undecided'),
  ).action(async (ref: string, id: string, { as, by, json, on }: StepOptions) => {
    const payload = { decision: id, ...(on === undefined ? {} : { on }) };
    await carryOut(ref, 'implement', payload, { as, by, json }, done(ref, id));
  });
}

function decision(): Command {
  return new Command('decision')
    .description('the record of a decision, with its call-in date and what became of it, to read or to print')
    .addArgument(inspectionArgument())
    .argument('<decision>', "the decision's short name")
    .addOption(new Option('--format <format>', 'how').choices(['text', 'markdown', 'html']).default('text'))
    .option('--json', 'print JSON')
    .action(
      async (ref: InspectionRef, id: string, options: PrintOptions & { format: 'text' | 'markdown' | 'html' }) => {
        const view = await withServices(({ engine }) => engine.view(ref));
        const found = view.decisions.find((each) => each.id === id);
        if (found === undefined)
          throw new BadRequest(
            `${ref} has no decision "${id}"; it has ${view.decisions.map((each) => each.id).join(', ') || 'none'}.`,
          );
        if (options.format === 'html' && options.json !== true) {
          const { renderRecord } = await import('../../web/render.ts');
          process.stdout.write(renderRecord(found));
          return;
        }
        print(found, options, (each) => (options.format === 'markdown' ? recordAsMarkdown(each) : render(each)));
      },
    );
}

function render({ authority, heading, parts }: RecordOfDecision): string {
  return [
    colours.bold(`${authority}: record of decision`),
    heading,
    ...parts.flatMap((part, index) => ['', colours.bold(`${index + 1}. ${part.heading}`), `   ${part.text}`]),
  ].join('\n');
}
