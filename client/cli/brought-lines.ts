import type { Facts } from '../../domain/facts/facts.ts';
import type { Clash, Lost } from '../../domain/revisions/rebased.ts';
import { fieldInWords, valueInWords } from '../../domain/revisions/change-words.ts';
import { planItems } from '../../domain/revisions/plan-items.ts';
import type { Proposal } from '../plan/proposal.ts';
import type { BookRead, BookReport } from '../plan-book/book-read.ts';
import { placeOf } from '../plan-book/on-plan.ts';
import { reportInWords } from '../plan-book/report-words.ts';
import { dataOf, proposalInWords } from './proposal-lines.ts';
import { colours } from './terminal.ts';

/** A workbook that was brought back, on the plan as it runs. */
export interface Brought {
  read: BookRead;
  facts: Facts;
  proposal: Proposal;
  reports: BookReport[];
  /** Others have reported on these since it went out. */
  overtaken: BookReport[];
  /** What the inspection would say against reports, by their names. */
  refused: ReadonlyMap<string, string>;
  clashes: Clash[];
  lost: Lost[];
}

/** Can all of it be carried out that is to be? */
export const isWhole = ({ read, proposal }: Brought, skipWrong: boolean): boolean =>
  proposal.problems.length === 0 && (skipWrong || read.problems.length === 0);

const ANOTHER = 'Say --mine with its name where the workbook is to hold.';

export function broughtInWords(brought: Brought): string {
  const { read, facts, proposal, reports, overtaken, refused, clashes, lost } = brought;
  const line = (report: BookReport) =>
    `  ${report.title}: ${reportInWords(report, facts)}${colours.dim(`  [${report.at}, ${report.name}]`)}`;
  return [
    read.own !== undefined
      ? `The workbook is the council’s own; it is read against revision ${read.sent.revision}.`
      : `The workbook was made from revision ${read.sent.revision}.`,
    ...read.notes.map((each) => colours.yellow(each)),
    ...(read.problems.length === 0 ? [] : [colours.red('What can’t be used:')]),
    ...read.problems.map(({ at, problem }) => `  ${at}: ${problem}`),
    ...(clashes.length === 0 ? [] : [`What others have changed as well since, and stays as they have it. ${ANOTHER}`]),
    ...clashes.map(clashInWords),
    ...lost.map(
      ({ what, id, title }) => `${planItems(what).title} ${id} was withdrawn since by others, and stays so: ${title}`,
    ),
    proposalInWords(proposal, (change) => placeOf(read, change)),
    ...(reports.length === 0 ? [] : ['What is reported:']),
    ...reports.map(
      (report) =>
        `${line(report)}${refused.has(report.name) ? `\n    ${colours.red('not taken:')} ${refused.get(report.name)}` : ''}`,
    ),
    ...(overtaken.length === 0
      ? []
      : [`What others have reported on since, so that it is left out. ${ANOTHER}`, ...overtaken.map(line)]),
  ].join('\n');
}

const clashInWords = ({ name, what, id, field, yours, theirs }: Clash): string =>
  field === undefined
    ? `  ${planItems(what).title} ${id}: the workbook withdraws it${colours.dim(`  [${name}]`)}`
    : `  ${planItems(what).title} ${id}, ${fieldInWords(field)}: ${valueInWords(yours)} in the workbook, ${valueInWords(theirs)} by now${colours.dim(`  [${name}]`)}`;

/** The same for a program. */
export const broughtData = ({ read, proposal, reports, overtaken, refused, clashes, lost }: Brought) => ({
  made: { revision: read.sent.revision, at: read.sent.madeAt },
  ...dataOf(proposal),
  places: Object.fromEntries(
    read.edits.map(({ name, at, cells }) => [
      name,
      Object.keys(cells).length === 0 ? { row: at } : { row: at, ...cells },
    ]),
  ),
  unusable: read.problems,
  notes: read.notes,
  clashes: clashes.map(({ title: _title, ...each }) => each),
  lost,
  reports: reports.map(({ name, at, payload }) => ({ name, at, ...payload, refused: refused.get(name) ?? null })),
  overtaken: overtaken.map(({ name, at }) => ({ name, at })),
});
