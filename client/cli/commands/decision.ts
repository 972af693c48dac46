import { Command, Option } from 'commander';
import { recordAsMarkdown, type RecordOfDecision } from '../../../domain/decisions/record-of-decision.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { BadRequest } from '../../bad-request.ts';
import { inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse decision`: the record of one. */
export function decisionCommand(): Command {
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
