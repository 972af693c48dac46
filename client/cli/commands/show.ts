import { Command, Option } from 'commander';
import { closableInWords, type SharedStanding } from '../../../domain/closing/closable.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../../../domain/calendar/london.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import { workingDaysInWords, workingDaysLate } from '../../../domain/calendar/lateness.ts';
import { calendarOf, type EndedMilestone } from '../../../domain/lifecycle/state.ts';
import type { LifecycleView, ViewedMilestone, ViewedInstrument } from '../../../domain/lifecycle/view.ts';
import { eventInWords } from '../../../domain/facts/events.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import { BY_DATES } from '../../../domain/progress/by-dates.ts';
import { isOwnersWord, standingShown } from '../../../domain/progress/standing-shown.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { endedOnInWords } from '../../../domain/milestone/ended-on.ts';
import { COUNTED_NAMES, MILESTONE_STANDINGS, MILESTONE_STATUSES } from '../../../domain/milestone/statuses.ts';
import { marksInWords, slippageInWords } from '../../milestone-marks.ts';
import { nothingAbout, mustBeRole } from '../../known-authority.ts';
import {
  DUTY_COLUMNS,
  type DutyFilter,
  findDuty,
  fits,
  isFiltered,
  listing,
  milestoneTable,
  withDutyFilters,
} from '../duties.ts';
import { type ListOptions, printList, withListOptions } from '../lists.ts';
import { sharedWith, standingOfShared } from '../../plan/shared-actions.ts';
import { inspectionArgument } from '../options.ts';
import { withRegister, withServices } from '../services.ts';
import { colours, print } from '../terminal.ts';

type ShowOptions = ListOptions & DutyFilter;

/** `duecourse show`: one inspection, some of its duties, or one of them whole. */
export function showCommand(): Command {
  const command = new Command('show')
    .description(
      'one inspection as it stands: its milestones, and why each date is what it is; with a filter or --format csv as the register has it',
    )
    .addArgument(inspectionArgument())
    .argument('[milestone]', 'one milestone of it, whole; the last part of its id is enough')
    .addOption(new Option('--status <status>', 'only what stands so').choices(COUNTED_NAMES));
  return withListOptions(withDutyFilters(command)).action(
    async (inspection: InspectionRef, milestone: string | undefined, options: ShowOptions) => {
      if (milestone === undefined && (options.format === 'csv' || isFiltered(options)))
        return showDuties(inspection, options);
      const { state, view, shared } = await withServices(async ({ engine, register }) => {
        const seen = await engine.inspect(inspection);
        const { authority } = partsOf(inspection);
        return { ...seen, shared: await sharedWith(register, authority, seen.state.facts.inspection) };
      });
      const asked = { json: options.json === true || options.format === 'json' };
      if (milestone === undefined)
        return print(view, asked, (each) => renderInspection(each, standingOfShared(shared)));
      const duty = findDuty<Shown>([...view.milestones, ...endedOnes(view)], milestone, inspection);
      print(duty, asked, (each) =>
        'endedAt' in each
          ? renderEnded(each)
          : renderMilestone(
              each,
              workingDaysLate(each.due, localDate(view.now), calendarOf(state)),
              state.facts.authority,
            ),
      );
    },
  );
}

type Ended = EndedMilestone & { id: string };
type Shown = ViewedMilestone | Ended;

const endedOnes = ({ ended, milestones }: LifecycleView): Ended[] =>
  Object.entries(ended)
    .filter(([id]) => !milestones.some((each) => each.id === id))
    .map(([id, each]) => ({ id, ...each }));

/** How one that is put away ended, and when. */
const endInList = (each: Ended): string => `${MILESTONE_STATUSES[each.status].words} ${endedOnInWords(each)}`;

async function showDuties(inspection: InspectionRef, options: ShowOptions): Promise<void> {
  const { authority, reference } = partsOf(inspection);
  const now = new Date().toISOString();
  const duties = await withRegister(async (register): Promise<ListedMilestone[]> => {
    const rows = await register.milestones(authority, reference);
    if (rows.length === 0) throw await nothingAbout(register, inspection);
    const found = (await listing(register, rows, now)).filter((duty) => fits(duty, options));
    if (found.length === 0 && options.owner !== undefined) await mustBeRole(register, options.owner, authority);
    return found;
  });
  printList(duties, DUTY_COLUMNS, options, {
    wrap: 'Milestone',
    otherwise: `No duty is like that. See them all with: duecourse show ${inspection}`,
  });
}

