import { Command, Option } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { INSPECTION_STATUSES, isListed } from '../../../domain/lifecycle/inspection-status.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import type { InspectionSummary } from '../../../register/reads.ts';
import type { Register } from '../../../register/register.ts';
import { knownAuthority, mustBeRole } from '../../known-authority.ts';
import { type DutyFilter, fits, isFiltered, listing, withDutyFilters } from '../duties.ts';
import { type Column, type ListOptions, printList, withListOptions } from '../lists.ts';
import { withRegister } from '../services.ts';
import { colours } from '../terminal.ts';

const STATUSES = namesOf(INSPECTION_STATUSES);

interface ListCommandOptions extends ListOptions, Omit<DutyFilter, 'status'> {
  authority?: string;
  status?: InspectionSummary['status'];
}

/** `duecourse list`: all inspections, or those that have duties of a kind. */
export function listCommand(): Command {
  const command = new Command('list')
    .description(
      'all inspections, from the register; with --owner, --strand, --from or --to those that have such duties; what was withdrawn only with --status withdrawn',
    )
    .option('--authority <id>', 'one council only')
    .addOption(new Option('--status <status>', 'only inspections that stand so').choices(STATUSES));
  return withListOptions(withDutyFilters(command)).action(async (options: ListCommandOptions) => {
    const inspections = await withRegister((register) => chosen(register, options, new Date().toISOString()));
    const all = options.authority === undefined && options.status === undefined && !isFiltered(dutiesIn(options));
    printList(inspections, COLUMNS, options, {
      wrap: 'Title',
      otherwise: all
        ? 'No inspection has been started. Start one with: duecourse start FILE'
        : 'No inspection is like that. See them all with: duecourse list',
    });
  });
}

const dutiesIn = ({ owner, strand, from, to }: ListCommandOptions): DutyFilter => ({
  ...(owner === undefined ? {} : { owner }),
  ...(strand === undefined ? {} : { strand }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** The inspections that fit; where duties are asked for, what is counted and next due is of these duties alone. */
async function chosen(
  register: Pick<Register, 'authorities' | 'list' | 'milestones' | 'board' | 'approvedHolidays' | 'holidaysApprovedAt'>,
  options: ListCommandOptions,
  now: string,
): Promise<InspectionSummary[]> {
  if (options.authority !== undefined) await knownAuthority(register, options.authority);
  const wanted = (await register.list(now)).filter(
    (each) =>
      (options.authority === undefined || each.authority === options.authority) &&
      (options.status === undefined ? isListed(each) : each.status === options.status),
  );
  const filter = dutiesIn(options);
  if (!isFiltered(filter)) return wanted;
  const found: InspectionSummary[] = [];
  for (const inspection of wanted) {
    const rows = await register.milestones(inspection.authority, inspection.reference);
    const duties = (await listing(register, rows, now)).filter((duty) => fits(duty, filter));
    if (duties.length === 0) continue;
    const pending = duties.filter(isPending);
    found.push({
      ...inspection,
      open: pending.length,
      overdue: duties.filter((duty) => duty.standing === 'overdue').length,
      nextDue: pending.find((duty) => duty.dueAt > now)?.due ?? null,
    });
  }
  if (found.length === 0 && filter.owner !== undefined) await mustBeRole(register, filter.owner, options.authority);
  return found;
}

const COLUMNS: Column<InspectionSummary>[] = [
  { head: 'Inspection', value: (row) => inspectionRef(row.authority, row.reference) },
  { head: 'Title', value: (row) => row.title },
  { head: 'Status', value: (row) => row.status },
  { head: 'To do', value: (row) => row.open },
  {
    head: 'Overdue',
    value: (row) => row.overdue,
    cell: (row) => (row.overdue > 0 ? colours.red(String(row.overdue)) : '0'),
  },
  {
    head: 'Next due',
    value: (row) => row.nextDue ?? '',
    cell: (row) => (row.nextDue === null ? '' : formatShortDate(row.nextDue)),
  },
  { head: 'Started', value: (row) => localDate(row.startedAt), csvOnly: true },
  { head: 'Ended', value: (row) => (row.endedAt === null ? '' : localDate(row.endedAt)), csvOnly: true },
];
