import { Command, Option } from 'commander';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { planWith } from '../../../domain/revisions/steps.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import type { Services } from '../../connect.ts';
import type { OwnChoices } from '../../own-book/own-choices.ts';
import { notAmong } from '../../../domain/nearest.ts';
import { OWN_FIELD_NAMES } from '../../own-book/own-fields.ts';
import { planFrom, proposalOf, type ReadPlan } from '../../plan/proposal.ts';
import type { ReadWorkbook } from '../../workbook/cells.ts';
import type { BookRead } from '../../plan-book/book-read.ts';
import { sourceFrom } from '../../plan-book/made.ts';
import { onPlan, reportsOn } from '../../plan-book/on-plan.ts';
import type { PlanFile } from '../../plan-book/read-file.ts';
import { refusedReports } from '../../plan-book/tried-reports.ts';
import { actorOf, untilRecorded } from '../acting.ts';
import { type Brought, broughtData, broughtInWords, isWhole } from '../brought-lines.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { asOption, byOption, inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';

interface ImportOptions extends PrintOptions {
  sheet?: string;
  column?: string[];
  person?: string[];
  officer?: string;
  dryRun?: boolean;
  only?: string[];
  mine?: string[];
  skipWrong?: boolean;
  reason?: string;
  minute?: string;
  agreed?: string;
  yes?: boolean;
  as?: string;
  by: string;
}

/** `duecourse plan import`: what was changed in a workbook of the plan, shown, and carried out in one revision. */
export function planImportCommand(): Command {
  return new Command('import')
    .description(
      'bring back a workbook of the plan, or bring one that the council has made itself: what it changes is shown line by line, then carried out in one revision, with what it reports',
    )
    .addArgument(inspectionArgument())
    .argument(
      '<file>',
      'the workbook (.xlsx): begin with duecourse plan export REF --out plan.xlsx; or the council’s own, also as .csv',
    )
    .option('--dry-run', 'show it, and do nothing')
    .option('--sheet <name>', 'of the council’s own workbook: the sheet that has the table of actions')
    .option(
      '--column <field=heading...>',
      `of the council’s own: which column is what, for example action="Task description"; with nothing behind = it is not taken (${OWN_FIELD_NAMES.join(', ')})`,
    )
    .option(
      '--person <name=role...>',
      'of the council’s own: whom a name stands for, for example "J. Smith=head-of-service"',
    )
    .option('--officer <role>', 'of the council’s own: accountable for themes that are new')
    .option('--only <lines...>', 'only these lines, by their names, for example action/a12 progress/a3')
    .option('--mine <lines...>', 'where others have changed the same since: these lines hold as the workbook says')
    .option('--skip-wrong', 'carry out the rest where some cells can’t be used')
    .option('--reason <text>', 'why the plan changes, for the record and for everybody who is told')
    .option('--minute <text>', 'the minute that it rests on, where a board decided it')
    .option('--agreed <who>', 'who outside the council has agreed, where it changes what they have set')
    .option('--yes', 'do it without asking')
    .addOption(asOption())
    .addOption(byOption())
    .addOption(new Option('--json', 'print JSON'))
    .action(async (ref: InspectionRef, file: string, options: ImportOptions) => {
      const { planFileAt } = await import('../../plan-book/read-file.ts');
      const chosen = chosenIn(options);
      const found = await planFileAt(file, ref);
      if (found.is === 'ours') mustBeNamed(found.read, options);
      await withServices((services) => bring(services, { ref, file, found, chosen }, options));
    });
}

/** What is said of a council's own workbook. @throws UsageError where it can't be understood */
function chosenIn({ sheet, column = [], person = [], officer }: ImportOptions): OwnChoices {
  const columns: OwnChoices['columns'] = {};
  for (const [name, heading] of column.map((each) => divided(each, '--column', 'action="Task description"'))) {
    const field = OWN_FIELD_NAMES.find((each) => each === name);
    if (field === undefined) throw new UsageError(notAmong('there is no field', name, OWN_FIELD_NAMES, 'There are'));
    columns[field] = heading === '' ? null : heading;
  }
  const people = person.map((each) => divided(each, '--person', '"J. Smith=head-of-service"'));
  return { sheet, columns, people: Object.fromEntries(people), officer };
}

