import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleSpec,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, TypedSearchAttributes } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ZodType } from 'zod';
import type { Archived } from '../activities/archive/archive-history.ts';
import type { MorningSummaryInput } from '../activities/activities.ts';
import { authorityCalendar, withOtherYears } from '../domain/calendar/authority-calendar.ts';
import type { CalendarData } from '../domain/calendar/calendar-data.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Move } from '../domain/lifecycle/change-calendar.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import type { LifecycleView } from '../domain/lifecycle/view.ts';
import { Refusal, type RefusalCode } from '../domain/refusal.ts';
import {
  type Actor,
  actor as actorSchema,
  type CommandName,
  type CommandPayload,
  commands,
} from '../domain/schemas/commands.ts';
import type { archiveInspection } from '../workflows/archive-inspection.ts';
import type { inspectionLifecycle } from '../workflows/inspection-lifecycle.ts';
import type { replanAll, ReplanAllInput, ReplanProgress } from '../workflows/replan-all.ts';
import type { LifecycleInput } from '../workflows/lifecycle-input.ts';
import type { CommandRequest, CommandResult } from '../workflows/messages.ts';
import { initialSearchAttributes } from '../workflows/search-attributes.ts';
import { alreadyStarted, EngineProblem, isStuck, problemIn } from './engine-problem.ts';
import { parseRequest } from './bad-request.ts';
import { loadBankHolidays } from './files/rules.ts';

export interface EngineOptions {
  taskQueue: string;
  /** The address shown to people when it can't be reached. */
  address: string;
  /** How long to wait for a worker to answer, in milliseconds. */
  patienceMs?: number;
}

const PATIENCE_MS = 15_000;
/** Between two tries of what could not be taken. */
const ASK_AGAIN_MS = 1000;
const PING_MS = 2000;

/** When the morning summary goes out where the authority's file does not say. */
const MORNING_SUMMARY_TIME = '08:30';
const ZONE = 'Europe/London';
const PROGRESS_MS = 1000;
const NO_PROGRESS: ReplanProgress = { after: '', done: 0, failed: [] };

/** The id of an inspection's workflow. */
export const workflowId = (reference: string): string => `inspection/${reference}`;

/** A summary counts for all of an authority's inspections: by all years that are known, not those of the first one alone. */
function wholeYears({ calendar, facts: { authority } }: LifecycleStart): CalendarData {
  return withOtherYears(calendar, loadBankHolidays(authority.division), authority);
}

/**
 * The one typed way in to running lifecycles. A reference is `<authority>/<reference>`, for example `middlesbrough/2016`.
 * Everything that goes in is checked here, and again by the lifecycle itself.
 */
export class Engine {
  private readonly client: Client;
  private readonly options: EngineOptions;
  /** Authorities whose morning summary is known to be kept. */
  private readonly summaries = new Set<string>();

  constructor(client: Client, options: EngineOptions) {
    this.client = client;
    this.options = options;
  }

