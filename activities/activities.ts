import type { KeptCalendar } from '../domain/calendar/kept-calendar.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Actor } from '../domain/commands/actor.ts';
import type { Watched } from './calendars/watch.ts';
import type { Archived, ArchiveRequest } from './archive/archive-history.ts';
import type { StandInMail } from '../domain/authority/stand-in-mail.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { WebhookKey } from '../register/webhooks.ts';
import type { Visit } from './webhooks/visit.ts';
import type { Delivery, DeliveryResult } from '../domain/lifecycle/entry.ts';

/** Whose summary: the authority with its roles, and the calendar of its working days. */
export interface MorningSummaryInput {
  authority: Authority;
  calendar: KeptCalendar;
}

/** A council's file as it is now, and as it was before it was changed. */
export interface StandInNewsInput extends MorningSummaryInput {
  before: Authority;
}

/** An inspection that does not count by what was approved: it refused it, or could not be told. */
export interface ReplanFailure {
  reference: string;
  outcome: 'refused' | 'not-told';
  why: string;
}

/** What workflows ask of the world: they import this type only, never the parts behind it. */
export interface Activities {
  /**
   * Appends entries to the register, with the state that the lifecycle has then, and sends each digest whose claim is free;
   * says what became of each. Where register and lifecycle differ it says so, and is not tried again.
   */
  deliver(delivery: Delivery): Promise<DeliveryResult>;
  /** Sends an administrator's summary as of an instant (UTC), where there is something to say. */
  sendMorningSummary(input: MorningSummaryInput, now: string): Promise<'sent' | 'nothing to say' | 'undeliverable'>;
  /** What those are told who stand in by the council's file in force otherwise than by an earlier one, as of an instant (UTC). */
  standInMails(before: Authority, now: string): Promise<{ mails: StandInMail[]; after: Authority }>;
  /** Tells one of them. */
  sendStandInMail(mail: StandInMail): Promise<'sent' | 'undeliverable'>;
  /** Looks at the source of bank holidays; 'refused' where it can't be read or holds nonsense. */
  watchCalendar(now: string): Promise<Watched>;
  /** The open inspections of an authority after a reference, in order: `<authority>/<reference>`. */
  openReferences(authority: string, after: string, limit: number): Promise<string[]>;
  /** Those of an authority that run in the engine, in order, also where the register has not heard of them yet. */
  runningReferences(authority: string): Promise<string[]>;
  /** Keeps the bank holidays that an authority's inspections count by from now on; `at` is UTC. */
  keepApproval(authority: string, published: PublishedHolidays, by: string, at: string): Promise<void>;
  /** Brings bank holidays to some inspections; those that refuse, or do not answer, are named, and keep no other. */
  replanPage(references: string[], published: PublishedHolidays, actor: Actor): Promise<ReplanFailure[]>;
  /** Brings the history of an ended run, and of those before it, into the register; `at` is the story's instant, UTC. */
  archiveHistory(request: ArchiveRequest, at: string): Promise<Archived>;
  /** Tells an address outside what is due; says how long until it is to be told more. */
  tellAddress(to: WebhookKey): Promise<Visit>;
  /** Refuses a shifted clock wherever the engine does not skip time: a rehearsal must never mail real people. */
  permitShiftedClock(shiftMs: number): Promise<void>;
}
