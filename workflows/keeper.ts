import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/activities.ts';
import { jsonBytes } from '../domain/json-bytes.ts';
import { delivered } from '../domain/lifecycle/delivered.ts';
import { recordedUpTo } from '../domain/lifecycle/kept-state.ts';
import type { Mailing } from '../domain/lifecycle/mailings.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { summaryOf } from '../domain/lifecycle/view.ts';
import { forgetPlans } from '../domain/lifecycle/milestones.ts';
import { forgetWake, nextWake, wake } from '../domain/lifecycle/wake.ts';
import { searchAttributes } from './search-attributes.ts';

/**
 * No total bound, and that is meant: a record must reach the register however long that is down, and what is stale by
 * then is not mailed but made anew. One attempt ends after ten minutes, or soon after its worker has died.
 */
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Even if the next wake seems to be now, rest a moment: a lifecycle must never spin. */
const MIN_SLEEP_MS = 1000;

/** Bytes of JSON that one delivery takes of entries, and of mails: well below the 2 MB that Temporal lets pass. */
const DELIVERY_LIMIT = 1_500_000;

/** The first of a list that fit into one delivery; always one at least. */
function firstOf<T>(list: readonly T[]): T[] {
  let size = 0;
  const end = list.findIndex((each, index) => (size += jsonBytes(each)) > DELIVERY_LIMIT && index > 0);
  return end < 0 ? [...list] : list.slice(0, end);
}

/**
 * The SDK holds on to what an activity was given, entries and mails, for as long as its scope may still be cancelled, which
 * for the workflow's own is years. So it has one that is over when it is; until then it is cancelled with the workflow.
 */
async function inScopeOfItsOwn<T>(work: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope({ cancellable: CancellationScope.current().cancellable });
  try {
    return await scope.run(work);
  } finally {
    scope.cancel();
  }
}

/** The timer that a keeper sleeps by. */
interface Alarm {
  /** The story's instant at which it rings, UTC. */
  at: string;
  rang: boolean;
  scope: CancellationScope;
}

/**
 * So many events of a run a worker that starts anew can go through within one step's time: each change of them works out the whole
 * plan. Of an ordinary inspection the engine's own suggestion comes first.
 */
const eventsReplayed = (duties: number): number => Math.max(1000, Math.floor(1_000_000 / Math.max(1, duties)));

/** How a keeper's watch ended. */
export type WatchEnd = 'ended' | 'continue-as-new';

/**
 * Keeps one inspection's clocks. It holds the state, works out the next instant at which anything changes, sleeps
 * until then or until a message arrives, sends what is due and records what happened: one timer at a time, one
 * delivery for all that falls on a morning.
 */
export class Keeper {
  state: LifecycleState;
  private changes = 0;
  private shown = '';
  private alarm: Alarm | undefined;
  private readonly shiftMs: number;
  private readonly eventsPerRun: number | undefined;

  constructor(state: LifecycleState, shiftMs: number, eventsPerRun: number | undefined) {
    this.state = state;
    this.shiftMs = shiftMs;
    this.eventsPerRun = eventsPerRun;
  }

  /** The story's present instant, UTC. */
  now(): string {
    return new Date(Date.now() + this.shiftMs).toISOString();
  }

  /** The story's instant when something is asked: since it did anything last, time may have passed that it has not seen. */
  nowAsked(at: string | undefined): string {
    const own = this.now();
    // A story in another time has a clock of its own, which may stand still.
    return at === undefined || this.shiftMs !== 0 || at < own ? own : at;
  }

  /** A message has changed the state: whatever the keeper sleeps for is worked out again. */
  change(state: LifecycleState): void {
    this.state = state;
    this.changes++;
  }

  /** Runs until the inspection has ended and all is recorded, or until this run's history is long enough. */
  async watch(): Promise<WatchEnd> {
    for (;;) {
      if (this.state.diverged !== undefined) {
        this.updateSearchAttributes();
        await condition(() => this.state.diverged === undefined);
      }
      const awake = wake(this.state, this.now());
      this.state = awake.state;
      this.updateSearchAttributes();
      if (this.mustContinueAsNew()) {
        await condition(allHandlersFinished);
        return 'continue-as-new';
      }
      if (this.hasUnrecorded() || awake.mailings.length > 0) {
        await this.deliver(awake.mailings);
        continue;
      }
      if (this.isOver()) {
        await condition(allHandlersFinished);
        if (!this.hasUnrecorded() && this.isOver()) return 'ended';
        continue;
      }
      if (this.shouldContinueAsNew()) {
        await condition(allHandlersFinished);
        if (!this.hasUnrecorded()) return 'continue-as-new';
        continue;
      }
      await this.sleep();
    }
  }

