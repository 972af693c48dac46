import type { Envelope } from '../domain/lifecycle/digest.ts';
import type { CivilDate } from '../domain/calendar/civil-date.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { MorningFacts } from '../domain/summary/morning-summary.ts';
import type { Kept } from '../domain/retention.ts';
import { append, type InspectionKey } from './append.ts';
import { appendDelivery, lifecycleKey, type Standing } from './append-delivery.ts';
import { applyRetention } from './apply-retention.ts';
import { archiveOf, type ArchiveRegister } from './archive.ts';
import { boardOf, type BoardRegister } from './board.ts';
import { type Database, openDatabase } from './database.ts';
import { type FlatTables, flatTablesOf } from './flat-tables.ts';
import { type LookNotes, lookNotesOf } from './look-notes.ts';
import { type DoctorRegister, doctorReadsOf } from './doctor-reads.ts';
import { erase, type Erasure, type ErasureRequest } from './erase.ts';
import { type EvidenceRegister, evidenceRegisterOf } from './evidence.ts';
import { type Figures, figures } from './figures.ts';
import { type ChainLink, links } from './links.ts';
import type { MailState } from '../domain/lifecycle/mail-states.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import { type Attempt, type Claim, claim, holds, release, settle } from './mail-claims.ts';
import { type WebhookRegister, webhooksOf } from './webhooks.ts';
import { type InstallationRegister, installationOf } from './installation.ts';
import { migrate, mustFit } from './migrate.ts';
import { type ProcessRegister, processesOf } from './processes.ts';
import { countingOn, stateOn } from './kept-states.ts';
import * as reads from './reads.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import {
  approvedHolidays,
  approveHolidays,
  believeFeed,
  type DoubtedFeed,
  holidaysApprovedAt,
  keepDoubtedFeed,
  keepFeed,
  keptFeed,
  type KeptFeed,
  noteFeedProblem,
  type ReadFeed,
  saidByFeed,
} from './bank-holiday-feed.ts';
import { payloadsOf } from './payloads.ts';
import type { PayloadStore } from '../platform/large-payloads.ts';
import { isUnsubscribed, type MailReader, subscribe } from './subscriptions.ts';
import { type RecoveryRegister, recoveryOf } from './recovery.ts';
import { placeOf } from './register-unreachable.ts';
import { type PublicationRegister, publicationOf } from './public-page.ts';
import { rebuild } from './tables.ts';
import { type FrozenRegister, frozenRegisterOf } from './frozen.ts';
import { type TemplateRegister, templateRegisterOf } from './word-templates.ts';
import { type EntryText, texts } from './texts.ts';
import { type ChainCheck, verify } from './verify.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';

