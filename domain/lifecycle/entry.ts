import type { InspectionStatus } from './inspection-status.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import type { Actor } from '../commands/actor.ts';
import type { Digest } from './digest.ts';
import type { EntryKind } from './entry-kinds.ts';

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
  /** Where it was made up from the engine's history, because the register had been restored to an earlier moment: when, UTC. */
  recovered?: string;
}

/** What the workflow hands to the `deliver` activity: entries to append, then mails to send. */
export interface Delivery {
  /** Where the inspection stood as these mails were made: one that has ended since is told of by none of them. */
  status: InspectionStatus;
  authority: { id: string; name: string };
  reference: string;
  inspectionTitle: string;
  /** Entries up to this one are in the register, as far as the lifecycle knows. */
  after: number;
  entries: RegisterEntry[];
  digests: Digest[];
  /** Digests put off for so long that they are given up: to be settled as undeliverable. */
  abandoned?: Abandoned[];
}

/** What came of a delivery. */
export interface DeliveryResult {
  outcomes: DigestOutcome[];
  /** The register and the lifecycle differ, and how: nothing was recorded or sent that could not be, and an operator has to mend it. */
  diverged?: string;
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