  /**
   * Hands over all that is left, as it ends: no mail. What the register won't take stays, for an operator.
   */
  async deliverRest(): Promise<void> {
    while (this.hasUnrecorded() && this.state.diverged === undefined) await this.deliver([]);
  }

  /**
   * Where people go on and on asking there is no quiet moment, and the engine ends what grows beyond its limits: then the next run
   * takes over what is still on its way to the register, as soon as that is little.
   */
  private mustContinueAsNew(): boolean {
    if (this.state.status !== 'open') return false;
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    const long = this.eventsPerRun !== undefined && historyLength >= 2 * this.eventsPerRun;
    return (continueAsNewSuggested || long) && firstOf(this.state.unrecorded).length === this.state.unrecorded.length;
  }

  /** Hands what is not yet recorded to the register, with the mails that are due; as much at a time as a payload may hold. */
  async deliver(due: Mailing[]): Promise<void> {
    const { authority, inspection } = this.state.facts;
    const entries = firstOf(this.state.unrecorded);
    const { abandoned } = this.state;
    // What was recorded first is told after it: mails wait until all that led to them is in the register.
    const mailings = entries.length < this.state.unrecorded.length ? [] : firstOf(due);
    const { outcomes, diverged } = await inScopeOfItsOwn(() =>
      deliver({
        status: this.state.status,
        authority: { id: authority.id, name: authority.name },
        reference: inspection.reference,
        inspectionTitle: inspection.title,
        after: recordedUpTo(this.state),
        entries,
        digests: mailings.map((mailing) => mailing.digest),
        ...(abandoned === undefined ? {} : { abandoned }),
      }),
    );
    if (diverged !== undefined) {
      // As it is, with all that is on its way: whoever mends it decides what becomes of that.
      this.state = { ...this.state, diverged: { why: diverged, since: this.now() } };
      return;
    }
    const recorded = entries.at(-1)?.seq ?? 0;
    const { abandoned: since, ...rest } = this.state;
    const left = since?.slice(abandoned?.length ?? 0) ?? [];
    const unrecorded = this.state.unrecorded.filter((entry) => entry.seq > recorded);
    const state = { ...rest, ...(left.length === 0 ? {} : { abandoned: left }), unrecorded };
    this.state = delivered(state, mailings, outcomes, this.now());
  }

  /** It has ended, and nobody is to be told so any more. */
  private isOver(): boolean {
    return this.state.status !== 'open' && nextWake(this.state, this.now()) === undefined;
  }

  /** Is there anything that the register does not know yet? */
  hasUnrecorded(): boolean {
    return this.state.unrecorded.length > 0 || this.state.abandoned !== undefined;
  }

  /** Until the next instant at which anything changes, or until a message arrives. */
  private async sleep(): Promise<void> {
    const seen = this.changes;
    const next = nextWake(this.state, this.now());
    const alarm = this.alarmFor(next);
    // For months perhaps: its plans are worked out again when they are needed.
    forgetPlans(this.state);
    forgetWake();
    await condition(() => this.changes !== seen || alarm?.rang === true);
  }

  /** One timer at a time: what a message has left where it was goes on being waited for by the timer that runs. */
  private alarmFor(next: string | undefined): Alarm | undefined {
    if (this.alarm?.at === next && this.alarm?.rang === false) return this.alarm;
    this.alarm?.scope.cancel();
    this.alarm = next === undefined ? undefined : this.startAlarm(next);
    return this.alarm;
  }

  private startAlarm(at: string): Alarm {
    const alarm: Alarm = { at, rang: false, scope: new CancellationScope() };
    const ring = async () => {
      try {
        await alarm.scope.run(() => sleep(this.millisecondsTo(at)));
        alarm.rang = true;
      } catch (error) {
        if (!isCancellation(error)) throw error;
      }
    };
    void ring();
    return alarm;
  }

  private millisecondsTo(instant: string): number {
    return Math.max(MIN_SLEEP_MS, Date.parse(instant) - Date.parse(this.now()));
  }

  private shouldContinueAsNew(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const most = this.eventsPerRun ?? eventsReplayed(Object.keys(this.state.kept).length);
    return historyLength >= most || (this.eventsPerRun === undefined && continueAsNewSuggested);
  }

  /** Brings the search attributes up to date, where they have changed. */
  updateSearchAttributes(): void {
    const { overdue, nextDueAt } = summaryOf(this.state, this.now());
    const { authority } = this.state.facts;
    const pairs = searchAttributes({
      authority: authority.id,
      division: authority.division,
      status: this.state.status,
      overdue,
      nextDueAt,
    });
    const text = JSON.stringify(pairs);
    if (text === this.shown) return;
    this.shown = text;
    upsertSearchAttributes(pairs);
  }
}
