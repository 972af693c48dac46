import type { CivilDate } from '../calendar/civil-date.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { instantAt, localDate } from '../calendar/london.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import { ENTRY_KINDS } from '../lifecycle/entry-kinds.ts';
import type { InspectionStatus } from '../lifecycle/inspection-status.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import { isOverdue } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { type Change, changesSince } from './changes.ts';

/** A mail as the record had it. */
export interface AuditedMail {
  at: string;
  outcome: NonNullable<(typeof ENTRY_KINDS)[keyof typeof ENTRY_KINDS]['mail']>;
  day: CivilDate | null;
  roles: string[];
  notices: { milestone: string; kind: string }[];
  text: string;
}

/** A decision, with all that had become of it. */
export interface AuditedDecision {
  decision: string;
  title: string;
  record: Pick<RegisterEntry, 'at' | 'kind' | 'text'>[];
}

/** What was known of an inspection at the end of a day. */
export interface Audit {
  inspection: string;
  on: CivilDate;
  /** The instant that ends that day in London, UTC: what happened before it was known. */
  until: string;
  title: string;
  status: InspectionStatus;
  startedAt: string;
  endedAt: string | null;
  facts: AuditedFacts;
  /** As the record had them, and whether each was late at that moment; by due instant. */
  milestones: (MilestoneRow & { overdue: boolean })[];
  mails: AuditedMail[];
  decisions: AuditedDecision[];
  history: RegisterEntry[];
  /** What has become otherwise since, up to the last entry of the record. */
  since: Change[];
}

/** The facts as far as the record holds them; dates of the report only where they were ever corrected. */
export interface AuditedFacts {
  authority: string | null;
  division: string | null;
  framework: string | null;
  calendar: string | null;
  report: Record<string, unknown> | null;
  /** Notices, directions and further reports; why one does not count any more, where it does not. */
  instruments: { id: string; title: string; withdrawn: string | null }[];
}

/** The instant that ends a day in London, UTC: what happened before it was known on that day. */
export const endOfDay = (on: CivilDate): string => instantAt(on, '24:00');

/**
 * Works out from an inspection's entries alone what was known at the end of a day in London.
 *
 * @param entries all of the inspection's, in the order of the chain; of those after that day it is enough to have each duty's
 *   last, and its last with a row
 * @throws Refusal 'wrong-date' where nothing was known yet
 */
export function audit(inspection: string, entries: readonly RegisterEntry[], on: CivilDate): Audit {
  const until = endOfDay(on);
  const started = entries.find((entry) => entry.kind === 'inspection-started');
  if (started === undefined || started.at >= until)
    throw new Refusal(
      'wrong-date',
      `Nothing was known of ${inspection} on ${formatDate(on)}: ${since(started)}.`,
      undefined,
    );
  const history = entries.filter((entry) => entry.at < until);
  const end = history.find((entry) => ENTRY_KINDS[entry.kind].ends !== undefined);
  const status = end === undefined ? 'open' : (ENTRY_KINDS[end.kind].ends ?? 'open');
  return {
    inspection,
    on,
    until,
    title: textOf(started.data['title']) ?? inspection,
    status,
    startedAt: started.at,
    endedAt: end?.at ?? null,
    facts: factsIn(history),
    milestones: newestRows(history)
      .map((row) => ({ ...row, overdue: status === 'open' && isOverdue(row, until) }))
      .sort(byDue),
    mails: history.flatMap(mailIn),
    decisions: decisionsIn(history),
    history,
    since: changesSince(
      newestRows(history),
      newestRows(entries),
      entries.filter((entry) => entry.at >= until),
    ),
  };
}

function since(started: RegisterEntry | undefined): string {
  return started === undefined
    ? 'the register has no such inspection'
    : `it was started on ${formatDate(localDate(started.at))}`;
}

