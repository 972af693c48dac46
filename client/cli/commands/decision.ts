import { Command } from 'commander';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { BadRequest } from '../../bad-request.ts';
import { decisionRecord } from '../../documents/of-inspection.ts';
import { type DocumentOptions, putDocument, templateOf, withDocumentOptions } from '../document-formats.ts';
import { inspectionArgument, onOption } from '../options.ts';
import { withReported } from '../reported-by.ts';
import { print, type PrintOptions } from '../terminal.ts';

/** `duecourse decision`: the record of one. */
export function decisionCommand(): Command {
  const command = new Command('decision')
    .description(
      'the record of a decision, with its call-in date and what became of it, to read, to print, or for Word',
    )
    .addArgument(inspectionArgument())
    .argument('<decision>', "the decision's short name")
    .addOption(onOption())
    .option('--json', 'print JSON');
  return withDocumentOptions(command, 'text').action(
    async (ref: InspectionRef, id: string, options: PrintOptions & DocumentOptions & { on?: string }) => {
      const { view, document, template } = await withReported(ref, options.on, async ({ found, register, marked }) => {
        const record = decisionRecord(found, id);
        return {
          view: found.view,
          document: record === undefined ? undefined : marked(record),
          template: await templateOf(register, ref, { options, byDefault: 'text' }),
        };
      });
      if (document === undefined)
        throw new BadRequest(
          `${ref} has no decision "${id}"; it has ${view.decisions.map((each) => each.id).join(', ') || 'none'}.`,
        );
      if (options.json === true)
        return print(
          view.decisions.find((each) => each.id === id),
          options,
          () => '',
        );
      await putDocument(document, options, { byDefault: 'text', template });
    },
  );
}
