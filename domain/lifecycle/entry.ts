import type { CivilDate } from '../calendar/civil-date.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import type { Actor } from '../commands/actor.ts';
import type { Digest } from './digest.ts';

/** A milestone's newest state as the register's `milestone` table keeps it. */
export interface MilestoneRow {
  milestone: string;
  strand: string;
  title: string;
  due: CivilDate;
  dueAt: string;
  dueVersion: number;
  status: MilestoneStatus;
  owner: string;
  ownerTitle: string;
  strength: string;
  provisional: boolean;
  explanation: string[];
  /** The last instant at which it was met, waived or lapsed; null while it is open. */
  endedAt: string | null;
  holdReviewOn: CivilDate | null;
  /** The body that it goes to. */
  body?: string;
}

/** One entry of the register: what happened, when, by whom. `seq` counts from 1 in each inspection. */
export interface RegisterEntry {
  seq: number;
  /** The story's instant, UTC. */
  at: string;
  kind: EntryKind;
  milestone: string | null;
  actor: Actor | null;
  /** One sentence for people. */
  text: string;
  data: Record<string, unknown>;
  /** The milestone's state after this, where it changed. */
  row: MilestoneRow | null;
}

export type EntryKind =
  | 'inspection-started'
  | 'inspection-closed'
  | 'inspection-cancelled'
  | 'milestone-planned'
  | 'milestone-moved'
  | 'milestone-submitted'
  | 'milestone-completed'
  | 'milestone-extended'
  | 'extension-requested'
  | 'extension-declined'
  | 'milestone-held'
  | 'milestone-released'
  | 'milestone-waived'
  | 'milestone-reassigned'
  | 'milestone-acknowledged'
  | 'milestone-missed'
  | 'milestone-lapsed'
  | 'milestone-withdrawn'
  | 'decision-recorded'
  | 'call-in-received'
  | 'decision-published'
  | 'call-in-resolved'
  | 'decision-reconsidered'
  | 'decision-implemented'
  | 'window-closed'
  | 'mail-sent'
  | 'mail-delayed'
  | 'mail-undeliverable'
  | 'mail-resent'
  | 'authority-changed'
  | 'calendar-changed'
  | 'facts-corrected'
  | 'question-asked'
  | 'question-answered'
  | 'plan-recorded'
  | 'attendance-recorded'
  | 'milestone-confirmed'
  | 'history-archived'
  | 'personal-data-erased';

/** What the workflow hands to the `deliver` activity: entries to append, then mails to send. */
export interface Delivery {
  authority: { id: string; name: string };
  reference: string;
  inspectionTitle: string;
  entries: RegisterEntry[];
  digests: Digest[];
  /** Digests put off for so long that they are given up: to be settled as undeliverable. */
  abandoned?: Abandoned[];
}

/** A digest that is given up, with the last answer. */
export interface Abandoned {
  digest: string;
  reason: string;
  /** The story's instant, UTC. */
  at: string;
}

/**
 * What became of one digest. `delayed` is worth another try later; `undeliverable` is final; `stale` was not tried,
 * because its moment had passed by the time the register could be reached: the lifecycle makes it anew.
 * `unwanted` is a copy for information that its reader has unsubscribed from.
 */
export interface DigestOutcome {
  digest: string;
  outcome: 'sent' | 'delayed' | 'undeliverable' | 'stale' | 'unwanted';
  /** In plain words, with the server's answer; never the mail's body. */
  reason: string | null;
  /**
   * The milestones that the mail which went out spoke of, where that was an earlier digest of the same id: a try that
   * died before it was settled is repeated to the letter, and what is new since then is told by the next mail.
   */
  milestones?: string[];
}
