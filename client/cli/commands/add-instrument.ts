import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { apply } from '../../../domain/commands/apply.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { milestonesOf } from '../../../domain/lifecycle/milestones.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import type { Milestone } from '../../../domain/milestone/milestone.ts';
import type { Instrument } from '../../../domain/schemas/instrument.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { withFramework } from '../../engine/with-framework.ts';
import { loadInstrumentFile } from '../../files/load-instrument.ts';
import { type ActingOptions, actorOf, untilRecorded } from '../acting.ts';
import { confirm } from '../confirm.ts';
import { asOption, byOption, inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, progress } from '../terminal.ts';

interface Options extends ActingOptions {
  dryRun?: boolean;
  yes?: boolean;
}

/** `duecourse add-instrument REF FILE`: a notice, a direction or another report beside the report of an inspection. */
export function addInstrumentCommand(): Command {
  return new Command('add-instrument')
    .summary('add a notice, a direction or another report')
    .description(
      'a notice, a direction or another report has come beside the report of an inspection: the duties of its own framework count from its own dates, and their owners are told. Shown first, and asked about. The file is one entry of `instruments`, as docs/files.md describes them',
    )
    .addArgument(inspectionArgument())
    .argument('<file>', 'the instrument’s file')
    .option('--dry-run', 'only show what would follow from it')
    .option('--yes', 'do it without asking')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, path: string, options: Options) => {
      const actor = actorOf(options);
      const instrument = loadInstrumentFile(path);
      await withServices(async ({ engine, register }) => {
        const { state, view } = await engine.inspect(ref);
        const payload = withFramework('addInstrument', { instrument });
        const after = apply(state, { name: 'addInstrument', payload }, actor, view.now);
        const duties = milestonesOf(after).filter(({ id }) => state.kept[id] === undefined);
        const data = duties.map(({ id, title, due, owner }) => ({ milestone: id, title, due, owner }));
        const told = follows(instrument, duties, after, view.now);
        if (options.dryRun === true) return print(data, options, () => [...told, NOTHING].join('\n'));
        if (options.json !== true || options.yes !== true) progress(told.join('\n'));
        if (options.yes !== true) await confirm(`${instrument.title} would be added to ${ref}.`, 'Add it?');
        const result = await engine.command(ref, 'addInstrument', { instrument }, actor);
        await untilRecorded(register, ref, result.seq);
        print(data, options, () => `${colours.green('Done:')} ${instrument.title} is added to ${ref}.`);
      });
    });
}

const NOTHING = 'Nothing has been changed.';

/** What follows from it, a line for each duty; that nothing does is said too. */
function follows(
  { title, framework }: Instrument,
  duties: readonly Milestone[],
  { facts: { authority } }: LifecycleState,
  now: string,
): string[] {
  if (duties.length === 0)
    return [
      framework === undefined
        ? `No duty follows from ${title} by itself: it has no framework. Actions and promises may count from its events.`
        : colours.yellow(
            `No duty of ${framework} follows from ${title}: its rules count from other events. See: duecourse rules show ${framework}`,
          ),
    ];
  const today = localDate(now);
  return [
    `From ${title} follow:`,
    ...duties.map(
      ({ id, due, title: what, owner }) =>
        `  ${formatShortDate(due)}${due < today ? colours.red(' (overdue at once)') : ''}  ${what}, ${roleTitle(authority, owner)}  ${colours.dim(id)}`,
    ),
  ];
}
