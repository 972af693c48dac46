import { apply } from '../commands/apply.ts';
import { delivered } from '../lifecycle/delivered.ts';
import type { Digest } from '../lifecycle/digest.ts';
import type { DigestOutcome, RegisterEntry } from '../lifecycle/entry.ts';
import { milestoneOf, milestonesOf } from '../lifecycle/milestones.ts';
import { openLifecycle } from '../lifecycle/open-lifecycle.ts';
import { withQuotes } from '../questions/quotes.ts';
import type { LifecycleStart, LifecycleState } from '../lifecycle/state.ts';
import { nextWake, wake } from '../lifecycle/wake.ts';
import type { Milestone } from '../milestone/milestone.ts';
import type { Actor } from '../commands/actor.ts';
import type { Command } from '../commands/commands.ts';

/**
 * Runs a lifecycle's pure heart as the keeper does, without the engine: the same functions, no waiting. What the
 * workflow tests see on the real engine can be compared with it.
 */
export class Story {
  state: LifecycleState;
  now: string;
  readonly mails: Digest[] = [];
  readonly entries: RegisterEntry[] = [];
  wakes = 0;
  /** Says what becomes of a mail; all are sent unless a test says otherwise. */
  deliver: (digest: Digest) => DigestOutcome['outcome'] = () => 'sent';

  constructor(start: LifecycleStart, at: string) {
    this.now = at;
    this.state = openLifecycle(start, at);
    this.settle();
  }

  /** Lets time pass up to an instant, waking whenever the lifecycle asks to. */
  until(instant: string): this {
    for (;;) {
      const next = nextWake(this.state, this.now);
      if (next === undefined || next > instant) break;
      if (next <= this.now)
        throw new Error(`the lifecycle asks to be woken at ${next}, which is not after ${this.now}`);
      this.now = next;
      this.settle();
    }
    this.now = instant > this.now ? instant : this.now;
    return this;
  }

  command(command: Command, actor: Actor): this {
    this.state = apply(this.state, command, actor, this.now);
    this.settle();
    return this;
  }

  /** A milestone in hand, whole. */
  milestone(id: string): Milestone | undefined {
    return milestoneOf(this.state, id);
  }

  /** All milestones in hand, by id. */
  get milestones(): Record<string, Milestone> {
    return Object.fromEntries(milestonesOf(this.state).map((each) => [each.id, each]));
  }

  /** Mails to one address, oldest first. */
  to(email: string): Digest[] {
    return this.mails.filter((mail) => mail.recipient.email === email);
  }

  /** What an entry quotes, as the register would have it. */
  private wordsOf(seq: number): string | undefined {
    const words = this.entries.find((entry) => entry.seq === seq)?.data['text'];
    return typeof words === 'string' ? words : undefined;
  }

  private settle(): void {
    for (let turn = 0; turn < 20; turn++) {
      this.wakes++;
      const awake = wake(this.state, this.now);
      const entries = awake.state.unrecorded;
      if (entries.length === 0 && awake.mailings.length === 0) {
        this.state = awake.state;
        return;
      }
      this.entries.push(...entries);
      const outcomes = awake.mailings.map(({ digest }): DigestOutcome => ({
        digest: digest.id,
        outcome: this.deliver(digest),
        reason: null,
      }));
      awake.mailings.forEach(({ digest }, index) => {
        if (outcomes[index]?.outcome === 'sent') this.mails.push(withQuotes(digest, (seq) => this.wordsOf(seq)));
      });
      this.state = delivered({ ...awake.state, unrecorded: [] }, awake.mailings, outcomes, this.now);
    }
    throw new Error(`the lifecycle does not come to rest at ${this.now}`);
  }
}
