import { Command, Option } from 'commander';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { planWith } from '../../../domain/revisions/steps.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import type { Services } from '../../connect.ts';
import { planFrom, proposalOf } from '../../plan/proposal.ts';
import type { BookRead } from '../../plan-book/book-read.ts';
import { onPlan, reportsOn } from '../../plan-book/on-plan.ts';
import { refusedReports } from '../../plan-book/tried-reports.ts';
import { actorOf, untilRecorded } from '../acting.ts';
import { type Brought, broughtData, broughtInWords, isWhole } from '../brought-lines.ts';
import { confirm } from '../confirm.ts';
import { EXIT, UsageError } from '../failures.ts';
import { asOption, byOption, inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';

interface ImportOptions extends PrintOptions {
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
      'bring back a workbook of the plan: what changed since it went out is shown line by line, then carried out in one revision, with what it reports',
    )
    .addArgument(inspectionArgument())
    .argument('<file>', 'the workbook (.xlsx); begin with: duecourse plan export REF --out plan.xlsx')
    .option('--dry-run', 'show it, and do nothing')
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
      const { readBookFile } = await import('../../plan-book/read-file.ts');
      const read = await readBookFile(file, ref);
      mustBeNamed(read, options);
      await withServices((services) => bring(services, ref, read, options));
    });
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

async function bring(services: Services, ref: InspectionRef, read: BookRead, options: ImportOptions): Promise<void> {
  const { engine, register } = services;
  const actor = actorOf(options);
  const plan = await planFrom(services, ref);
  const { facts, state, view } = plan;
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
