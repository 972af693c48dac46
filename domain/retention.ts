/** What is kept, each kind under one name. */
export type Kept =
  | 'sign-in-link'
  | 'web-session'
  | 'answered-request'
  | 'form-draft'
  | 'plan-draft'
  | 'saved-form'
  | 'revoked-key'
  | 'process'
  | 'installation'
  | 'engine-history'
  | 'kept-state'
  | 'large-payload'
  | 'unused-evidence'
  | 'record'
  | 'mail'
  | 'holidays'
  | 'looks'
  | 'authority-file'
  | 'saved-view'
  | 'authority-change'
  | 'word-template'
  | 'webhook'
  | 'webhook-delivery';

/** How long a kind of thing is kept. */
export interface Retention {
  /** Milliseconds; null is for good. */
  ms: number | null;
  /** The tables of the register that hold it; none where the engine does. */
  tables: readonly string[];
  /** The column with the instant that the time counts from. */
  since?: string;
  /** The column that says itself when it is over. */
  until?: string;
  why: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long everything is kept, and why. Applied when a worker or the pages start, to what is there already too
 * (`Register.applyRetention`), and to a kind of row whenever one of it is written; every table of the register is here.
 */
export const RETENTION = {
  'sign-in-link': {
    ms: 15 * MINUTE_MS,
    tables: ['sign_in_link'],
    until: 'expires_at',
    why: 'it lets in whoever reads the mail: long enough for a slow mail server, no longer',
  },
  'web-session': {
    ms: 10 * HOUR_MS,
    tables: ['web_session'],
    since: 'began_at',
    why: 'a working day; nobody is still signed in the next morning',
  },
  'answered-request': {
    ms: 24 * HOUR_MS,
    tables: ['answered_request'],
    since: 'at',
    why: 'a program that lost an answer asks again within minutes; a night is the longest outage to expect',
  },
  'form-draft': {
    ms: 10 * HOUR_MS,
    tables: ['form_draft'],
    since: 'at',
    why: 'whoever has to sign in again, or goes back, finds what they typed; as long as a session, no longer',
  },
  'plan-draft': {
    ms: 90 * DAY_MS,
    tables: ['plan_draft'],
    since: 'changed_at',
    why: 'a plan is written over weeks, between one board and the next; what nobody has touched for a quarter is written for nobody',
  },
  'saved-form': {
    ms: 30 * DAY_MS,
    tables: ['saved_form'],
    since: 'at',
    why: 'whoever puts a form by comes back to it within the weeks in which a round of progress is open',
  },
  'revoked-key': {
    ms: 30 * DAY_MS,
    tables: ['access_key'],
    since: 'revoked_at',
    why: 'whoever wonders why a program or a calendar has stopped can be told; keys in use stay until they are revoked',
  },
  process: {
    ms: 10 * MINUTE_MS,
    tables: ['running_process'],
    since: 'seen_at',
    why: 'which workers and pages run: each says so every minute, and one that has been killed is soon forgotten',
  },
  installation: {
    ms: null,
    tables: ['installation', 'encryption_key'],
    why: 'marks of the secret and the keys in use, from which neither can be had: by them a process that does not belong is refused',
  },
  'engine-history': {
    ms: 30 * DAY_MS,
    tables: [],
    why: 'until it is archived in the register, and for looking into trouble; it holds who changed what, so no longer',
  },
  'kept-state': {
    ms: null,
    tables: ['kept_state'],
    why: 'one row an open inspection, replaced with its next entry and gone with its end: from it its clock is started again',
  },
  'large-payload': {
    ms: 60 * DAY_MS,
    tables: ['large_payload'],
    since: 'released_at',
    why: 'what is too large for the engine: a lifecycle goes on with it for as long as its run lives; then the archive has it, and the engine may be asked of the run for 30 days more, twice that to be safe',
  },
  'unused-evidence': {
    ms: 24 * HOUR_MS,
    tables: ['evidence_file'],
    since: 'unclaimed_since',
    why: 'a file of evidence that was uploaded and then given to no duty; what an entry names, a frozen document too, belongs to the record, and stays with it until it is erased',
  },
  record: {
    ms: null,
    tables: [
      'authority_chain',
      'entry',
      'sealed',
      'archived_history',
      'signing_key',
      'inspection',
      'milestone',
      'searched',
      'state_of_day',
    ],
    why: 'it has to stand up to an inspector years later; a person is taken out of it by an erasure',
  },
  mail: {
    ms: null,
    tables: ['mail', 'unsubscribed'],
    why: 'it belongs to the record: what was said to whom, sent once and not twice; and whom not to write to',
  },
  holidays: {
    ms: null,
    tables: ['bank_holiday_feed', 'approved_holidays'],
    why: 'one row each, replaced by the next: what is in force',
  },
  looks: {
    ms: null,
    tables: ['doctor_report', 'operator_notice'],
    why: 'the newest look whether all is well, replaced by the next one; what the operator was told of, while it lasts',
  },
  'authority-file': {
    ms: null,
    tables: ['authority_file'],
    why: 'one row an authority, replaced when its file is applied again: who may sign in',
  },
  'saved-view': {
    ms: null,
    tables: ['saved_view'],
    why: 'what a person has chosen of a list, under a name of theirs: until they remove it, or are erased',
  },
  'authority-change': {
    ms: 400 * DAY_MS,
    tables: ['authority_change'],
    since: 'changed_at',
    why: 'who changed what of the council’s people and meetings, and what it takes to put it back: a year, with room for the next audit; that it was changed is on record for good',
  },
  'word-template': {
    ms: 400 * DAY_MS,
    tables: ['word_template'],
    since: 'replaced_at',
    why: 'the council’s letterhead for documents: the one in force stays, an earlier one a year with room, as other changes of the council’s own files',
  },
  webhook: {
    ms: null,
    tables: ['webhook'],
    why: 'one row an address outside that is told what happens: the secret that signs, gone with the address',
  },
  'webhook-delivery': {
    ms: 30 * DAY_MS,
    tables: ['webhook_delivery'],
    since: 'made_at',
    why: 'what was told to addresses outside, and is sent again where somebody there has lost it: a month is long enough to notice',
  },
} as const satisfies Record<Kept, Retention>;

/** A period as people say it: "15 minutes", "10 hours", "30 days". */
export function periodInWords(ms: number): string {
  const [n, unit] =
    ms < HOUR_MS ? [ms / MINUTE_MS, 'minute'] : ms < 2 * DAY_MS ? [ms / HOUR_MS, 'hour'] : [ms / DAY_MS, 'day'];
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
