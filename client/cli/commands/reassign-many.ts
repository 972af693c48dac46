import { Command, Option } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { type InspectionRef, inspectionRef } from '../../../domain/inspection-ref.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import { STRANDS } from '../../../domain/strands/strands.ts';
import type { Register } from '../../../register/register.ts';
import type { ToldInspection } from '../../each-inspection.ts';
import { knownAuthority, mustBeRole } from '../../known-authority.ts';
import { reassignIn, type ReassignRequest, type Work, workIn } from '../../reassign-many.ts';
import { actorOf } from '../acting.ts';
import { confirm } from '../confirm.ts';
import { UsageError } from '../usage-error.ts';
import { asOption, byOption, parseRefs } from '../options.ts';
import { withServices } from '../services.ts';
import { renderTold, tellMany } from '../tell-many.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

interface Options extends PrintOptions {
  from: string;
  to: string;
  strand?: StrandName;
  theme?: string;
  milestone?: string[];
  reason?: string;
  all?: boolean;
  authority?: string;
  dryRun?: boolean;
  yes?: boolean;
  as?: string;
  by: string;
}

/** `duecourse reassign-many`: a leaver's whole work, or a part of it, in one inspection or in all of a council. */
export function reassignManyCommand(): Command {
  return new Command('reassign-many')
    .summary('give a role’s work to somebody else')
    .description(
      'give what a role owns to another role, in one inspection or in many: every duty that has not ended, and what is planned later. Run again, it does what is left',
    )
    .argument('[ref...]', 'the inspections, for example middlesbrough/2016', parseRefs, [])
    .requiredOption('--from <role>', 'whose work')
    .requiredOption('--to <role>', 'the new owner')
    .addOption(new Option('--strand <which>', 'only this line of duties').choices(namesOf(STRANDS)))
    .option('--theme <name>', 'only the actions of this theme, by its short name')
    .option('--milestone <name...>', 'only these duties')
    .option('--reason <text>', 'why; this goes on record')
    .option('--all', 'in every open inspection of the council')
    .option('--authority <id>', 'which council, with --all, where several are known')
    .option('--dry-run', 'only show what would change hands')
    .option('--yes', 'do it without asking')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action((refs: InspectionRef[], options: Options) => reassignMany(refs, options));
}

async function reassignMany(refs: InspectionRef[], options: Options): Promise<void> {
  const actor = actorOf(options);
  const request = requestIn(options);
  const dryRun = options.dryRun === true;
  const told = await withServices(async ({ engine, register }) => {
    const inspections = await meant(refs, options, register);
    if (!dryRun && options.yes !== true)
      await confirm(
        `The work of ${options.from} goes to ${options.to} in ${inspections.length} inspection${inspections.length === 1 ? '' : 's'}. See what that is first with --dry-run.`,
        'Pass it on?',
      );
    return tellMany(inspections, (inspection) =>
      dryRun ? workIn(engine, inspection, request) : reassignIn(engine, inspection, request, actor),
    );
  });
  print(told, options, (all) => render(all, dryRun));
}

function requestIn({ from, to, strand, theme, milestone, reason }: Options): ReassignRequest {
  return {
    ...{ from, to },
    ...(strand === undefined ? {} : { strand }),
    ...(theme === undefined ? {} : { theme }),
    ...(milestone === undefined ? {} : { milestones: milestone }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The inspections that are named, or all that are open of a council. */
async function meant(refs: InspectionRef[], options: Options, register: Register): Promise<InspectionRef[]> {
  if ((options.all === true) === refs.length > 0)
    throw new UsageError('name the inspections, or say --all for every open one of the council');
  if (options.all !== true) return refs;
  const authority = await council(options.authority, register);
  await mustBeRole(register, options.to, authority);
  const open = (await register.list(new Date().toISOString())).filter(
    (each) => each.authority === authority && each.status === 'open',
  );
  if (open.length === 0) throw new UsageError(`no inspection of "${authority}" is open; see: duecourse list`);
  return open.map(({ reference }) => inspectionRef(authority, reference));
}

async function council(named: string | undefined, register: Register): Promise<string> {
  if (named !== undefined) return knownAuthority(register, named);
  const [only, ...others] = await register.authorities();
  if (only === undefined) throw new UsageError('the register knows no council yet; see: duecourse start');
  if (others.length > 0)
    throw new UsageError(`several councils are known: say which with --authority (${[only, ...others].join(', ')})`);
  return only;
}

function render(all: readonly ToldInspection<Work>[], dryRun: boolean): string {
  const lines = all.flatMap(({ inspection, result }) =>
    result === undefined ? [] : reportOf(inspection, result, dryRun),
  );
  const other = all.filter(({ result }) => result === undefined);
  return [
    ...lines,
    ...(other.length === 0 ? [] : [renderTold(all)]),
    ...(dryRun ? ['', colours.yellow('Nothing has been changed.')] : []),
  ].join('\n');
}

/** Of one inspection what changed hands, and what did not. */
function reportOf(
  inspection: InspectionRef,
  { from, to, moved, beside, named, left }: Work,
  dryRun: boolean,
): string[] {
  const none = moved.length + beside.length + named.length === 0;
  const did = dryRun ? 'would go' : 'went';
  const head = none
    ? `nothing of ${from}’s${left.length === 0 ? '' : ' can be passed on'}`
    : `${moved.length} ${moved.length === 1 ? 'duty' : 'duties'} of ${from} ${did} to ${to}`;
  return [
    `${colours.bold(inspection)}: ${head}`,
    ...moved.map(({ title, due, milestone }) => `  ${formatShortDate(due)}  ${title}  ${colours.dim(milestone)}`),
    ...beside.map(({ title, milestone }) => `  beside its owner: ${title}  ${colours.dim(milestone)}`),
    ...named.map((what) => `  ${dryRun ? 'would own' : 'owns'} from now on: ${what}`),
    ...left.map(({ title, why }) => `  ${colours.red('stays:')} ${title}: ${why ?? ''}`),
  ];
}
