import type { CivilDate } from '../calendar/civil-date.ts';
import { namesOf } from '../closed-table.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import type { Milestone, MilestoneStatus } from './milestone.ts';
import { instantOfEnd } from './end.ts';
import { cycleOf, isEnded } from './milestone-state.ts';
import { firstDueOf, type Slippage, slippageOf, timesGranted } from './slippage.ts';
import { isCalendarSentence } from '../plan/citation.ts';
import type { ByDates } from '../progress/by-dates.ts';
import type { StandingShown } from '../progress/standing-shown.ts';
import type { MilestoneStanding } from './statuses.ts';

/** What stands in a column, by its kind: the database's types, the API's schema and how a cell is written follow from it. */
export interface ColumnValues {
  text: string;
  /** A short name of ours, for programs. */
  id: string;
  date: CivilDate;
  /** UTC, ISO 8601 with milliseconds: it sorts as text. */
  instant: string;
  /** Short names of ours. */
  ids: string[];
  count: number;
  flag: boolean;
  sentences: string[];
  strand: StrandName;
  status: MilestoneStatus;
  standing: MilestoneStanding;
  strength: Milestone['strength'];
  slippage: Slippage;
  byDates: ByDates;
}

export type ColumnKind = keyof ColumnValues;

export interface Column {
  kind: ColumnKind;
  /** It may say nothing: null. */
  nullable?: true;
  /** The head of a column of a table. */
  title: string;
  /** The same where there is little room: on a terminal. */
  short?: string;
  /** For whoever writes a program. */
  description: string;
  example: string | number | boolean | readonly string[] | null;
}

/** A column of the register's table `milestone`. */
export interface StoredColumn extends Column {
  /** Its name in the database. */
  sql: string;
}

const stored = <const C extends StoredColumn>(column: C): C => column;
const worked = <const C extends Column>(column: C): C => column;

type RowOf<Columns extends Readonly<Record<keyof Columns, Column>>> = {
  [Name in keyof Columns]: Columns[Name] extends { nullable: true }
    ? ColumnValues[Columns[Name]['kind']] | null
    : ColumnValues[Columns[Name]['kind']];
};

/**
 * The columns of a milestone, once: the register's table and what fills, reads and verifies it, the API's schema, files
 * of comma-separated values, pages and the command line all follow from here. A new one is a line here, its value in
 * `rowOf`, and the column in the SQL of a migration.
 */
