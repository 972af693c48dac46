import { workingDaysInWords } from '../../domain/calendar/lateness.ts';
import { type Command, Option } from 'commander';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import type { ViewedMilestone } from '../../domain/lifecycle/view.ts';
import { nearest } from '../../domain/nearest.ts';
import { strandName } from '../../domain/schemas/rule-pack.ts';
import {
  type Column as MilestoneColumn,
  type ColumnName,
  LISTED_COLUMNS,
  LISTS,
  type ListedMilestone,
  type PlacedRow,
} from '../../domain/milestone/columns.ts';
import { endedOnInWords } from '../../domain/milestone/ended-on.ts';
import { listedMilestone } from '../../domain/milestone/listed.ts';
import type { ByDates } from '../../domain/progress/by-dates.ts';
import { COUNTED, type Counted, MILESTONE_STANDINGS, type MilestoneStanding } from '../../domain/milestone/statuses.ts';
import type { Register } from '../../register/register.ts';
import { recordedCalendars } from '../calendars.ts';
import { cellOf } from '../milestone-cells.ts';
import { BadRequest } from '../bad-request.ts';
import type { Column } from './lists.ts';
import { dateOption } from './options.ts';
import { colours, dueCell, table } from './terminal.ts';

/** Which duties are meant. Dates are due days; both count. */
export interface DutyFilter {
  owner?: string;
  status?: Counted;
  strand?: string;
  from?: string;
  to?: string;
}

export const withDutyFilters = (command: Command): Command =>
  command
    .option('--owner <role>', 'only what this role owns')
    .addOption(new Option('--strand <strand>', 'only this line of duties').choices(strandName.options))
    .addOption(dateOption('--from <date>', 'only what is due from this day on'))
    .addOption(dateOption('--to <date>', 'only what is due up to this day'));

export const isFiltered = ({ owner, status, strand, from, to }: DutyFilter): boolean =>
  [owner, status, strand, from, to].some((each) => each !== undefined);

export function fits(duty: ListedMilestone, { owner, status, strand, from, to }: DutyFilter): boolean {
  return (
    (owner === undefined || duty.owner === owner) &&
    (status === undefined || COUNTED[status].sums.includes(duty.standing)) &&
    (strand === undefined || duty.strand === strand) &&
    (from === undefined || duty.due >= from) &&
    (to === undefined || duty.due <= to)
  );
}

/** The register's rows as lists show them at an instant, UTC. */
export async function listing(
  register: Pick<Register, 'board' | 'approvedHolidays' | 'holidaysApprovedAt'>,
  rows: readonly PlacedRow[],
  now: string,
): Promise<ListedMilestone[]> {
  const names = new Map((await register.board.authorityFiles()).map(({ id, name }) => [id, name]));
  const calendars = await recordedCalendars(register, rows);
  return rows.map((row) =>
    listedMilestone(row, {
      now,
      calendar: calendars(row.authority),
      authorityName: names.get(row.authority) ?? row.authority,
    }),
  );
}

/** A column of domain/milestone/columns.ts as a list of the command line has it. */
const listed = (name: ColumnName, more: Partial<Column<ListedMilestone>> = {}): Column<ListedMilestone> => {
  const column: MilestoneColumn = LISTED_COLUMNS[name];
  return {
    head: column.short ?? column.title,
    value: (row) => (column.kind === 'count' ? Number(row[name]) : cellOf(row, name, {})),
    ...more,
  };
};

const INSPECTION: Column<ListedMilestone> = {
  head: 'Inspection',
  value: (row) => inspectionRef(row.authority, row.reference),
};
const ID = listed('milestone', { cell: (row) => colours.dim(row.milestone) });

/** Where a duty stands; one that its owner expects after its date is red before it is late. */
function standingCell(standing: MilestoneStanding, dates: ByDates | null, forecast: string | null | undefined): string {
  const { words } = MILESTONE_STANDINGS[standing];
  if (standing === 'overdue') return colours.red(words);
  if (dates !== 'will-be-late') return words;
  return `${words}, ${colours.red(`will be late (${formatShortDate(forecast ?? '')})`)}`;
}

export const DUTY_COLUMNS: Column<ListedMilestone>[] = [
  listed('due', { cell: (row) => dueCell(row.due, row) }),
  { ...INSPECTION, csvOnly: true },
  listed('title'),
  listed('standing', {
    cell: (row) => `${standingCell(row.standing, row.byDates, row.forecast)} ${endedOnInWords(row)}`.trimEnd(),
  }),
  listed('ownerTitle'),
  listed('owner', { csvOnly: true }),
  listed('byDates', { csvOnly: true }),
  listed('rating', { csvOnly: true }),
  listed('percent', { csvOnly: true, value: (row) => row.percent ?? '' }),
  listed('forecast', { csvOnly: true }),
  listed('reportedOn', { csvOnly: true }),
  listed('strand', { csvOnly: true }),
  listed('strength', { csvOnly: true }),
  listed('provisional', { csvOnly: true }),
  listed('standIn', { csvOnly: true }),
  ID,
];

/** What the list of what is overdue does not write as it stands. */
const OVERDUE_CELLS: Partial<Record<ColumnName, Partial<Column<ListedMilestone>>>> = {
  workingDaysLate: { cell: ({ workingDaysLate }) => workingDaysInWords(workingDaysLate) },
  due: { cell: (row) => dueCell(row.due, row) },
  reference: INSPECTION,
  owner: { csvOnly: true },
  milestone: ID,
};

export const OVERDUE_COLUMNS: Column<ListedMilestone>[] = [
  ...LISTS.terminal.map((name) => listed(name, OVERDUE_CELLS[name])),
  listed('standIn', { csvOnly: true }),
];

/** What is in hand of an inspection, as it runs. */
export function milestoneTable(milestones: ViewedMilestone[]): string {
  const rows = milestones.map((each) => [
    dueCell(each.due, each),
    each.title,
    standingCell(each.overdue ? 'overdue' : each.status, each.byDates, each.progress?.forecast),
    each.owner,
    colours.dim(each.id),
  ]);
  return table(['Due', 'Milestone', 'Status', 'Owner', 'Id'], rows, 1);
}

/**
 * The one duty that a person names, among those in hand and those that have ended: by its whole id, or by the last part
 * of it where only one ends so.
 *
 * @throws BadRequest naming those that are meant, or like it
 */
export function findDuty<D extends { id: string; due: string }>(
  duties: readonly D[],
  name: string,
  inspection: InspectionRef,
): D {
  const whole = duties.find((each) => each.id === name);
  if (whole !== undefined) return whole;
  const named = duties.filter((each) => each.id.endsWith(`/${name}`));
  const [one] = named;
  if (one !== undefined && named.length === 1) return one;
  if (one !== undefined)
    throw new BadRequest(
      `"${name}" may be any of these duties of ${inspection}; write the one that you mean whole:\n${named.map((each) => `  ${each.id}, due ${formatShortDate(each.due)}`).join('\n')}`,
    );
  const ids = duties.map(({ id }) => id);
  const close = nearest(name, [...ids, ...ids.map((id) => id.slice(id.lastIndexOf('/') + 1))]);
  throw new BadRequest(
    `${inspection} has no duty "${name}"${close === undefined ? '' : ` (did you mean ${close}?)`}. See them with: duecourse show ${inspection}`,
  );
}
