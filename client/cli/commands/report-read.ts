import { Command, Option } from 'commander';
import { basename } from 'node:path';
import { formatDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { FACTS, type FoundReport, missingFacts } from '../../../domain/report/found.ts';
import { LAYOUTS } from '../../../domain/report/layouts.ts';
import { placeInWords, type Proposal } from '../../../domain/report/line.ts';
import { BadRequest } from '../../bad-request.ts';
import { inspectionFileOf } from '../../report/inspection-file.ts';
import { shownPath } from '../../files/text-file.ts';
import { contentOf, writeNew } from '../given-files.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';

interface ReadOptions extends PrintOptions {
  yaml?: boolean;
  out?: string;
}

/** `duecourse report read`: what an inspectorate's report says, and an inspection's file to begin from. */
export function reportReadCommand(): Command {
  return new Command('read')
    .description(
      'read an inspectorate’s report, and propose its title, dates, grades and recommendations, each with its place; nothing is started',
    )
    .argument('<file>', 'the report: PDF, Word (.docx) or text')
    .option('--json', 'print JSON')
    .addOption(new Option('--yaml', 'print an inspection file to begin from').conflicts('json'))
    .option('--out <file>', 'write an inspection file to begin from')
    .action(async (file: string, options: ReadOptions) => {
      const found = await foundIn(file);
      const text = inspectionFileOf(found, basename(file));
      if (options.out !== undefined) writeNew(options.out, text);
      if (options.yaml === true) process.stdout.write(text);
      else print(found, options, render);
      if (options.out !== undefined)
        progress(
          `Written to ${shownPath(options.out)}. What is left to be filled in: duecourse check ${shownPath(options.out)}`,
        );
    });
}

async function foundIn(file: string): Promise<FoundReport> {
  const { reportReader } = await import('../../report/reader.ts');
  const answer = await reportReader().read({ body: new Uint8Array(contentOf(file)), as: 'file' });
  if (answer?.found === undefined)
    throw new BadRequest(`${shownPath(file)}: ${answer?.refusal ?? 'it can’t be read.'}`);
  return answer.found;
}

function render(found: FoundReport): string {
  const { layout, facts, judgements, recommendations, notes } = found;
  return [
    colours.bold(layout === undefined ? 'Of no kind that is known here' : `Read as one of ${LAYOUTS[layout].title}`),
    ...notes.map((note) => colours.yellow(note)),
    '',
    ...namesOf(FACTS).flatMap((name) => {
      const fact = facts[name];
      return fact === undefined ? [] : [said(`${FACTS[name].label}: ${inWords(fact.value)}`, fact)];
    }),
    ...(judgements.length === 0 ? [] : ['', colours.bold('Judgements')]),
    ...judgements.map((each) => said(`${each.value.area}: ${each.value.grade}`, each)),
    ...(recommendations.length === 0 ? [] : ['', colours.bold(`Recommendations: ${recommendations.length}`)]),
    ...recommendations.map((each, index) => said(`${index + 1}. ${each.value}`, each)),
    '',
    colours.bold('Not said'),
    ...missingFacts(found).map((each) => `  ${each}`),
    ...(judgements.length === 0 ? ['  No grade was found.'] : []),
    '',
    'These are proposals: look at each in the report.',
  ].join('\n');
}

const inWords = (value: string): string => (isCivilDate(value) ? formatDate(value) : value);

function said(text: string, { place, unsure }: Proposal<unknown>): string {
  const where = colours.dim(`    ${placeInWords(place)}: “${place.quote}”`);
  return [`  ${text}`, where, ...(unsure === undefined ? [] : [colours.yellow(`    Not sure: ${unsure}`)])].join('\n');
}
