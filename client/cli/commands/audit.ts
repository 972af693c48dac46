import { MILESTONE_STANDINGS, MILESTONE_STATUSES } from '../../../domain/milestone/statuses.ts';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';
import { Command } from 'commander';
import { type Audit, audit, type AuditedMail, endOfDay } from '../../../domain/audit/audit.ts';
import type { Change } from '../../../domain/audit/changes.ts';
import { formatDate, formatShortDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { formatInstant, localDate, todayInWords } from '../../../domain/calendar/london.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { nothingAbout } from '../../known-authority.ts';
import { dateOption, inspectionArgument } from '../options.ts';
import { withRegister } from '../services.ts';
import { colours, dueCell, print, type PrintOptions, table } from '../terminal.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';

/** `duecourse audit`: what was known on a past day. */
export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'what was known of an inspection at the end of a past day, and what has changed since: from the register alone',
    )
    .addArgument(inspectionArgument())
    .addOption(dateOption('--on <date>', 'the day (default: today)'))
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions & { on?: string }) => {
      const now = new Date().toISOString();
      const today = localDate(now);
      const on = options.on ?? today;
      if (on > today)
        throw new Refusal(
          'wrong-date',
          `${formatDate(on)} is still to come, and what will be known then nobody can say: ${todayInWords(now)}.`,
          'on',
        );
      const { authority, reference } = partsOf(ref);
      const entries = await withRegister(async (register) => {
        const found = await register.historyTo({ authority, reference }, endOfDay(on));
        if (found.length === 0) throw await nothingAbout(register, ref);
        return found;
      });
      print(audit(ref, entries, on), options, render);
    });
}

function render(known: Audit): string {
  return [
    `${colours.bold(known.title)}  ${colours.dim(known.inspection)}`,
    `What was known at the end of ${formatDate(known.on)}: ${standing(known)}.`,
    ...facts(known),
    '',
    ...section('Milestones', milestones(known.milestones)),
    ...section('Why these dates', known.milestones.flatMap(reasons)),
    ...section('Mail', known.mails.length === 0 ? [] : [mails(known.mails)]),
    ...section(
      'Decisions',
      known.decisions.flatMap((each) => [
        each.title,
        ...each.record.map((entry) => `  ${formatShortDate(localDate(entry.at))}  ${entry.text}`),
      ]),
    ),
    ...section('What has changed since', known.since.map(changed)),
    ...section('What happened until then', [
      table(
        ['When', 'What', 'Who'],
        known.history.map((entry) => [
          formatInstant(entry.at),
          shownText(entry),
          entry.actor === null ? '' : `${entry.actor.role} (${entry.actor.id})`,
        ]),
        1,
      ),
    ]),
  ]
    .join('\n')
    .trimEnd();
}

function standing({ status, startedAt, endedAt, milestones: rows }: Audit): string {
  const late = rows.filter((row) => row.overdue).length;
  const started = `started on ${formatDate(localDate(startedAt))}`;
  if (endedAt !== null) return `${started}, ${status} on ${formatDate(localDate(endedAt))}`;
  return `${started}, open; ${late === 0 ? 'nothing overdue' : `${late} overdue`}`;
}

function facts({ facts: { authority, division, framework, calendar, report, instruments } }: Audit): string[] {
  const under = [authority, division, framework === null ? null : `under ${framework}`].filter((each) => each !== null);
  const dates = Object.entries(report ?? {}).map(
    ([name, value]) => `${name} ${isCivilDate(String(value)) ? formatDate(String(value)) : String(value)}`,
  );
  return [
    ...(under.length === 0 ? [] : [`${under.join(', ')}.`]),
    ...(calendar === null ? [] : [`Working days by the calendar ${calendar}.`]),
    ...instruments.map(
      ({ title, withdrawn }) => `Beside its report: ${title}${withdrawn === null ? '' : ` (withdrawn: ${withdrawn})`}.`,
    ),
    ...(dates.length === 0 ? [] : [`The report, as corrected: ${dates.join(', ')}.`]),
  ];
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [colours.bold(title), ...lines, ''];
}

function milestones(rows: Audit['milestones']): string[] {
  if (rows.length === 0) return [];
  return [
    table(
      ['Due', 'Milestone', 'Status', 'Owner', 'Id'],
      rows.map((row) => [
        dueCell(row.due, row),
        row.title,
        row.overdue ? colours.red(MILESTONE_STANDINGS.overdue.words) : MILESTONE_STATUSES[row.status].words,
        row.ownerTitle,
        colours.dim(row.milestone),
      ]),
      1,
    ),
  ];
}

function reasons(row: Audit['milestones'][number]): string[] {
  return [`${row.title}, ${formatShortDate(row.due)}`, ...row.explanation.map((sentence) => `  ${sentence}`)];
}

function mails(rows: AuditedMail[]): string {
  return table(
    ['When', 'What', 'About'],
    rows.map((row) => [
      formatInstant(row.at),
      row.text,
      row.notices.map((notice) => `${notice.milestone} (${notice.kind})`).join(', '),
    ]),
    2,
  );
}

function changed({ what, was, is, title, because }: Change): string {
  if (what === 'new') return `  ${title}: new, due ${formatShortDate(is)}.`;
  const said = (value: string): string => (what === 'due' ? formatShortDate(value) : value);
  return `  ${title}: ${what} was ${said(was ?? '')}, is ${said(is)}. ${colours.dim(because)}`;
}
