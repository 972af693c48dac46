import { Command, Option } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { coverage } from '../../../domain/progress/coverage.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { changesOf } from '../../../domain/revisions/changes.ts';
import { editsBetween } from '../../../domain/revisions/edits.ts';
import { planItems, type PlanPart } from '../../../domain/revisions/plan-items.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import { loadPlanFile } from '../../files/load-plan.ts';
import { changesInWords, planAsYaml, revisionInWords } from '../../plan/plan-text.ts';
import { planAt } from '../../plan/plan-revisions.ts';
import { sharedData } from '../../plan/shared-actions.ts';
import { planFrom, proposalOf, type ReadPlan } from '../../plan/proposal.ts';
import { actorOf, untilRecorded } from '../acting.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { bare, dataOf, type ProposalData, proposalInWords } from '../proposal-lines.ts';
import { planExportCommand } from './plan-export.ts';
import { planImportCommand } from './plan-import.ts';
import { actionLines, countingLines, measureRows, promiseLines, sharedLines } from '../plan-lines.ts';
import { asOption, byOption, inspectionArgument, parseWholeNumber } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress, table } from '../terminal.ts';

/** `duecourse plan show|diff|revise|history|export|import`: the plan as it runs, as it was, and as it is to be. */
export function planCommand(): Command {
  return new Command('plan')
    .description('the plan of an inspection: as it runs, as it was, as somebody proposes it')
    .addCommand(showCommand(), { isDefault: true })
    .addCommand(diffCommand())
    .addCommand(reviseCommand())
    .addCommand(historyCommand())
    .addCommand(planExportCommand())
    .addCommand(planImportCommand());
}

const revisionOption = (flags: string, help: string): Option => new Option(flags, help).argParser(parseWholeNumber);

interface ShowOptions extends PrintOptions {
  revision?: number;
  as?: 'yaml';
}

function showCommand(): Command {
  return new Command('show')
    .description('recommendations, themes and actions, what answers what, and the versions that were recorded')
    .addArgument(inspectionArgument())
    .addOption(revisionOption('--revision <n>', 'as it was at this revision (default: as it runs)'))
    .addOption(new Option('--as <form>', 'as a file that can be edited and given back').choices(['yaml']))
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: ShowOptions) => {
      const { view, facts, revisions, shared, countingOn } = await readPlan(ref);
      const present = revisionOf(facts);
      const revision = options.revision ?? present;
      const plan = planAt(facts, revisions, revision);
      const { withdrawn = [] } = facts.inspection;
      if (options.as === 'yaml') {
        const head = `${view.title}: the plan at revision ${revision}. Edit it, and look at what would change with: duecourse plan diff ${ref} FILE`;
        const isPresent = revision === present;
        process.stdout.write(
          planAsYaml(plan, { head, revision }, isPresent ? withdrawn : [], isPresent ? view.milestones : []),
        );
        return;
      }
      const { recommendations, themes, actions, owners, commitments, approvals = [] } = plan;
      const data = {
        ...{ revision, recommendations, themes, actions, owners, commitments, approvals, withdrawn },
        plans: view.improvement.plans ?? [],
        coverage: coverage({ ...view.improvement, recommendations, themes, actions }),
        shared: shared.map(sharedData),
        countingOn,
      };
      print(data, options, () =>
        [
          `${colours.bold(view.title)}: the plan at revision ${revision}${revision === present ? '' : ` of ${present}`}`,
          '',
          ...actionLines(plan, revision === present ? view.milestones : []),
          ...measureRows(revision === present ? view.measures : [], localDate(view.now)),
          ...promiseLines(commitments),
          '',
          ...(data.plans.length === 0
            ? [`No version of a plan is on record. Record one with: duecourse record-plan ${ref}`]
            : data.plans.map(
                (each) =>
                  `${colours.bold(`${each.plan}, version ${each.version}`)}: ${each.stages.map(({ stage, on, revision: at }) => `${stage} ${formatShortDate(on)}${at === undefined ? '' : ` (revision ${at})`}`).join(', ')}`,
              )),
          '',
          table(
            ['Recommendation', 'Themes', 'Actions'],
            data.coverage.map((row) => [
              row.recommendation,
              row.themes.join(', ') || colours.yellow('none'),
              row.actions.join(', ') || colours.yellow('none'),
            ]),
            2,
          ),
          ...sharedLines(shared),
          ...countingLines(countingOn, ref),
          ...(withdrawn.length === 0 ? [] : ['', colours.bold('Withdrawn')]),
          ...withdrawn.map(
            ({ what, id, title, on, reason, replacedBy }) =>
              `  ${planItems(what).title} ${id}, ${formatShortDate(on)}: ${title}. ${reason}${replacedBy === undefined ? '' : ` Now: ${replacedBy.join(', ')}.`}`,
          ),
        ].join('\n'),
      );
    });
}

interface DiffOptions extends PrintOptions {
  agreed?: string;
  from?: number;
  to?: number;
}

function diffCommand(): Command {
  return new Command('diff')
    .description(
      'what a file would change in the plan, what moves, and who will be told; or what revisions have changed',
    )
    .addArgument(inspectionArgument())
    .argument('[file]', 'the plan as proposed (YAML): the lists of a plan, or a whole inspection’s file')
    .addOption(revisionOption('--from <n>', 'in place of a file: from this revision'))
    .addOption(revisionOption('--to <n>', 'to this one (default: the plan as it runs)'))
    .option('--agreed <who>', 'who outside the council has agreed, where it changes what they have set')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, file: string | undefined, options: DiffOptions) => {
      if ((file === undefined) === (options.from === undefined))
        throw new UsageError(
          'give a file, or the revisions to compare: duecourse plan diff REF FILE, or --from 2 --to 5',
        );
      if (file === undefined) return printPast(ref, options);
      const { plan: proposed, revision: seen } = loadPlanFile(file, ref);
      const { read, proposal } = await withServices(async (services) => {
        const plan = await planFrom(services, ref);
        const role = plan.facts.authority.chain.administrator;
        const details = { reason: 'as proposed', role, agreedBy: options.agreed };
        return { read: plan, proposal: await proposalOf(services.register, plan, proposed, details) };
      });
      for (const line of sinceInWords(seen, read)) progress(line);
      print(dataOf(proposal), options, () => proposalInWords(proposal));
      if (proposal.problems.length > 0) process.exitCode = EXIT.failed;
    });
}

