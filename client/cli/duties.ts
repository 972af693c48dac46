import { type Command, Option } from 'commander';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import type { MilestoneView } from '../../domain/lifecycle/view.ts';
import { nearest } from '../../domain/nearest.ts';
import { strandName } from '../../domain/schemas/rule-pack.ts';
import { type MilestoneStanding, STANDINGS } from '../../register/board-reads.ts';
import type { MilestoneListing } from '../../register/reads.ts';
import { isOverdue } from '../../domain/milestone/milestone-state.ts';
import { BadRequest } from '../bad-request.ts';
import type { Column } from './lists.ts';
import { dateOption } from './options.ts';
import { colours, dueCell, table } from './terminal.ts';

/** Which duties are meant. Dates are due days; both count. */
export interface DutyFilter {
  owner?: string;
  status?: MilestoneStanding;
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

/** A duty as the lists of the command line show it. */
export interface Duty extends MilestoneListing {
  standing: MilestoneStanding;
}

/** How a duty of the register stands at an instant, UTC. */
export function dutyAt(row: MilestoneListing, now: string): Duty {
  const strength = row.strength === 'statutory' ? 'statutory' : 'guidance';
  return { ...row, standing: isOverdue({ ...row, strength }, now) ? 'overdue' : standingOf(row) };
}

const standingOf = ({ status }: MilestoneListing): MilestoneStanding =>
  STANDINGS.find((each) => each === status) ?? 'lapsed';

export function fits(duty: Duty, { owner, status, strand, from, to }: DutyFilter): boolean {
  return (
    (owner === undefined || duty.owner === owner) &&
    (status === undefined || duty.standing === status) &&
    (strand === undefined || duty.strand === strand) &&
    (from === undefined || duty.due >= from) &&
    (to === undefined || duty.due <= to)
  );
}

export const DUTY_COLUMNS: Column<Duty>[] = [
  { head: 'Due', value: (row) => row.due, cell: (row) => dueCell(row.due, row.provisional) },
  {
    head: 'Inspection',
    value: (row) => inspectionRef(row.authority, row.reference),
    csvOnly: true,
  },
  { head: 'Milestone', value: (row) => row.title },
  {
    head: 'Status',
    value: (row) => row.standing,
    cell: (row) => (row.standing === 'overdue' ? colours.red('overdue') : row.standing),
  },
  { head: 'Owner', value: (row) => row.ownerTitle },
  { head: 'Role', value: (row) => row.owner, csvOnly: true },
  { head: 'Strand', value: (row) => row.strand, csvOnly: true },
  { head: 'Strength', value: (row) => row.strength, csvOnly: true },
  { head: 'Provisional', value: (row) => (row.provisional ? 'yes' : 'no'), csvOnly: true },
  { head: 'Id', value: (row) => row.milestone, cell: (row) => colours.dim(row.milestone) },
];

/** What is in hand of an inspection, as it runs. */
export function milestoneTable(milestones: MilestoneView[]): string {
  const rows = milestones.map((each) => [
    dueCell(each.due, each.provisional),
    each.title,
    each.overdue ? colours.red('overdue') : each.status,
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