function divided(text: string, option: string, example: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new UsageError(`${option} needs two sides, like ${example} (was: ${text})`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** @throws UsageError where a line is named that the workbook has not */
function mustBeNamed({ edits, reports }: BookRead, { only = [], mine = [] }: ImportOptions): void {
  const names = new Set([...edits, ...reports].map(({ name }) => name));
  const unknown = [...only, ...mine.map(lineOf)].filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw new UsageError(`the workbook has no line ${unknown.join(', ')}: --dry-run shows the name of each`);
}

/** Of what both have changed the name says the field as well: 'action/a12/due'. */
const lineOf = (name: string): string => name.split('/').slice(0, 2).join('/');

/** A file that somebody brings, and what they have said of it. */
interface BroughtFile {
  ref: InspectionRef;
  file: string;
  found: PlanFile;
  chosen: OwnChoices;
}

async function bring(
  services: Services,
  { ref, file, found, chosen: said }: BroughtFile,
  options: ImportOptions,
): Promise<void> {
  const { engine, register } = services;
  const actor = actorOf(options);
  const plan = await planFrom(services, ref);
  const { facts, state, view } = plan;
  const read = found.is === 'ours' ? found.read : await ownBook(found.workbook, file, said, { services, ref, plan });
  const mine = new Set(options.mine);
  const chosen = options.only === undefined ? () => true : (name: string) => options.only?.includes(name) === true;
  const over = onPlan(read, facts.inspection, chosen, ({ name }) =>
    mine.has(name) || mine.has(lineOf(name)) ? 'yours' : undefined,
  );
  const details = { reason: options.reason ?? 'as proposed', agreedBy: options.agreed, role: actor.role };
  const proposal = await proposalOf(register, plan, planWith(facts.inspection, over.edits), details);
  const all = reportsOn(read, view).filter(({ report }) => chosen(report.name));
  const overtaken = all.filter((each) => each.overtaken && !mine.has(each.report.name)).map(({ report }) => report);
  const reports = all.map(({ report }) => report).filter((report) => !overtaken.includes(report));
  const refused = refusedReports(reports, { state, now: view.now }, () => actor);
  const brought: Brought = {
    ...{ read, facts, proposal, reports, overtaken, refused, lost: over.lost },
    clashes: over.clashes.filter(({ name }) => !mine.has(name) && !mine.has(lineOf(name))),
  };
  const isQuiet = options.json === true && (options.yes === true || options.dryRun === true);
  if (!isQuiet) progress(broughtInWords(brought));
  if (!isWhole(brought, options.skipWrong === true)) process.exitCode = EXIT.failed;
  const taken = reports.filter(({ name }) => !refused.has(name));
  const isNothing = proposal.changes.length === 0 && taken.length === 0;
  if (options.dryRun === true || isNothing || !isWhole(brought, options.skipWrong === true))
    return print({ done: false, ...broughtData(brought) }, options, () => 'Nothing was changed.');
  if (proposal.changes.length > 0 && options.reason === undefined)
    throw new UsageError(
      'say why the plan changes, with --reason "…": it goes on record, and everybody who is told reads it',
    );
  if (options.yes !== true)
    await confirm(`The plan of ${ref} would be changed, and reported on, like this.`, 'Carry it out?');
  const revision = revisionOf(facts);
  let last = 0;
  if (proposal.changes.length > 0) {
    const { reason = '', minute, agreed: agreedBy } = options;
    const payload = { edits: proposal.edits, reason, minute, agreedBy, expect: revision };
    last = (await engine.command(ref, 'revise', payload, actor)).seq;
  }
  const failed: string[] = [];
  for (const { command, payload, title } of taken)
    try {
      last = (await engine.command(ref, command, payload, actor)).seq;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed.push(`${title}: ${error.message}`);
    }
  await untilRecorded(register, ref, last);
  if (failed.length > 0) process.exitCode = EXIT.failed;
  const now = proposal.changes.length > 0 ? revision + 1 : revision;
  print({ done: true, revision: now, failed, ...broughtData(brought) }, options, () =>
    [
      ...failed.map((each) => `${colours.red('Not taken:')} ${each}`),
      `${colours.green('Done:')} the plan is at revision ${now}; ${taken.length - failed.length} reported. See it with: duecourse plan show ${ref}`,
    ].join('\n'),
  );
}

/** @throws FileProblems where it has no table of actions; UsageError where somebody is named who is nobody */
async function ownBook(
  workbook: ReadWorkbook,
  file: string,
  chosen: OwnChoices,
  { services, ref, plan }: { services: Services; ref: InspectionRef; plan: ReadPlan },
): Promise<BookRead> {
  const source = await sourceFrom(services.register, ref, plan);
  const roles = source.sent.people.map(({ id }) => id);
  const asked = [...Object.values(chosen.people), ...(chosen.officer === undefined ? [] : [chosen.officer])];
  const nobody = asked.find((each) => !roles.includes(each));
  if (nobody !== undefined) throw new UsageError(notAmong('there is no role', nobody, roles, 'There are'));
  const { readOwnBook } = await import('../../own-book/read-own-book.ts');
  return readOwnBook(workbook, file, source, chosen);
}