async function printPast(ref: InspectionRef, { from = 1, to, json = false }: DiffOptions): Promise<void> {
  const { facts, revisions } = await readPlan(ref);
  const until = to ?? revisionOf(facts);
  const [before, after] = [planAt(facts, revisions, from), planAt(facts, revisions, until)];
  const changes = changesOf(before, editsBetween(before, { ...NOTHING, ...after }));
  print<ProposalData>({ changes: changes.map(bare), moves: [], told: [] }, { json }, () =>
    changes.length === 0
      ? `The plan was the same at revision ${from} and at revision ${until}.`
      : changesInWords(changes).join('\n'),
  );
}

/** What a plan that names no list of its own has of it. */
const NOTHING: Partial<PlanPart> = { approvals: [] };

interface ReviseOptions extends PrintOptions {
  agreed?: string;
  reason: string;
  minute?: string;
  expect?: number;
  yes?: boolean;
  as?: string;
  by: string;
}

function reviseCommand(): Command {
  return new Command('revise')
    .description('carry out what a file changes in the plan, all at once: shown first, and asked about')
    .addArgument(inspectionArgument())
    .argument('<file>', 'the plan as it is to be (YAML); begin with: duecourse plan show REF --as yaml')
    .requiredOption('--reason <text>', 'why, for the record and for everybody who is told')
    .option('--minute <text>', 'the minute that it rests on, where a board decided it')
    .addOption(
      revisionOption(
        '--expect <n>',
        'refuse where the plan is at another revision (default: the one that the file says it was made from, or that is shown)',
      ),
    )
    .option('--agreed <who>', 'who outside the council has agreed, where it changes what they have set')
    .option('--yes', 'do it without asking')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, file: string, options: ReviseOptions) => {
      const actor = actorOf(options);
      const { plan: proposed, revision: seen } = loadPlanFile(file, ref);
      await withServices(async (services) => {
        const read = await planFrom(services, ref);
        const { reason, minute, agreed: agreedBy } = options;
        const expect = options.expect ?? seen ?? revisionOf(read.facts);
        const details = { reason, minute, agreedBy, expect };
        toldOfOthers(ref, expect, read);
        const proposal = await proposalOf(services.register, read, proposed, { reason, agreedBy, role: actor.role });
        if (options.json !== true || options.yes !== true) progress(proposalInWords(proposal));
        if (proposal.problems.length > 0) {
          process.exitCode = EXIT.failed;
          return;
        }
        if (proposal.changes.length === 0) return print(dataOf(proposal), options, () => 'Nothing was changed.');
        if (options.yes !== true) await confirm(`The plan of ${ref} would be revised like this.`, 'Revise it?');
        const result = await services.engine
          .command(ref, 'revise', { edits: proposal.edits, ...details }, actor)
          .catch(async (error: unknown) => {
            if (error instanceof Refusal && error.code === 'wrong-revision')
              toldOfOthers(ref, expect, await planFrom(services, ref));
            throw error;
          });
        await untilRecorded(services.register, ref, result.seq);
        const revision = expect + 1;
        print(
          { revision, ...dataOf(proposal) },
          options,
          () =>
            `${colours.green('Done:')} the plan is at revision ${revision}. See it with: duecourse plan show ${ref}`,
        );
      });
    });
}

/** What others have done since a file was made: its author has not seen it, and what they changed would be changed back. */
function sinceInWords(seen: number | undefined, { facts, revisions }: ReadPlan): string[] {
  const present = revisionOf(facts);
  if (seen === undefined || seen >= present) return [];
  return [
    `The file was made from revision ${seen}, and the plan is at ${present}. What others have changed since would be changed back:`,
    ...revisions.filter((each) => each.revision > seen).flatMap(revisionInWords),
  ];
}

/** Where somebody else has revised the plan since: what they did is shown, and nothing is done. */
function toldOfOthers(ref: InspectionRef, seen: number, read: ReadPlan): void {
  const revision = revisionOf(read.facts);
  if (seen === revision) return;
  for (const each of read.revisions.filter((other) => other.revision > seen))
    progress(revisionInWords(each).join('\n'));
  throw new Refusal(
    'wrong-revision',
    seen < revision
      ? `The plan of ${ref} is at revision ${revision}; you saw ${seen}. What the others did is shown above. Nothing was changed: put your changes into the plan as it is now, with: duecourse plan show ${ref} --as yaml`
      : `The plan of ${ref} is at revision ${revision}; there is no revision ${seen} yet. Nothing was changed.`,
  );
}

function historyCommand(): Command {
  return new Command('history')
    .description('every revision of the plan: when, by whom, why, and what it changed')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const { revisions, view } = await readPlan(ref);
      print(revisions, options, () =>
        [
          `Revision 1, ${formatShortDate(localDate(view.startedAt))}: the plan of the start`,
          ...revisions.flatMap(revisionInWords),
        ].join('\n'),
      );
    });
}

const readPlan = (ref: InspectionRef): Promise<ReadPlan> => withServices((services) => planFrom(services, ref));