function renderInspection(view: LifecycleView, shared: SharedStanding): string {
  const closable = closableInWords(view, shared);
  const ended = endedOnes(view);
  return [
    `${colours.bold(view.title)}  ${colours.dim(view.reference)}`,
    `${view.status}; ${view.overdue === 0 ? 'nothing overdue' : colours.red(`${view.overdue} overdue`)}${view.nextDue === null ? '' : `; next due ${formatShortDate(view.nextDue)}`}`,
    ...(closable === undefined ? [] : [colours.green(closable)]),
    ...(view.withdrawn === undefined
      ? []
      : [
          `Withdrawn on ${formatShortDate(localDate(view.withdrawn.at))}, because it was started by mistake: ${view.withdrawn.reason}`,
        ]),
    '',
    milestoneTable(view.milestones),
    ...(view.events.length === 0 ? [] : ['', colours.bold('Events'), ...view.events.map(eventLine)]),
    ...view.instruments.flatMap(instrumentLines),
    ...(ended.length === 0
      ? []
      : [
          '',
          colours.bold('Ended'),
          ...ended.map(
            (each) => `  ${formatShortDate(each.due)}  ${each.title}: ${endInList(each)} ${colours.dim(each.id)}`,
          ),
        ]),
  ].join('\n');
}

function instrumentLines({ id, title, issuedBy, framework, report, events, withdrawn }: ViewedInstrument): string[] {
  const came = (['received', 'published'] as const).flatMap((name) => {
    const on = report?.[name];
    return on === undefined ? [] : [`  ${formatShortDate(on)}  the report was ${name}`];
  });
  const under = framework === undefined ? '' : `, under ${framework}`;
  return [
    '',
    `${colours.bold(title)}, issued by ${issuedBy}${under}${withdrawn === undefined ? '' : `; withdrawn: ${withdrawn}`}  ${colours.dim(id)}`,
    ...came,
    ...events.map(eventLine),
  ];
}

function eventLine({ kind, number, on, at, note, withdrawn }: LifecycleView['events'][number]): string {
  const when = `${formatShortDate(on)}${at === undefined ? '' : ` at ${at}`}`;
  const said = [note, withdrawn === undefined ? undefined : `withdrawn: ${withdrawn}`].filter(Boolean).join('; ');
  return `  ${when}  ${eventInWords(kind)}${said === '' ? '' : ` (${said})`}  ${colours.dim(`${kind} ${number}`)}`;
}

function renderMilestone(each: ViewedMilestone, late: number, authority: Authority): string {
  const standing = each.overdue
    ? colours.red(`${MILESTONE_STANDINGS.overdue.words}, ${workingDaysInWords(late)}`)
    : MILESTONE_STATUSES[each.status].words;
  return [
    `${colours.bold(each.title)}  ${colours.dim(each.id)}`,
    `${standing}; due ${formatShortDate(each.due)}, late after ${formatInstant(each.dueAt)}; owner: ${each.owner}${each.beside === undefined ? '' : `; beside them: ${each.beside.join(', ')}`}`,
    ...(each.progress === undefined ? [] : [byDatesLine(each, authority)]),
    ...[...marksInWords(each), ...slippageInWords(each, (role) => roleTitle(authority, role))].map(
      ({ label, text }) => `${label}: ${text}`,
    ),
    '',
    'Why this date:',
    ...each.explanation.map((sentence) => `  ${sentence}`),
    ...(each.stricter === undefined
      ? []
      : [colours.yellow(`  Stricter reading: ${formatShortDate(each.stricter.due)} (${each.stricter.why})`)]),
  ].join('\n');
}

/** By its dates, and by its owner's own word: two things, told apart. */
function byDatesLine(each: ViewedMilestone, authority: Authority): string {
  const { words, counts } = BY_DATES[each.byDates];
  const { ratingName } = standingShown(each, authority);
  const own = ratingName === undefined || !isOwnersWord(each) ? '' : `; its owner’s rating: ${ratingName}`;
  return `By its dates: ${counts === 'off-track' ? colours.red(words) : words}${own}`;
}

function renderEnded(each: Ended): string {
  return [
    `${colours.bold(each.title)}  ${colours.dim(each.id)}`,
    `${endInList(each)}; it was due ${formatShortDate(each.due)}`,
  ].join('\n');
}