export const MILESTONE_COLUMNS = {
  milestone: stored({
    sql: 'milestone',
    kind: 'id',
    title: 'Id',
    description: 'Its id within the inspection: `<strand>/<name>`',
    example: 'plan-submission/written-action-plan',
  }),
  strand: stored({
    sql: 'strand',
    kind: 'strand',
    title: 'Kind of duty',
    description: 'The kind of duty that it is: of the plan, of Cabinet updates, of improvement actions …',
    example: 'plan-submission',
  }),
  title: stored({
    sql: 'title',
    kind: 'text',
    title: 'Duty',
    short: 'Milestone',
    description: 'What is to be done, in a few words',
    example: 'Written action plan',
  }),
  due: stored({
    sql: 'due',
    kind: 'date',
    title: 'Due',
    description: 'The last day on which it is met in time',
    example: '2016-06-30',
  }),
  dueAt: stored({
    sql: 'due_at',
    kind: 'instant',
    title: 'Late after',
    description: 'The instant from which it is late: the cut-off on the due day, which at midnight is the day after',
    example: '2016-06-30T23:00:00.000Z',
  }),
  dueVersion: stored({
    sql: 'due_version',
    kind: 'count',
    title: 'Version of the date',
    description: 'Counts the due date’s versions from 1: it goes up whenever the date moves',
    example: 1,
  }),
  status: stored({
    sql: 'status',
    kind: 'status',
    title: 'Status',
    description: 'What has been done about it; `standing` says as well whether it is overdue',
    example: 'open',
  }),
  owner: stored({
    sql: 'owner',
    kind: 'id',
    title: 'Owner’s role',
    description: 'The role that owns it',
    example: 'head-of-service',
  }),
  ownerTitle: stored({
    sql: 'owner_title',
    kind: 'text',
    title: 'Owner',
    description: 'What that role is called',
    example: 'Head of Service',
  }),
  beside: stored({
    sql: 'beside',
    kind: 'ids',
    title: 'Beside the owner',
    description: 'The roles beside the owner, who hear of it as they do; empty where there is none',
    example: [],
  }),
  strength: stored({
    sql: 'strength',
    kind: 'strength',
    title: 'Kind of date',
    description: 'Where the date comes from: law, guidance, the constitution, or a promise of the council',
    example: 'statutory',
  }),
  provisional: stored({
    sql: 'provisional',
    kind: 'flag',
    title: 'Provisional',
    description: 'Whether the date rests on bank holidays that are not published yet',
    example: false,
  }),
  explanation: stored({
    sql: 'explanation',
    kind: 'sentences',
    title: 'Why this date',
    description: 'Why the date is what it is, a sentence a step',
    example: ['The report was received on Friday 19 February 2016.'],
  }),
  endedAt: stored({
    sql: 'ended_at',
    kind: 'instant',
    nullable: true,
    title: 'Ended or submitted',
    description:
      'When it was done, submitted, folded into a later round, or came to nothing; null while it is still to do',
    example: null,
  }),
  holdReviewOn: stored({
    sql: 'hold_review_on',
    kind: 'date',
    nullable: true,
    title: 'On hold until',
    description: 'The day on which its hold is looked at again; null where it is not on hold',
    example: null,
  }),
  body: stored({
    sql: 'body',
    kind: 'id',
    nullable: true,
    title: 'Goes to',
    description: 'The body of the council that it goes to; null where that is none',
    example: null,
  }),
  firstDue: stored({
    sql: 'first_due',
    kind: 'date',
    title: 'First due',
    description: 'The due date before anybody granted a later one',
    example: '2016-06-30',
  }),
  timesGranted: stored({
    sql: 'times_granted',
    kind: 'count',
    title: 'Later dates granted',
    description: 'How many times a later date has been granted',
    example: 0,
  }),
  slippage: stored({
    sql: 'slippage',
    kind: 'slippage',
    title: 'Slipped',
    description:
      'Whether it is later than first planned, and, where its theme has an end, whether it still lies within that or beyond it',
    example: 'none',
  }),
  rating: stored({
    sql: 'rating',
    kind: 'text',
    nullable: true,
    title: 'Owner’s rating',
    description:
      'How an action stands by its newest report, as the council calls it, or that it is done; null where nobody has said',
    example: 'Amber',
  }),
  percent: stored({
    sql: 'percent',
    kind: 'count',
    nullable: true,
    title: 'Per cent done',
    description: 'How much of an action is done by its newest report; null where nobody has said, or it is done',
    example: 40,
  }),
  forecast: stored({
    sql: 'forecast',
    kind: 'date',
    nullable: true,
    title: 'Forecast',
    description: 'The day by which its owner expects an action to be done; null where nobody has said, or it is done',
    example: '2016-07-08',
  }),
  reportedOn: stored({
    sql: 'reported_on',
    kind: 'date',
    nullable: true,
    title: 'Reported on',
    description: 'The day of which an action’s newest report speaks; null where there is none',
    example: '2016-06-06',
  }),
  standIn: stored({
    sql: 'stand_in',
    kind: 'id',
    nullable: true,
    title: 'Stands in for',
    description:
      'The event from which the date should count and whose day is not on file, so that another’s day stands in for it; null where none does',
    example: null,
  }),
  cycle: stored({
    sql: 'cycle',
    kind: 'id',
    nullable: true,
    title: 'Round of',
    description: 'The cycle that it is a round of: its id without the number; null for what comes once',
    example: null,
  }),
  theme: stored({
    sql: 'theme',
    kind: 'id',
    nullable: true,
    title: 'Theme’s id',
    description: 'The theme that an action belongs to; null where it is in none',
    example: null,
  }),
  themeTitle: stored({
    sql: 'theme_title',
    kind: 'text',
    nullable: true,
    title: 'Theme',
    description: 'What that theme is called',
    example: null,
  }),
  recommendations: stored({
    sql: 'recommendations',
    kind: 'ids',
    nullable: true,
    title: 'Recommendations',
    description: 'The recommendations that an action answers; null where it answers none',
    example: null,
  }),
};

/** The inspection that a milestone belongs to. */
const PLACE_COLUMNS = {
  authority: worked({ kind: 'id', title: 'Authority', description: 'The council’s id', example: 'middlesbrough' }),
  reference: worked({
    kind: 'id',
    title: 'Reference',
    short: 'Inspection',
    description: 'The inspection’s reference within the council',
    example: '2016',
  }),
  inspectionTitle: worked({
    kind: 'text',
    title: 'Inspection',
    description: 'The inspection’s title',
    example: 'Inspection of services for children 2016',
  }),
  division: worked({
    kind: 'id',
    title: 'Division',
    description: 'The part of the United Kingdom whose bank holidays count',
    example: 'england-and-wales',
  }),
};

/** What is worked out when a list is made. */
const LIST_COLUMNS = {
  authorityName: worked({
    kind: 'text',
    title: 'Council',
    description: 'The council’s name',
    example: 'Middlesbrough Council',
  }),
  standing: worked({
    kind: 'standing',
    title: 'Status',
    description: 'Where it stands now: its status, or that it is overdue',
    example: 'overdue',
  }),
  workingDaysLate: worked({
    kind: 'count',
    title: 'Working days late',
    short: 'Late',
    description: 'Working days from its due day to today; negative before that day',
    example: 3,
  }),
  byDates: worked({
    kind: 'byDates',
    nullable: true,
    title: 'By its dates',
    description:
      'How it stands by its dates alone, whatever its owner says of it: a forecast after the due date shows before it is late; null where the inspection has ended',
    example: 'will-be-late',
  }),
};

