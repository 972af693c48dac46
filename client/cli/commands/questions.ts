import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { inspectionArgument } from '../options.ts';
import { questionTexts, type QuestionText } from '../../question-texts.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse questions`: what members have asked. */
export function questionsCommand(): Command {
  return new Command('questions')
    .description('members’ questions, their answers, and which briefing took them to all members')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const questions = await withServices(async ({ engine, register }) =>
        questionTexts(register, ref, (await engine.view(ref)).questions),
      );
      print(questions, options, (list) =>
        list.length === 0 ? 'No member has asked anything.' : list.map(renderQuestion).join('\n\n'),
      );
    });
}

function renderQuestion({ id, askedOn, by, text, answer: given, reportedIn, withdrawn }: QuestionText): string {
  return [
    `${colours.bold(id)}  asked on ${formatShortDate(askedOn)} by ${by}`,
    `  ${text}`,
    given === undefined
      ? colours.yellow(withdrawn === undefined ? '  Not answered yet.' : '  Nobody has to answer it.')
      : `  Answered on ${formatShortDate(given.on)}: ${given.text}`,
    ...(withdrawn === undefined ? [] : [`  Withdrawn: ${withdrawn}`]),
    ...(given === undefined || withdrawn !== undefined
      ? []
      : [
          colours.dim(
            reportedIn === undefined ? '  To go to all members with the next briefing.' : `  Sent with ${reportedIn}.`,
          ),
        ]),
  ].join('\n');
}