  /**
   * Starts an inspection's lifecycle; returns its reference.
   *
   * @throws EngineProblem 'already-started' where this authority has, or had, an inspection of this reference
   */
  async start(start: LifecycleStart, extra: Pick<LifecycleInput, 'clock' | 'eventsPerRun'> = {}): Promise<string> {
    const { authority, inspection } = start.facts;
    const reference = `${authority.id}/${inspection.reference}`;
    const input: LifecycleInput = { from: { start }, ...extra };
    // A story in another time has no mornings of ours.
    if (extra.clock === undefined && !this.summaries.has(authority.id)) {
      await this.keepMorningSummary({ authority, calendar: wholeYears(start) }, 'as it is');
      this.summaries.add(authority.id);
    }
    try {
      await this.patiently(() =>
        this.client.workflow.start<typeof inspectionLifecycle>('inspectionLifecycle', {
          taskQueue: this.options.taskQueue,
          workflowId: workflowId(reference),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          args: [input],
          typedSearchAttributes: new TypedSearchAttributes(initialSearchAttributes(authority.id, authority.division)),
        }),
      );
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) throw alreadyStarted(reference);
      throw error;
    }
    return reference;
  }

  /**
   * Sees to it that an authority's administrator gets a summary every working morning: one Temporal Schedule an authority,
   * at its local time whatever the clocks do. Missed while the server was down for more than two hours, it is not made up.
   *
   * @param existing what becomes of a Schedule that is there: left as it is, or brought up to date
   */
  async keepMorningSummary(input: MorningSummaryInput, existing: 'as it is' | 'updated'): Promise<void> {
    const { authority } = input;
    const scheduleId = `morning-summary/${authority.id}`;
    const [hour, minute] = (authority.sending.summary ?? MORNING_SUMMARY_TIME).split(':').map(Number);
    const spec: ScheduleSpec = {
      timezone: ZONE,
      calendars: [{ hour: hour ?? 8, minute: minute ?? 30, dayOfWeek: [{ start: 'MONDAY', end: 'FRIDAY' }] }],
    };
    const action = {
      type: 'startWorkflow' as const,
      workflowType: 'morningSummary',
      workflowId: scheduleId,
      taskQueue: this.options.taskQueue,
      args: [input],
    };
    await this.patiently(async () => {
      try {
        await this.client.schedule.create({
          scheduleId,
          spec,
          action,
          policies: { overlap: 'SKIP', catchupWindow: '2 hours' },
        });
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        if (existing === 'updated')
          await this.client.schedule.getHandle(scheduleId).update((known) => ({ ...known, spec, action }));
      }
    });
  }

  /** Sees to it that the source of bank holidays is looked at every morning; safe to ask for again. */
  async keepCalendarWatch(): Promise<void> {
    await this.patiently(async () => {
      try {
        await this.client.schedule.create({
          scheduleId: 'calendar-watch',
          spec: { timezone: ZONE, calendars: [{ hour: 6, minute: 45 }] },
          action: {
            type: 'startWorkflow',
            workflowType: 'calendarWatch',
            workflowId: 'calendar-watch',
            taskQueue: this.options.taskQueue,
          },
          policies: { overlap: 'SKIP', catchupWindow: '12 hours' },
        });
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      }
    });
  }

  /** Which open milestones of an inspection would move under other bank holidays; nothing is changed. */
  async moves(reference: string, published: PublishedHolidays): Promise<Move[]> {
    return this.patiently(() =>
      this.client.workflow.getHandle(workflowId(reference)).query<Move[], [PublishedHolidays]>('moves', published),
    );
  }

  /**
   * Brings approved bank holidays to every open inspection of an authority. Where that is under way already for the same
   * days, it is waited for; `onProgress` is told now and then.
   *
   * @returns how many took them, and which refused
   */
  async replanAll(
    authority: string,
    published: PublishedHolidays,
    actor: Actor,
    { onProgress, pageSize }: { onProgress?: (progress: ReplanProgress) => void; pageSize?: number } = {},
  ): Promise<ReplanProgress> {
    const input: ReplanAllInput = {
      authority,
      published,
      actor: parseRequest(actorSchema, actor),
      ...(pageSize === undefined ? {} : { pageSize }),
    };
    const handle = await this.patiently(() =>
      this.client.workflow.start<typeof replanAll>('replanAll', {
        taskQueue: this.options.taskQueue,
        workflowId: `replan-all/${authority}/${published.version}`,
        workflowIdConflictPolicy: 'USE_EXISTING',
        args: [input],
      }),
    );
    const result = handle.result();
    for (;;) {
      const pause = new Promise<false>((resolve) => setTimeout(() => resolve(false), PROGRESS_MS));
      if (await Promise.race([result.then(() => true), pause])) return result;
      // A worker that is busy may not answer: the next second it will.
      onProgress?.(await handle.query<ReplanProgress>('progress').catch(() => NO_PROGRESS));
    }
  }

  /** The morning summary counts by these bank holidays from now on, where there is one. */
  async changeSummaryCalendar(authority: string, published: PublishedHolidays): Promise<void> {
    const handle = this.client.schedule.getHandle(`morning-summary/${authority}`);
    try {
      await handle.update((known) => {
        const [input] = known.action.args as [MorningSummaryInput];
        const args = [{ ...input, calendar: authorityCalendar(input.calendar, input.authority, published) }];
        return { ...known, action: { ...known.action, args } };
      });
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }

  /**
   * Carries out one command and returns the new state.
   *
   * @param options.updateId what is asked twice under one id is carried out once
   * @throws Refusal where the lifecycle refuses it; EngineProblem where it can't be asked
   */
  async command<N extends CommandName>(
    reference: string,
    name: N,
    payload: CommandPayload<N>,
    actor: Actor,
    { updateId }: { updateId?: string } = {},
  ): Promise<CommandResult> {
    const request: CommandRequest = {
      actor: parseRequest(actorSchema, actor),
      payload: parseRequest(commands[name] as unknown as ZodType<CommandPayload<N>>, payload),
    };
    return this.patiently(async () => {
      try {
        return await this.client.workflow
          .getHandle(workflowId(reference))
          .executeUpdate<CommandResult, [CommandRequest]>(name, {
            args: [request],
            ...(updateId === undefined ? {} : { updateId }),
          });
      } catch (error) {
        throw refusalIn(error) ?? (error instanceof WorkflowNotFoundError ? await this.gone(reference) : error);
      }
    });
  }

  /**
   * The state of one inspection.
   *
   * @throws EngineProblem 'unknown-reference'
   */
  async view(reference: string): Promise<LifecycleView> {
    return this.ask(reference, 'lifecycle');
  }

  /**
   * What an inspection rests on: its facts as they now stand, and the calendar that it counts by.
   *
   * @throws EngineProblem 'unknown-reference'
   */
  async facts(reference: string): Promise<Pick<LifecycleStart, 'facts' | 'calendar'>> {
    return this.ask(reference, 'facts');
  }

  /** Does the engine answer, within two seconds? Never fails. */
  async answers(): Promise<boolean> {
    try {
      await this.client.withDeadline(Date.now() + PING_MS, () => this.client.workflowService.getSystemInfo({}));
      return true;
    } catch {
      return false;
    }
  }

  /** Waits until a lifecycle has ended; what it looked like then. */
  async result(reference: string): Promise<LifecycleView> {
    return this.client.workflow.getHandle<typeof inspectionLifecycle>(workflowId(reference)).result();
  }

  /** Cancels a lifecycle from outside: it records that and mails nobody again. For operators, not for council officers. */
  async cancel(reference: string): Promise<void> {
    await this.patiently(() => this.client.workflow.getHandle(workflowId(reference)).cancel());
  }

  /**
   * How a lifecycle stands with the engine: running, how it ended, or null where the engine knows nothing of it (any more).
   *
   * @returns the engine's own word in small letters, for example `completed`, `terminated`
   */
  async standing(reference: string): Promise<string | null> {
    return this.patiently(async () => {
      try {
        const { status } = await this.client.workflow.getHandle(workflowId(reference)).describe();
        return status.name.toLowerCase().replaceAll('_', ' ');
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    });
  }

  /**
   * Has the history of an ended lifecycle brought into the register; waits for it a while.
   *
   * @throws EngineProblem 'no-worker' where it is not there in time: it goes on being tried
   */
  async archive(reference: string, waitMs = this.options.patienceMs ?? PATIENCE_MS): Promise<Archived> {
    const [authority = '', inspection = ''] = reference.split('/');
    const handle = await this.patiently(() =>
      this.client.workflow.start<typeof archiveInspection>('archiveInspection', {
        taskQueue: this.options.taskQueue,
        workflowId: `archive/${reference}`,
        workflowIdConflictPolicy: 'USE_EXISTING',
        args: [{ authority, reference: inspection }],
      }),
    );
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), waitMs).unref());
    const outcome = await Promise.race([handle.result(), late]);
    if (outcome !== 'late') return outcome;
    throw new EngineProblem(
      'no-worker',
      `The history of ${reference} is not in the register yet; it goes on being tried. Is a worker running, and has it DUECOURSE_SIGNING_KEY? Its log says what it waits for.`,
    );
  }

  private async ask<T>(reference: string, query: string): Promise<T> {
    return this.patiently(async () => {
      try {
        return await this.client.workflow.getHandle(workflowId(reference)).query<T>(query);
      } catch (error) {
        throw error instanceof WorkflowNotFoundError ? unknown(reference) : error;
      }
    });
  }

  private async gone(reference: string): Promise<Error> {
    try {
      const { status } = await this.client.workflow.getHandle(workflowId(reference)).describe();
      return new Refusal(
        'inspection-closed',
        `${reference} has ended (${status.name.toLowerCase().replaceAll('_', ' ')}); nothing more can be done to it.`,
      );
    } catch (error) {
      return error instanceof WorkflowNotFoundError ? unknown(reference) : (error as Error);
    }
  }

  /** Waits a while for an answer, then says who did not answer. */
  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + (this.options.patienceMs ?? PATIENCE_MS);
    for (;;) {
      try {
        return await this.client.withDeadline(deadline, work);
      } catch (error) {
        // It was not taken, so it can be asked again.
        if (!isStuck(error) || Date.now() + ASK_AGAIN_MS > deadline)
          throw problemIn(error, this.options.address) ?? error;
      }
      await sleep(ASK_AGAIN_MS);
    }
  }
}

function unknown(reference: string): EngineProblem {
  return new EngineProblem(
    'unknown-reference',
    `There is no inspection "${reference}". A reference is <authority>/<reference>, for example middlesbrough/2016; see them all with: duecourse list`,
  );
}

/** The lifecycle's own refusal inside a failed update. */
function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const code =
    cause.type?.startsWith('Refusal:') === true ? (cause.type.slice('Refusal:'.length) as RefusalCode) : undefined;
  return code === undefined ? undefined : new Refusal(code, cause.message);
}