/** Every column of a list of milestones. */
export const LISTED_COLUMNS = { ...PLACE_COLUMNS, ...MILESTONE_COLUMNS, ...LIST_COLUMNS };

/** A milestone's newest state as the register's table `milestone` keeps it. */
export interface MilestoneRow extends RowOf<typeof MILESTONE_COLUMNS> {}

/** A row with the inspection that it belongs to: what the register answers. */
export interface PlacedRow extends MilestoneRow, RowOf<typeof PLACE_COLUMNS> {
  inspectionOpen: boolean;
}

/** A milestone as every list shows it. */
export interface ListedMilestone extends RowOf<typeof LISTED_COLUMNS> {}

export type ColumnName = keyof ListedMilestone;

/** Which columns the lists that choose among them show, in their order. */
export const LISTS: {
  spreadsheet: readonly ColumnName[];
  export: readonly (keyof MilestoneRow)[];
  board: readonly ColumnName[];
  terminal: readonly ColumnName[];
} = {
  /** What a person downloads of a list. */
  spreadsheet: [
    ...(['authorityName', 'inspectionTitle', 'reference', 'title', 'strand', 'ownerTitle', 'due'] as const),
    ...(['workingDaysLate', 'standing', 'endedAt', 'firstDue', 'slippage'] as const),
    ...(['byDates', 'rating', 'percent', 'forecast', 'reportedOn', 'provisional', 'standIn', 'milestone'] as const),
  ],
  /** All that the register has of an inspection's milestones. */
  export: namesOf(MILESTONE_COLUMNS),
  /** The board's first page, what is overdue. */
  board: ['title', 'due', 'workingDaysLate', 'strength', 'ownerTitle', 'inspectionTitle'],
  /** The same by `duecourse overdue`: on a screen, where the screen has room for it, and as a spreadsheet. */
  terminal: ['workingDaysLate', 'due', 'reference', 'title', 'ownerTitle', 'owner', 'milestone'],
};

/**
 * A milestone as a row of the register, from its state in the lifecycle.
 *
 * @param names what its owner's role is called, and how it stands, as that is shown
 * @param at the instant at which this is recorded, UTC: when it ended, where nobody named the instant
 */
export function rowOf(
  milestone: Milestone,
  { ownerTitle, stands }: { ownerTitle: string; stands: StandingShown },
  at: string,
): MilestoneRow {
  const { ratingName, percent, forecast } = stands;
  return {
    milestone: milestone.id,
    strand: milestone.strand,
    title: milestone.title,
    due: milestone.due,
    dueAt: milestone.dueAt,
    dueVersion: milestone.dueVersion,
    status: milestone.status,
    owner: milestone.owner,
    ownerTitle,
    beside: milestone.beside ?? [],
    strength: milestone.strength,
    provisional: milestone.provisional,
    explanation: milestone.explanation,
    endedAt: isEnded(milestone) || milestone.status === 'submitted' ? (instantOfEnd(milestone) ?? at) : null,
    holdReviewOn: milestone.hold?.reviewOn ?? null,
    body: milestone.body ?? null,
    firstDue: firstDueOf(milestone),
    timesGranted: timesGranted(milestone),
    slippage: slippageOf(milestone),
    rating: ratingName ?? null,
    percent: percent ?? null,
    forecast: forecast ?? null,
    reportedOn: milestone.progress?.on ?? null,
    standIn: milestone.standIn ?? null,
    cycle: cycleOf(milestone) ?? null,
    theme: milestone.theme?.id ?? null,
    themeTitle: milestone.theme?.title ?? null,
    recommendations: milestone.recommendations ?? null,
  };
}

/** The titles of the columns in which a duty's row is another than its row before, as far as lists show them. */
export function columnsThatDiffer(before: MilestoneRow, after: MilestoneRow): string[] {
  const [was, is] = [compared(before), compared(after)];
  return namesOf(MILESTONE_COLUMNS).flatMap((name) =>
    JSON.stringify(was[name]) === JSON.stringify(is[name]) ? [] : [MILESTONE_COLUMNS[name].title],
  );
}

/**
 * When a duty ended is asked of those that have; and a newer calendar alone, where the date and the days that it names are the
 * same, makes no other explanation.
 */
const compared = (row: MilestoneRow): MilestoneRow => ({
  ...row,
  endedAt: null,
  explanation: row.explanation.filter((sentence) => !isCalendarSentence(sentence)),
});
