import { type InspectionRef, inspectionRef, partsOf } from '../domain/inspection-ref.ts';
import type { InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import type { Digest } from '../domain/lifecycle/digest.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { SettledMail } from '../domain/lifecycle/from-register.ts';
import { MAIL_STATES } from '../domain/lifecycle/mail-states.ts';
import { append, type InspectionKey } from './append.ts';
import { lifecycleKey } from './append-delivery.ts';
import { storable } from './chain.ts';
import type { Database, Queries } from './database.ts';
import { claim, FINAL_STATES, settle } from './mail-claims.ts';
import { ENTRIES, ENTRY_COLUMNS, type EntryRow, isRecorded, jsonIn } from './sealed.ts';
import type { MissingEntries } from './verify-numbering.ts';
import { type KeptState, keptState } from './kept-states.ts';

/** An inspection that the register has, with the number of the newest entry that its lifecycle wrote. */
export interface RecordedInspection {
  inspection: InspectionRef;
  status: InspectionStatus;
  /** 0 where it has none. */
  seq: number;
}

/** What `duecourse recover` reads and makes up, and what a comparison of the register with the engine rests on. */
export interface RecoveryRegister {
  /** Null where nothing of the inspection is known. */
  recorded(inspection: InspectionRef): Promise<RecordedInspection | null>;
  /** Every inspection that is open here, in order; of one authority, or of all. */
  open(authority?: string): Promise<RecordedInspection[]>;
  /** Null where no state is kept (yet), or where the inspection has ended. */
  kept(authority: string, reference: string): Promise<KeptState | null>;
  /** The inspection's mails that have ended, as they were claimed; not those that an erasure has taken. */
  settledMails(inspection: InspectionRef): Promise<SettledMail[]>;
  /** Of these mails, those that the register has, by their ids. */
  knownMails(ids: readonly string[]): Promise<Set<string>>;
  /** Numbers up to one that no entry of the inspection's lifecycle has, in order; those said to be missing are not among them. */
  missing(inspection: InspectionRef, upTo: number): Promise<number[]>;
  /** Entries of these that the register has otherwise, under the same number. */
  conflicting(inspection: InspectionRef, entries: readonly RegisterEntry[]): Promise<RegisterEntry[]>;
  /** The instant of the inspection's newest entry, UTC; '' where it has none. */
  newestAt(inspection: InspectionRef): Promise<string>;
  /** Appends entries that the engine still knows, each with the mark that it was made up at an instant (UTC); those already there are left alone. */
  makeUp(inspection: InspectionKey, entries: readonly RegisterEntry[], at: string): Promise<void>;
  /** Makes up a mail that has ended, with its entry; one that is known already is left alone. */
  makeUpMail(mail: MadeUpMail, messageId: string, at: string): Promise<void>;
  /** Records what an operator did about an inspection whose own clock can't record it any more. */
  note(inspection: InspectionKey, note: Pick<RegisterEntry, 'at' | 'kind' | 'actor' | 'text' | 'data'>): Promise<void>;
}

/** A mail as the engine's history knows its last outcome. */
export interface MadeUpMail extends Omit<SettledMail, 'outcome'> {
  outcome: SettledMail['outcome'] | 'delayed';
}

export function recoveryOf(database: Database): RecoveryRegister {
  return {
    async recorded(inspection) {
      const { authority, reference } = partsOf(inspection);
      return (await recorded(database, 'i.authority = $1 AND i.reference = $2', [authority, reference]))[0] ?? null;
    },
    open: (authority) =>
      recorded(database, `i.status = 'open' AND ($1::text IS NULL OR i.authority = $1)`, [authority ?? null]),
    kept: (authority, reference) => keptState(database, { authority, reference }),
    settledMails: (inspection) => settledMails(database, inspection),
    async knownMails(ids) {
      const rows = await database.query<{ digest: string }>('SELECT digest FROM mail WHERE digest = ANY($1)', [ids]);
      return new Set(rows.map(({ digest }) => digest));
    },
    missing: (inspection, upTo) => missing(database, inspection, upTo),
    conflicting: (inspection, entries) => conflicting(database, inspection, entries),
    async newestAt(inspection) {
      const { authority, reference } = partsOf(inspection);
      const rows = await database.query<{ at: string }>(
        'SELECT at FROM entry WHERE authority = $1 AND reference = $2 ORDER BY number DESC LIMIT 1',
        [authority, reference],
      );
      return rows[0]?.at ?? '';
    },
    makeUp: (inspection, entries, at) =>
      database.inTransaction((queries) =>
        append(
          queries,
          inspection,
          entries.map((entry) => ({ key: lifecycleKey(entry.seq), body: { ...entry, recovered: at } })),
        ),
      ),
    async makeUpMail({ digest, outcome, reason }, messageId, at) {
      const attempt = { id: `recover/${at}`, at: Date.parse(at) };
      const { state } = await claim(database, digest, messageId, digest.at, attempt);
      // A worker is sending it just now, and will say what became of it.
      if (state === 'taken-over') return;
      if (!MAIL_STATES[state === 'new' ? 'claimed' : state].final)
        await settle(database, digest.id, outcome, reason, digest.at, attempt, at);
    },
    note: (inspection, note) =>
      database.inTransaction((queries) =>
        append(queries, inspection, [
          { key: `recover/${note.at}`, body: { seq: 0, milestone: null, row: null, ...note } },
        ]),
      ),
  };
}

async function settledMails({ query }: Queries, inspection: InspectionRef): Promise<SettledMail[]> {
  const { authority, reference } = partsOf(inspection);
  const rows = await query<{ content: Digest; state: SettledMail['outcome']; reason: string | null }>(
    `SELECT content, state, reason FROM mail WHERE authority = $1 AND reference = $2 AND state IN (${FINAL_STATES})`,
    [authority, reference],
  );
  return rows.map(({ content, state, reason }) => ({ digest: content, outcome: state, reason }));
}

async function missing({ query }: Queries, inspection: InspectionRef, upTo: number): Promise<number[]> {
  const { authority, reference } = partsOf(inspection);
  const rows = await query<{ key: string; body: string | null }>(
    `SELECT key, CASE WHEN kind = 'entries-missing' THEN body END AS body FROM entry
     WHERE authority = $1 AND reference = $2 AND key LIKE 'lifecycle/%'`,
    [authority, reference],
  );
  const there = new Set(rows.map(({ key }) => key));
  const said = rows.flatMap(({ body }) =>
    body === null ? [] : (jsonIn<{ words?: { data?: Partial<MissingEntries> } }>(body, {}).words?.data?.missing ?? []),
  );
  return Array.from({ length: upTo }, (_, index) => index + 1).filter(
    (seq) => !there.has(lifecycleKey(seq)) && !said.some(([from, to]) => from <= seq && seq <= to),
  );
}

async function conflicting(
  { query }: Queries,
  inspection: InspectionRef,
  entries: readonly RegisterEntry[],
): Promise<RegisterEntry[]> {
  const { authority, reference } = partsOf(inspection);
  const rows = await query<EntryRow & { key: string }>(
    `SELECT e.key, ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 AND e.key = ANY($3)`,
    [authority, reference, entries.map(({ seq }) => lifecycleKey(seq))],
  );
  const there = new Map(rows.map((row) => [row.key, row]));
  return entries.filter((entry) => {
    const row = there.get(lifecycleKey(entry.seq));
    return row !== undefined && !isRecorded(storable(entry), row);
  });
}

/** The keys of a lifecycle's own entries end in their numbers: read from the index alone. */
async function recorded({ query }: Queries, where: string, values: unknown[]): Promise<RecordedInspection[]> {
  const rows = await query<{ authority: string; reference: string; status: InspectionStatus; seq: string | null }>(
    `SELECT i.authority, i.reference, i.status,
       (SELECT max(substr(e.key, 11)::bigint) FROM entry e
        WHERE e.authority = i.authority AND e.reference = i.reference AND e.key LIKE 'lifecycle/%') AS seq
     FROM inspection i WHERE ${where} ORDER BY 1, 2`,
    values,
  );
  return rows.map(({ authority, reference, status, seq }) => ({
    inspection: inspectionRef(authority, reference),
    status,
    seq: Number(seq ?? 0),
  }));
}
