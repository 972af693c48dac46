import type { Client } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal } from '../../domain/refusal.ts';
import type { AskedUpdate, UpdateAnswer } from './asked-update.ts';
import type { EngineTime } from './engine-clock.ts';
import { fateOf, type Standing, standingOf } from './fate.ts';
import { Line } from './line.ts';
import { answeredIn, type Trouble, troubleIn } from './trouble.ts';

/** Asks for one change, and stays with it until it is certain what has come of it. */
export type Asker = <Result>(asked: AskedUpdate) => Promise<UpdateAnswer<Result>>;

export interface AskerParts {
  client: Client;
  /** How long to wait for a turn, and then for an answer, in milliseconds. */
  patienceMs: number;
  time: EngineTime;
}

/**
 * Updates of one workflow that one process has under way: the server lets 10 be, of all processes, and refuses the rest.
 * A worker takes all that have come at one go, so that more at once would be no faster.
 */
const MAX_UNDER_WAY = 4;
/** Between two tries of what could not be taken. */
const ASK_AGAIN_MS = 500;
const LOOK_AGAIN_MS = 250;
/**
 * How long after the last moment the outcome is looked for, beyond a workflow task's timeout, for which a worker that died
 * over it holds it: ten seconds, and a minute in large inspections. It is for an engine that starts again.
 */
const SETTLED_WITHIN_MS = 20_000;

/** One line for all that one process asks. */
export function updateAsker({ client, patienceMs, time }: AskerParts): Asker {
  const line = new Line(MAX_UNDER_WAY);
  return async (asked) => {
    const leave = await line.turn(asked.workflowId, patienceMs);
    if (leave === undefined) return { kind: 'not-taken', because: 'full' };
    try {
      return await new Asking(client, asked, patienceMs, time).answer();
    } finally {
      leave();
    }
  };
}

/** One change, from its first try to its answer. */
class Asking {
  private readonly client: Client;
  private readonly asked: AskedUpdate;
  private readonly time: EngineTime;
  /** The engine's clock less what we were told of it: known once it has refused something as too late. */
  private skewMs = 0;
  /** By our own count of milliseconds: when no more is tried. */
  private readonly until: number;
  /** Whether the engine may have taken it by one of the tries. */
  private maybeTaken = false;
  private last: { trouble: Trouble; error: unknown } | undefined;
  /** The last moment of its latest try, by the engine's clock; undefined where that skips time. */
  private notAfter: number | undefined;

  constructor(client: Client, asked: AskedUpdate, patienceMs: number, time: EngineTime) {
    this.client = client;
    this.asked = asked;
    this.time = time;
    this.until = performance.now() + patienceMs;
  }

  async answer<Result>(): Promise<UpdateAnswer<Result>> {
    const standing = await this.present();
    if (!('run' in standing)) return standing;
    return (await this.tried<Result>()) ?? this.settled<Result>(standing);
  }

  /** How it stands when it is first asked; that the engine can be reached at all is known then, before anything is sent. */
  private async present(): Promise<Standing | Extract<UpdateAnswer<never>, { kind: 'gone' | 'away' | 'not-taken' }>> {
    try {
      return await this.within(this.leftMs(), () => standingOf(this.client, this.asked.workflowId));
    } catch (error) {
      const trouble = troubleIn(error);
      if (trouble === 'gone') return { kind: 'gone' };
      if (trouble === 'wrong') throw error;
      return trouble === 'full' ? { kind: 'not-taken', because: 'full' } : { kind: 'away', error };
    }
  }

  /** Undefined where its patience was at an end before it had an answer. */
  private async tried<Result>(): Promise<UpdateAnswer<Result> | undefined> {
    for (let wait = 0; ; wait = ASK_AGAIN_MS) {
      if (wait > 0) await sleep(wait);
      const answer = await this.tryOnce<Result>();
      if (answer !== undefined) return answer;
      if (this.leftMs() < ASK_AGAIN_MS) return undefined;
    }
  }

