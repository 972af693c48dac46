import { Command } from 'commander';
import { TEMPLATE_FIELDS } from '../../../domain/documents/template-fields.ts';
import type { LookedAtTemplate } from '../../documents/template/look.ts';
import { TEMPLATE_LIMITS, UNFIT } from '../../documents/template/unfit.ts';
import { shownPath } from '../../files/text-file.ts';
import { EXIT } from '../exit.ts';
import { contentOf, writeNew } from '../given-files.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';

/** `duecourse template check|example`: a council's own Word template, before an administrator puts it in place. */
export function templateCommand(): Command {
  const template = new Command('template').description(
    'the council’s own Word template: letterhead and styles for its documents',
  );
  template
    .command('check')
    .description('look whether a Word document can be the template: its fields, and whatever may not be in it')
    .argument('<file>', 'the template (.docx or .dotx)')
    .option('--json', 'print JSON')
    .action(async (file: string, options: PrintOptions) => {
      const content = contentOf(file, { bytes: TEMPLATE_LIMITS.fileBytes, words: UNFIT.large });
      const { lookAtTemplate } = await import('../../documents/template/look.ts');
      const found = await lookAtTemplate(content);
      const ok = found.problems.length === 0;
      print({ file, ok, ...found }, options, () => inWords(file, found));
      if (!ok) process.exitCode = EXIT.failed;
    });
  template
    .command('example')
    .description('write a template to begin with')
    .requiredOption('--out <file>', 'where to, for example council.docx')
    .action(async ({ out }: { out: string }) => {
      const { exampleTemplate } = await import('../../documents/template/example.ts');
      writeNew(out, await exampleTemplate());
      progress(
        `Written to ${shownPath(out)}. Change it in Word; then: duecourse template check ${shownPath(out)}. An administrator puts it in place under Administration, Word template.`,
      );
    });
  return template;
}

function inWords(file: string, { fields, problems, notes }: LookedAtTemplate): string {
  const shown = shownPath(file);
  return [
    problems.length === 0
      ? `${colours.green('Good:')}  ${shown} can be the council’s template.`
      : `${colours.red('Wrong:')} ${shown} can’t be the council’s template.`,
    ...problems.map((each) => `  ${each}`),
    ...notes.map((each) => colours.yellow(`  ${each}`)),
    ...(problems.length === 0
      ? ['  It has no macros, no tracked changes, no comments, and takes nothing from elsewhere.']
      : []),
    ...(fields.length === 0 ? [] : ['Its fields:']),
    ...fields.map((name) => `  {${name}}: ${TEMPLATE_FIELDS[name].stands}`),
  ].join('\n');
}
