import { apply } from '../../../domain/commands/apply.ts';
import { delivered } from '../../../domain/lifecycle/delivered.ts';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import type { DigestOutcome, RegisterEntry } from '../../../domain/lifecycle/entry.ts';
import type { SettledMail } from '../../../domain/lifecycle/from-register.ts';
import type { Mailing } from '../../../domain/lifecycle/mailings.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleStart, LifecycleState } from '../../../domain/lifecycle/state.ts';
import { nextWake, wake } from '../../../domain/lifecycle/wake.ts';
import type { Actor } from '../../../domain/commands/actor.ts';
import type { Command } from '../../../domain/commands/commands.ts';
import type { MailFate } from './generators.ts';

/** What a lifecycle shows to whoever watches it. */
export interface Watcher {
  /** The state is about to be, or has just been, changed by a command (its name) or by the passing of time. */
  changed(before: LifecycleState, after: LifecycleState, by: Command['name'] | 'time', now: string): void;
  recorded(entries: readonly RegisterEntry[]): void;
  /** A mail has reached its reader, with these notices of it. */
  told(mailing: Mailing, state: LifecycleState, now: string): void;
  /** All that is to be done at this instant has been: the register knows of it, and mail has gone. */
  atRest(state: LifecycleState): void;
}

/** The pure heart as the keeper drives it, with mail whose fate is given, under a watcher's eyes. */
export class Lifecycle {
  state: LifecycleState;
  now: string;
  fates: readonly MailFate[] = ['sent'];
  /** How many wakes and commands there have been. */
  steps = 0;
  /** What a register would have of it: the state that was kept with its last entry, and the mails that have ended. */
  kept: LifecycleState;
  /** Every state that was kept before it, and all entries. */
  readonly keptBefore: LifecycleState[] = [];
  readonly entries: RegisterEntry[] = [];
  readonly settled: SettledMail[] = [];
  private readonly putOff = new Map<string, Digest>();
  private mails = 0;
  private wokenAt = '';
  private readonly watcher: Watcher;

  private constructor(state: LifecycleState, at: string, watcher: Watcher) {
    this.now = at;
    this.watcher = watcher;
    this.state = state;
    this.kept = state;
    this.settle();
  }

  static start(start: LifecycleStart, at: string, watcher: Watcher): Lifecycle {
    return new Lifecycle(openLifecycle(start, at), at, watcher);
  }

  /** One that goes on from a state that has been kept. */
  static goOn(state: LifecycleState, at: string, watcher: Watcher): Lifecycle {
    return new Lifecycle(state, at, watcher);
  }

  /** Lets time pass up to an instant. */
  until(instant: string): void {
    for (;;) {
      const next = nextWake(this.state, this.now);
      if (next === undefined || next > instant) break;
      // It may ask to be woken now, where it has not been yet; but not a second time: it must never spin.
      if (next <= this.now && this.wokenAt === this.now)
        throw new Error(`it asks to be woken at ${next}, which is not after ${this.now}`);
      this.now = next > this.now ? next : this.now;
      this.settle();
    }
    if (instant > this.now) this.now = instant;
  }

  /** @throws Refusal, and is as it was */
  give(command: Command, actor: Actor): void {
    this.become(apply(this.state, command, actor, this.now), command.name);
    this.settle();
  }

  private become(after: LifecycleState, by: Command['name'] | 'time'): void {
    this.steps++;
    this.watcher.changed(this.state, after, by, this.now);
    this.state = after;
  }

  private settle(): void {
    this.wokenAt = this.now;
    for (let turn = 0; turn < 20; turn++) {
      const awake = wake(this.state, this.now);
      this.become(awake.state, 'time');
      const entries = awake.state.unrecorded;
      if (entries.length === 0 && awake.mailings.length === 0) return this.watcher.atRest(this.state);
      this.watcher.recorded(entries);
      this.entries.push(...entries);
      if (entries.length > 0) {
        this.kept = { ...awake.state, unrecorded: [] };
        this.keptBefore.push(this.kept);
      }
      const outcomes = awake.mailings.map((mailing) => this.outcomeOf(mailing, turn));
      const after = delivered({ ...awake.state, unrecorded: [] }, awake.mailings, outcomes, this.now);
      awake.mailings.forEach(({ digest, told }, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined) this.keepMail(digest, outcome);
        if (outcome?.outcome !== 'sent') return;
        const spokenOf = outcome.milestones;
        const reached = spokenOf === undefined ? told : told.filter((each) => spokenOf.includes(each.milestone));
        this.watcher.told({ digest, told: reached }, awake.state, this.now);
      });
      this.become(after, 'time');
      this.keepAbandoned(after);
    }
    throw new Error(`it does not come to rest at ${this.now}`);
  }

  /** As the register does: what went is kept as it went, and what is given up has ended as well. */
  private keepMail(digest: Digest, { outcome, reason, milestones }: DigestOutcome): void {
    if (outcome === 'delayed') this.putOff.set(digest.id, digest);
    if (outcome !== 'sent' && outcome !== 'undeliverable') return;
    const isIn = ({ milestone }: { milestone: string }): boolean => milestones?.includes(milestone) ?? true;
    const { finished: _finished, ...earlier } = digest;
    const went = { ...earlier, notices: digest.notices.filter(isIn), tells: digest.tells.filter(isIn) };
    this.settled.push({ digest: milestones === undefined ? digest : went, outcome, reason });
  }

  /** What was put off for too long is handed to the register with the next delivery. */
  private keepAbandoned({ abandoned = [] }: LifecycleState): void {
    for (const { digest: id, reason } of abandoned) {
      const digest = this.putOff.get(id);
      if (digest === undefined) continue;
      this.putOff.delete(id);
      this.settled.push({ digest, outcome: 'undeliverable', reason });
    }
  }

  private outcomeOf({ digest }: Mailing, turn: number): DigestOutcome {
    const fate = this.fates[this.mails++ % this.fates.length] ?? 'sent';
    const reason = 'the mail server answered 450';
    if (fate === 'earlier' && turn === 0) {
      const milestones = digest.notices.slice(0, Math.ceil(digest.notices.length / 2)).map((each) => each.milestone);
      return { digest: digest.id, outcome: 'sent', reason: null, milestones };
    }
    // A stale mail is made anew at once; a second time its moment has not passed.
    if (fate === 'earlier' || (fate === 'stale' && turn > 0))
      return { digest: digest.id, outcome: 'sent', reason: null };
    return { digest: digest.id, outcome: fate, reason: fate === 'sent' ? null : reason };
  }
}