/** The append-only record of what happened, and the tables that lists are read from. All instants are ISO 8601, UTC. */
export interface Register {
  /**
   * Brings the tables up to date; safe from several processes at once. Everything else is refused where that is needed
   * first, or where another version of duecourse has made the register.
   *
   * @throws RegisterUnfit
   */
  migrate(): Promise<void>;
  /** Deletes what is past its time (domain/retention.ts); says how many rows of each kind are gone. */
  applyRetention(now: string): Promise<Record<Kept, number>>;
  /** Answers where the database does. */
  ping(): Promise<void>;
  /** The database's present instant, in milliseconds since 1970 (UTC): one clock for processes on several machines. */
  clock(): Promise<number>;
  /** Appends a lifecycle's entries; those already there are left alone. */
  append(inspection: InspectionKey, entries: readonly RegisterEntry[]): Promise<void>;
  /**
   * The same of a lifecycle that says where it stands, with its state to be kept.
   *
   * @throws Diverged where the register knows less of it, more, or something else
   */
  appendDelivery(inspection: InspectionKey, entries: readonly RegisterEntry[], standing: Standing): Promise<void>;
  /** Claims a mail before it is sent; says what became of an earlier try, and which content to send. */
  claim<Mail extends Envelope>(mail: Mail, messageId: string, at: string, attempt: Attempt): Promise<Claim<Mail>>;
  /** Is a claimed mail still this attempt's to send? */
  holds(digestId: string, attempt: Attempt): Promise<boolean>;
  /** Gives up this attempt's claim of a mail that is not wanted any more, and certainly was not sent. */
  release(digestId: string, attempt: Attempt): Promise<void>;
  /** @param attempt whose news it is; null where nobody is sending it, and it is given up */
  settle(
    digestId: string,
    state: Exclude<MailState, 'claimed'>,
    reason: string | null,
    at: string,
    attempt: Attempt | null,
  ): Promise<void>;
  list(now: string): Promise<reads.InspectionSummary[]>;
  overdue(now: string, filter?: { authority?: string }): Promise<PlacedRow[]>;
  /** All of an inspection's, or the one of an id. */
  milestones(authority: string, reference: string, milestone?: string): Promise<PlacedRow[]>;
  history(authority: string, reference: string): Promise<RegisterEntry[]>;
  /** An inspection's state as it last was on a day in London or before it; null where none is kept of then. */
  stateOn(inspection: { authority: string; reference: string }, day: CivilDate): Promise<LifecycleState | null>;
  /** All of it before an instant (UTC), and of what came later what each duty ended with: what an audit is made of. */
  historyTo(inspection: { authority: string; reference: string }, until: string): Promise<RegisterEntry[]>;
  /** Some of it, and how many entries there are in all. */
  historyPage(
    inspection: { authority: string; reference: string },
    page: reads.HistoryPage,
  ): Promise<{ entries: RegisterEntry[]; total: number }>;
  /** Which open inspections of the council count on an inspection's actions, each with the action's short name. */
  countingOn(inspection: { authority: string; reference: string }): Promise<{ reference: string; action: string }[]>;
  /** What happened to one duty, in order. */
  historyOf(duty: { authority: string; reference: string; milestone: string }): Promise<RegisterEntry[]>;
  /** Entries of one kind, the oldest first, and how many there are in all. */
  flatTables: FlatTables;
  entriesOfKind(
    of: reads.EntriesOfKind,
    page: { offset: number; limit: number },
  ): Promise<{ entries: RegisterEntry[]; total: number }>;
  /** What happened in an inspection, a page at a time, in order; `last` only so many of the newest. */
  historyPages(inspection: { authority: string; reference: string }, last?: number): AsyncIterable<RegisterEntry[]>;
  /** Every authority of which anything is known here, by id. */
  authorities(): Promise<string[]>;
  /** The words of an inspection's own entries by their numbers; what was erased of them is marked. */
  texts(authority: string, reference: string, seqs: readonly number[]): Promise<Map<number, EntryText>>;
  /** Mail that nobody got and that nobody has asked to be sent again. */
  undeliverable(inspection?: { authority: string; reference: string }): Promise<reads.UndeliverableMail[]>;
  /** What an authority's morning summary is made of. */
  morning(authority: string, now: string): Promise<MorningFacts>;
  /** The open inspections of an authority after a reference, in order. */
  openReferences(authority: string, after: string, limit: number): Promise<InspectionRef[]>;
  /** The public pages of inspections: whether they are on, and what they are made from. */
  publication: PublicationRegister;
  /** How much is open, late, due and under way at an instant, of all authorities together. */
  figures(now: string): Promise<Figures>;
  keptFeed(): Promise<KeptFeed | null>;
  /** What the source of bank holidays said at the last look, to the letter. */
  saidByFeed(): Promise<string | null>;
  keepFeed(source: string, feed: ReadFeed, said: string, at: string): Promise<void>;
  keepDoubtedFeed(source: string, feed: DoubtedFeed, said: string, at: string): Promise<void>;
  /** The feed that was doubted is the good one from now on. */
  believeFeed(at: string): Promise<void>;
  noteFeedProblem(source: string, problem: string, said: string | null, at: string): Promise<void>;
  approvedHolidays(authority: string): Promise<PublishedHolidays | null>;
  holidaysApprovedAt(): Promise<ReadonlyMap<string, string>>;
  approveHolidays(authority: string, content: PublishedHolidays, by: string, at: string): Promise<void>;
  isUnsubscribed(reader: MailReader): Promise<boolean>;
  /** Stops (or resumes) copies for information to the reader of a mail; null where there is no such mail. */
  subscribe(messageId: string, wanted: boolean, at: string): Promise<MailReader | null>;
  /**
   * Waits until a lifecycle's entry of this number is recorded. What was changed holds all the same where it is not within
   * the time, or where the register can't be asked: false, and never an error.
   */
  reached(authority: string, reference: string, seq: number, timeoutMs: number): Promise<boolean>;
  /** Checks the chains; what does not hold is named. */
  verify(authority?: string): Promise<ChainCheck[]>;
  /** What is too large for the engine. */
  payloads: PayloadStore;
  /** Files of evidence. */
  evidence: EvidenceRegister;
  /** Documents that were frozen. */
  frozen: FrozenRegister;
  /** The Word templates of councils. */
  templates: TemplateRegister;
  /** The engine's histories, kept after it has forgotten them. */
  archive: ArchiveRegister;
  /** The links of an authority's chain after a number, to the letter. */
  links(authority: string, after: number, limit: number): Promise<ChainLink[]>;
  /** What an inspection's clock can be started again from, and what is made up where the register was older. */
  recovery: RecoveryRegister;
  /** Lists, people and sessions of the board. */
  board: BoardRegister;
  /** What all processes of one duecourse share. */
  installation: InstallationRegister;
  /** Which workers and pages run. */
  processes: ProcessRegister;
  /** Is the register well, and does it agree with the engine? */
  doctor: DoctorRegister;
  /** What the newest look has found, and what the operator knows of it. */
  looks: LookNotes;
  /** What addresses outside are told. */
  webhooks: WebhookRegister;
  /** Erases a person, or only looks what that would take. */
  erase(request: ErasureRequest, how: 'look' | 'carry out'): Promise<Erasure>;
  /** Makes the tables again from the entries. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

const CONNECTIONS = 5;
/** Entries read at a time. */
const HISTORY_PAGE = 1000;
const POLL_MS = 50;

/** Opens a register in PostgreSQL. It connects at its first use. */
export function openRegister({ url, connections = CONNECTIONS }: { url: string; connections?: number }): Register {
  const whole = openDatabase(url, connections);
  const where = placeOf(url);
  const database = fitting(whole, () => mustFit(whole, where));
  return {
    migrate: () => migrate(whole, where),
    applyRetention: (now) => applyRetention(database, now),
    ping: async () => void (await database.query('SELECT 1')),
    clock: () => reads.clock(database),
    append: async (inspection, entries) => {
      if (entries.length === 0) return;
      await database.inTransaction((queries) =>
        append(
          queries,
          inspection,
          entries.map((entry) => ({ key: lifecycleKey(entry.seq), body: entry })),
        ),
      );
    },
    appendDelivery: (inspection, entries, standing) => appendDelivery(database, inspection, entries, standing),
    claim: (digest, messageId, at, attempt) => claim(database, digest, messageId, at, attempt),
    holds: (id, attempt) => holds(database, id, attempt),
    release: (id, attempt) => release(database, id, attempt),
    settle: (id, state, reason, at, attempt) => settle(database, id, state, reason, at, attempt),
    publication: publicationOf(database),
    list: (now) => reads.list(database, now),
    overdue: (now, filter = {}) => reads.overdue(database, now, filter),
    milestones: (authority, reference, milestone) => reads.milestones(database, authority, reference, milestone),
    history: (authority, reference) => reads.history(database, authority, reference),
    stateOn: (inspection, day) => stateOn(database, inspection, day),
    historyTo: (inspection, until) => reads.historyTo(database, inspection, until),
    historyPage: (inspection, page) => reads.historyPage(database, inspection, page),
    countingOn: (inspection) => countingOn(database, inspection),
    historyOf: (duty) => reads.historyOf(database, duty),
    entriesOfKind: (of, page) => reads.entriesOfKind(database, of, page),
    flatTables: flatTablesOf(database),
    historyPages: (inspection, last) => historyPages(database, inspection, last),
    authorities: () => reads.authorities(database),
    texts: (authority, reference, seqs) => texts(database, authority, reference, seqs),
    undeliverable: (inspection) => reads.undeliverable(database, inspection),
    morning: (authority, now) => reads.morning(database, authority, now),
    openReferences: (authority, after, limit) => reads.openReferences(database, authority, after, limit),
    figures: (now) => figures(database, now),
    keptFeed: () => keptFeed(database),
    saidByFeed: () => saidByFeed(database),
    keepFeed: (source, feed, said, at) => keepFeed(database, source, feed, said, at),
    keepDoubtedFeed: (source, feed, said, at) => keepDoubtedFeed(database, source, feed, said, at),
    believeFeed: (at) => believeFeed(database, at),
    noteFeedProblem: (source, problem, said, at) => noteFeedProblem(database, source, problem, said, at),
    approvedHolidays: (authority) => approvedHolidays(database, authority),
    holidaysApprovedAt: () => holidaysApprovedAt(database),
    approveHolidays: (authority, content, by, at) => approveHolidays(database, authority, content, by, at),
    isUnsubscribed: (reader) => isUnsubscribed(database, reader),
    subscribe: (messageId, wanted, at) => subscribe(database, messageId, wanted, at),
    async reached(authority, reference, seq, timeoutMs) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        if (await reads.has(database, authority, reference, seq).catch(() => false)) return true;
        if (Date.now() >= until) return false;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    verify: (authority) => verify(database, authority),
    payloads: payloadsOf(database),
    evidence: evidenceRegisterOf(database),
    frozen: frozenRegisterOf(database),
    templates: templateRegisterOf(database),
    archive: archiveOf(database),
    links: (authority, after, limit) => links(database, authority, after, limit),
    recovery: recoveryOf(database),
    board: boardOf(database),
    installation: installationOf(database, where),
    processes: processesOf(database),
    doctor: doctorReadsOf(database),
    looks: lookNotesOf(database),
    webhooks: webhooksOf(database),
    erase: (request, how) => erase(database, request, how),
    rebuild: () => database.inTransaction((queries) => rebuild(queries), 'unhurried'),
    close: () => database.close(),
  };
}

async function* historyPages(
  database: Database,
  inspection: { authority: string; reference: string },
  last?: number,
): AsyncGenerator<RegisterEntry[]> {
  let after = last === undefined ? 0 : await reads.numberBeforeLast(database, inspection, last);
  for (;;) {
    const rows = await reads.historyAfter(database, inspection, after, HISTORY_PAGE);
    if (rows.length > 0) yield rows.map(({ entry }) => entry);
    if (rows.length < HISTORY_PAGE) return;
    after = rows.at(-1)?.number ?? after;
  }
}

/** The same database; before its first use it is asked whether it fits, and again until it does. */
function fitting(database: Database, mustDo: () => Promise<void>): Database {
  let fits: Promise<void> | undefined;
  const asked = async (): Promise<void> => {
    const asking = (fits ??= mustDo());
    try {
      await asking;
    } catch (error) {
      if (fits === asking) fits = undefined;
      throw error;
    }
  };
  return {
    query: async (sql, values) => {
      await asked();
      return database.query(sql, values);
    },
    inTransaction: async (work, kind) => {
      await asked();
      return database.inTransaction(work, kind);
    },
    close: () => database.close(),
  };
}
