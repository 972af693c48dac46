import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import { type ActionReport, seriesIn } from '../../../domain/progress/series.ts';
import { allOfKind } from '../../all-of-kind.ts';
import { nothingAbout } from '../../known-authority.ts';
import { findDuty } from '../duties.ts';
import { inspectionArgument } from '../options.ts';
import { withRegister } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse progress list`: every report on an action, or on all of them, in order. */
export function progressListCommand(): Command {
  return new Command('list')
    .description('every report on an action, or on all actions of an inspection, in order')
    .addArgument(inspectionArgument())
    .argument('[action]', 'one action of it; the last part of its id is enough')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, action: string | undefined, options: PrintOptions) => {
      const { authority, reference } = partsOf(ref);
      const { reports, titles } = await withRegister(async (register) => {
        const rows = await register.milestones(authority, reference);
        if (rows.length === 0) throw await nothingAbout(register, ref);
        const duties = rows.map((row) => ({ id: row.milestone, due: row.due, title: row.title }));
        const milestone = action === undefined ? undefined : findDuty(duties, action, ref).id;
        return {
          reports: seriesIn(await allOfKind(register, { authority, reference, milestone, kind: 'progress-reported' })),
          titles: new Map(duties.map(({ id, title }) => [id, title])),
        };
      });
      print(reports, options, (list) =>
        list.length === 0
          ? `Nothing has been reported yet. Report with: duecourse progress ${ref} ${action ?? 'ACTION'} --rating …`
          : list.map((each) => renderReport(each, titles.get(each.milestone) ?? each.milestone)).join('\n\n'),
      );
    });
}

function renderReport(report: ActionReport, title: string): string {
  const { on, by, rating, percent, forecast, due, text, noChange } = report;
  const isLate = forecast !== null && due !== null && forecast > due;
  const said = [
    ...(noChange ? ['no change'] : []),
    ...(rating === null ? [] : [rating]),
    ...(percent === null ? [] : [`${percent} per cent done`]),
    ...(forecast === null
      ? []
      : [`expected by ${formatShortDate(forecast)}${isLate ? colours.red(', after its date') : ''}`]),
  ];
  return [
    `${formatShortDate(on)}  ${colours.bold(title)}  ${colours.dim(report.milestone)}`,
    `  ${[...said, `by ${by}`].join('; ')}`,
    ...(text === null ? [] : [`  ${text}`]),
  ].join('\n');
}
