import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { createCalendar, type WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import { division } from '../../../domain/schemas/common.ts';
import type { OverdueMilestone } from '../../../register/reads.ts';
import { loadBankHolidays } from '../../files/rules.ts';
import { knownAuthority } from '../../known-authority.ts';
import { type Column, type ListOptions, printList, withListOptions } from '../lists.ts';
import { withRegister } from '../services.ts';
import { colours } from '../terminal.ts';

/** `duecourse overdue`: what is late, by how much, and whose it is. */
export function overdueCommand(): Command {
  return withListOptions(
    new Command('overdue')
      .description('what is overdue, latest first, from the register')
      .option('--authority <id>', 'one council only')
      .option('--owner <role>', 'only what this role owns'),
  ).action(async (options: ListOptions & { authority?: string; owner?: string }) => {
    const now = new Date().toISOString();
    const late = await withRegister(async (register) =>
      register.overdue(
        now,
        options.authority === undefined ? {} : { authority: await knownAuthority(register, options.authority) },
      ),
    );
    const rows = late
      .filter((row) => options.owner === undefined || row.owner === options.owner)
      .map(lateness(localDate(now)));
    printList(rows, COLUMNS, options, { wrap: 'Milestone', otherwise: colours.green('Nothing is overdue.') });
  });
}

type Late = OverdueMilestone & { workingDaysLate: number };

function lateness(today: string): (row: OverdueMilestone) => Late {
  const calendars = new Map<string, WorkingCalendar>();
  return (row) => {
    const calendar = calendars.get(row.division) ?? createCalendar(loadBankHolidays(division.parse(row.division)));
    calendars.set(row.division, calendar);
    return { ...row, workingDaysLate: calendar.countWorkingDays(row.due, today) };
  };
}

const COLUMNS: Column<Late>[] = [
  { head: 'Late', value: (row) => row.workingDaysLate, cell: (row) => `${row.workingDaysLate} working days` },
  { head: 'Due', value: (row) => row.due, cell: (row) => formatShortDate(row.due) },
  { head: 'Inspection', value: (row) => inspectionRef(row.authority, row.reference) },
  { head: 'Milestone', value: (row) => row.title },
  { head: 'Owner', value: (row) => row.ownerTitle },
  { head: 'Role', value: (row) => row.owner, csvOnly: true },
  { head: 'Id', value: (row) => row.milestone, cell: (row) => colours.dim(row.milestone) },
];