/** The last state of each milestone that the entries tell of. */
function newestRows(entries: readonly RegisterEntry[]): MilestoneRow[] {
  const newest = new Map<string, { seq: number; row: MilestoneRow }>();
  for (const { seq, row } of entries)
    if (row !== null && seq >= (newest.get(row.milestone)?.seq ?? 0)) newest.set(row.milestone, { seq, row });
  return [...newest.values()].map(({ row }) => row);
}

function byDue(a: MilestoneRow, b: MilestoneRow): number {
  const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
  return order(a.dueAt, b.dueAt) || order(a.milestone, b.milestone);
}

function factsIn(history: readonly RegisterEntry[]): AuditedFacts {
  const facts: AuditedFacts = {
    ...{ authority: null, division: null, framework: null, calendar: null, report: null },
    instruments: [],
  };
  for (const { kind, data } of history) {
    if (kind === 'inspection-started') {
      const { framework } = data;
      facts.authority = textOf(data['authorityName']);
      facts.division = textOf(data['division']);
      facts.calendar = textOf(data['calendar']);
      const { instruments } = data;
      for (const each of Array.isArray(instruments) ? instruments.filter(isRecord) : [])
        facts.instruments.push(instrumentIn(each));
      facts.framework = isRecord(framework) ? textOf(framework['id']) : textOf(framework);
    } else if (kind === 'calendar-changed') facts.calendar = textOf(data['to']) ?? facts.calendar;
    else if (kind === 'authority-changed') facts.calendar = textOf(data['calendar']) ?? facts.calendar;
    else if (isOfReport(kind, data) && isRecord(data['after'])) facts.report = data['after'];
    else if (kind === 'instrument-added' && isRecord(data['instrument']))
      facts.instruments.push(instrumentIn(data['instrument']));
    else if (kind === 'instrument-withdrawn')
      for (const each of facts.instruments) if (each.id === data['instrument']) each.withdrawn = textOf(data['reason']);
  }
  return facts;
}

const instrumentIn = (said: Record<string, unknown>): AuditedFacts['instruments'][number] => ({
  id: textOf(said['id']) ?? '',
  title: textOf(said['title']) ?? '',
  withdrawn: textOf(said['withdrawn']),
});

/** Of the inspection's own report: not of an event, nor of an instrument's. */
const isOfReport = (kind: RegisterEntry['kind'], data: RegisterEntry['data']): boolean =>
  (kind === 'facts-corrected' || kind === 'report-reissued') &&
  data['kind'] === undefined &&
  data['instrument'] === undefined;

function mailIn({ at, kind, text, data }: RegisterEntry): AuditedMail[] {
  const outcome = ENTRY_KINDS[kind].mail;
  if (outcome === undefined) return [];
  const { roles, notices } = data;
  return [
    {
      at,
      outcome,
      day: textOf(data['day']),
      roles: Array.isArray(roles) ? roles.flatMap((role) => textOf(role) ?? []) : [],
      notices: Array.isArray(notices) ? notices.filter(isRecord).map(noticeIn) : [],
      text,
    },
  ];
}

function noticeIn(notice: Record<string, unknown>): { milestone: string; kind: string } {
  return { milestone: textOf(notice['milestone']) ?? '', kind: textOf(notice['kind']) ?? '' };
}

function decisionsIn(history: readonly RegisterEntry[]): AuditedDecision[] {
  const decisions = new Map<string, AuditedDecision>();
  for (const { at, kind, text, data } of history) {
    if (ENTRY_KINDS[kind].about !== 'decision') continue;
    const about = isRecord(data['callIn']) ? data['callIn']['decision'] : data['decision'];
    const id = textOf(isRecord(about) ? about['id'] : about);
    if (id === null) continue;
    const title = isRecord(about) ? textOf(about['title']) : null;
    const known = decisions.get(id) ?? { decision: id, title: title ?? id, record: [] };
    known.record.push({ at, kind, text });
    decisions.set(id, known);
  }
  return [...decisions.values()];
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
