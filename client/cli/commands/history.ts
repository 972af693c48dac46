import { Command } from 'commander';
import { formatInstant } from '../../../domain/calendar/london.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import type { RegisterEntry } from '../../../domain/lifecycle/entry.ts';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';
import { nothingAbout } from '../../known-authority.ts';
import { type Column, csvOf, type ListOptions, withListOptions } from '../lists.ts';
import { inspectionArgument, parseCount } from '../options.ts';
import { seenJson } from '../seen-stream.ts';
import { withRegister } from '../services.ts';
import { table } from '../terminal.ts';

/** `duecourse history`: read and printed a page at a time, however long it is. */
export function historyCommand(): Command {
  return withListOptions(
    new Command('history')
      .description('what happened, when, by whom: from the register')
      .addArgument(inspectionArgument())
      .option('--limit <n>', 'only the last so many entries', parseCount),
  ).action(async (inspection: InspectionRef, options: ListOptions & { limit?: number }) => {
    const write = writerOf(options);
    await withRegister(async (register) => {
      let first = true;
      for await (const page of register.historyPages(partsOf(inspection), options.limit)) {
        await print(write(page, first));
        first = false;
      }
      if (first) throw await nothingAbout(register, inspection);
    });
    if (options.json === true || options.format === 'json') await print('\n]\n');
  });
}

/** Waits where whoever reads is slower than the register. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

const actorOf = ({ actor }: RegisterEntry): string => (actor === null ? '' : `${actor.role} (${actor.id})`);

const COLUMNS: Column<RegisterEntry>[] = [
  { head: 'When', value: (row) => row.at },
  { head: 'What', value: shownText },
  { head: 'Who', value: actorOf },
  { head: 'Kind', value: (row) => row.kind },
  { head: 'Milestone', value: (row) => row.milestone ?? '' },
];

/** A page of entries in the form that was asked for; the first one begins it. */
function writerOf({ json, format }: ListOptions): (page: RegisterEntry[], first: boolean) => string {
  if (json === true || format === 'json')
    return (page, first) =>
      page.map((entry, index) => `${first && index === 0 ? '[\n' : ',\n'}${indented(seenJson(entry))}`).join('');
  if (format === 'csv') return (page, first) => csvOf(page, COLUMNS, first);
  return (page, first) => {
    const rows = page.map((row) => [formatInstant(row.at), shownText(row), actorOf(row)]);
    return `${table(['When', 'What', 'Who'], rows, 1, first ? 'whole' : 'later part')}\n`;
  };
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');