  private async tryOnce<Result>(): Promise<UpdateAnswer<Result> | undefined> {
    const { workflowId, name, updateId, request } = this.asked;
    const handle = this.client.workflow.getHandle(workflowId);
    this.notAfter = this.time === 'skipped' ? undefined : (await this.now()) + this.leftMs();
    const args: [unknown] = [request(this.notAfter === undefined ? undefined : new Date(this.notAfter).toISOString())];
    try {
      const result = await this.within(this.leftMs(), () =>
        handle.executeUpdate<Result, [unknown]>(name, { args, updateId }),
      );
      return { kind: 'done', result };
    } catch (error) {
      const failure = answeredIn(error);
      if (failure === undefined) return this.noted(error);
      if (!isRefusal(failure.type, 'too-late')) return { kind: 'refused', failure };
      await this.learn(failure);
      return undefined;
    }
  }

  /** What a try that failed leaves: undefined where it may be tried again, or looked for. */
  private noted(error: unknown): { kind: 'gone' } | undefined {
    const trouble = troubleIn(error);
    if (trouble === 'wrong' && !this.maybeTaken) throw error;
    if (trouble === 'gone' && !this.maybeTaken) return { kind: 'gone' };
    this.last = { trouble, error };
    if (trouble === 'silent' || trouble === 'away' || trouble === 'unclear') this.maybeTaken = true;
    return undefined;
  }

  /**
   * Refused because it came late: never taken, and asked again while there is patience. Where we thought ourselves in time,
   * an earlier try with the same id had lain in the engine, or its clock is ahead of what we were told; the refusal shows it.
   */
  private async learn(refusal: ApplicationFailure): Promise<void> {
    this.last = { trouble: 'silent', error: refusal };
    const shows = refusal.details?.[0];
    if (typeof shows === 'number' && this.time !== 'skipped') this.skewMs = Math.max(0, shows - (await this.time()));
  }

  private async settled<Result>({ run: since, taskTimeoutMs }: Standing): Promise<UpdateAnswer<Result>> {
    if (this.notAfter === undefined) return this.maybeTaken ? this.unsure() : this.never();
    const until = performance.now() + taskTimeoutMs + SETTLED_WITHIN_MS;
    while (performance.now() < until) {
      const fate = await this.look(since, this.notAfter, until - performance.now());
      if (fate === 'never') return this.never();
      if (typeof fate === 'object') return this.outcomeIn<Result>(fate.run);
      await sleep(LOOK_AGAIN_MS);
    }
    return this.unsure();
  }

  private async look(since: string, notAfter: number, waitMs: number): ReturnType<typeof fateOf> {
    const now = await this.now();
    try {
      return await this.within(waitMs, () => fateOf(this.client, this.asked, { since, notAfter, now }));
    } catch (error) {
      this.last = { trouble: troubleIn(error), error };
      return 'open';
    }
  }

  private async outcomeIn<Result>(workflowRunId: string): Promise<UpdateAnswer<Result>> {
    const handle = this.client.workflow.getHandle(this.asked.workflowId);
    try {
      const update = handle.getUpdateHandle<Result>(this.asked.updateId, { workflowRunId });
      return { kind: 'done', result: await this.within(SETTLED_WITHIN_MS, () => update.result()) };
    } catch (error) {
      const failure = answeredIn(error);
      if (failure !== undefined) return { kind: 'refused', failure };
      this.last = { trouble: troubleIn(error), error };
      return this.unsure();
    }
  }

  /** It has not been carried out, and will not be. */
  private never(): Extract<UpdateAnswer<never>, { kind: 'not-taken' | 'gone' }> {
    const trouble = this.last?.trouble;
    if (trouble === 'gone') return { kind: 'gone' };
    return { kind: 'not-taken', because: trouble === 'full' || trouble === 'stuck' ? trouble : 'silent' };
  }

  private unsure(): Extract<UpdateAnswer<never>, { kind: 'unsure' }> {
    return { kind: 'unsure', error: this.last?.error };
  }

  /** The engine's present instant, milliseconds since 1970. */
  private async now(): Promise<number> {
    return this.time === 'skipped' ? 0 : (await this.time()) + this.skewMs;
  }

  private leftMs(): number {
    return Math.max(0, this.until - performance.now());
  }

  private within<T>(ms: number, work: () => Promise<T>): Promise<T> {
    return this.client.withDeadline(Date.now() + Math.max(ms, 1), work);
  }
}
