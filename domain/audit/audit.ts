import type { CivilDate } from '../calendar/civil-date.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { instantAt, localDate } from '../calendar/london.ts';
import type { EntryKind, MilestoneRow, RegisterEntry } from '../lifecycle/entry.ts';
import { isOverdue } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { type Change, changesSince } from './changes.ts';

/** A milestone as the record had it, and whether it was late at that moment. */
export type AuditedMilestone = Omit<MilestoneRow, 'body'> & { body: string | null; overdue: boolean };

/** A mail as the record had it. */
export interface AuditedMail {
  at: string;
  outcome: 'sent' | 'delayed' | 'undeliverable';
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
  status: 'open' | 'closed' | 'cancelled';
  startedAt: string;
  endedAt: string | null;
  facts: AuditedFacts;
  /** By due instant. */
  milestones: AuditedMilestone[];
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
}

const ENDS: Partial<Record<EntryKind, Audit['status']>> = {
  'inspection-closed': 'closed',
  'inspection-cancelled': 'cancelled',
};

/**
 * Works out from an inspection's entries alone what was known at the end of a day in London.
 *
 * @param entries all of the inspection's, in the order of the chain
 * @throws Refusal 'wrong-date' where nothing was known yet
 */
export function audit(inspection: string, entries: readonly RegisterEntry[], on: CivilDate): Audit {
  const until = instantAt(on, '24:00');
  const started = entries.find((entry) => entry.kind === 'inspection-started');
  if (started === undefined || started.at >= until)
    throw new Refusal('wrong-date', `Nothing was known of ${inspection} on ${formatDate(on)}: ${since(started)}.`);
  const history = entries.filter((entry) => entry.at < until);
  const end = history.find((entry) => ENDS[entry.kind] !== undefined);
  const status = end === undefined ? 'open' : (ENDS[end.kind] ?? 'open');
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
      .map(({ body, ...row }) => ({ ...row, body: body ?? null, overdue: status === 'open' && late(row, until) }))
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

function late({ status, strength, dueAt }: MilestoneRow | AuditedMilestone, until: string): boolean {
  return isOverdue({ status, strength: strength === 'statutory' ? 'statutory' : 'guidance', dueAt }, until);
}

function byDue(a: AuditedMilestone, b: AuditedMilestone): number {
  const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
  return order(a.dueAt, b.dueAt) || order(a.milestone, b.milestone);
}

function factsIn(history: readonly RegisterEntry[]): AuditedFacts {
  const facts: AuditedFacts = { authority: null, division: null, framework: null, calendar: null, report: null };
  for (const { kind, data } of history) {
    if (kind === 'inspection-started') {
      const { framework } = data;
      facts.authority = textOf(data['authorityName']);
      facts.division = textOf(data['division']);
      facts.calendar = textOf(data['calendar']);
      facts.framework = isRecord(framework) ? textOf(framework['id']) : textOf(framework);
    } else if (kind === 'calendar-changed') facts.calendar = textOf(data['to']) ?? facts.calendar;
    else if (kind === 'authority-changed') facts.calendar = textOf(data['calendar']) ?? facts.calendar;
    else if (kind === 'facts-corrected' && isRecord(data['after'])) facts.report = data['after'];
  }
  return facts;
}

const MAILS: Partial<Record<EntryKind, AuditedMail['outcome']>> = {
  'mail-sent': 'sent',
  'mail-delayed': 'delayed',
  'mail-undeliverable': 'undeliverable',
};

function mailIn({ at, kind, text, data }: RegisterEntry): AuditedMail[] {
  const outcome = MAILS[kind];
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

const DECIDING: readonly EntryKind[] = [
  'decision-recorded',
  'decision-published',
  'call-in-received',
  'call-in-resolved',
  'decision-reconsidered',
  'decision-implemented',
];

function decisionsIn(history: readonly RegisterEntry[]): AuditedDecision[] {
  const decisions = new Map<string, AuditedDecision>();
  for (const { at, kind, text, data } of history) {
    if (!DECIDING.includes(kind)) continue;
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
