import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import type { ZodType } from 'zod';
import { withOtherYears } from '../../domain/calendar/authority-calendar.ts';
import { keepCalendar, type KeptCalendar } from '../../domain/calendar/kept-calendar.ts';
import { loadBankHolidays } from '../files/bank-holidays.ts';
import type { PublishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command, CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import type { Move } from '../../domain/commands/moves.ts';
import type { Pulse } from '../../domain/lifecycle/pulse.ts';
import type { StatePiece } from '../../domain/lifecycle/shared-state.ts';
import type { LifecycleStart, LifecycleState } from '../../domain/lifecycle/state.ts';
import { INSPECTION_STATUSES, type InspectionStatus } from '../../domain/lifecycle/inspection-status.ts';
import { type LifecycleView, viewOf } from '../../domain/lifecycle/view.ts';
import { Refusal, refusalCodeIn, refusedFieldIn } from '../../domain/refusal.ts';
import { actor as actorSchema, commands } from '../../domain/schemas/commands.ts';
import type { inspectionLifecycle } from '../../workflows/inspection-lifecycle.ts';
import type { LifecycleEnd, LifecycleInput } from '../../workflows/lifecycle-input.ts';
import type { CommandRequest, CommandResult } from '../../workflows/messages.ts';
import { taskTimeoutOf } from '../../workflows/task-timeout.ts';
import { initialSearchAttributes } from '../../workflows/search-attributes.ts';
import type { UpdateAnswer } from '../../platform/updates/asked-update.ts';
import { updateAsker } from '../../platform/updates/asker.ts';
import { withFramework } from './with-framework.ts';
import { withoutWebhooks } from '../../domain/webhooks/without-webhooks.ts';
import { alreadyStarted, EngineProblem, engineTrouble, notTaken, unreachable } from '../engine-problem.ts';
import { parseRequest } from '../bad-request.ts';
import { type EngineClient, workflowId } from './engine-client.ts';
import type { EngineSchedules } from './schedules.ts';
import { stateReader } from './state-reader.ts';

/** Running lifecycles: their start, what is asked of them and what they answer. */
export interface EngineLifecycles {
  /**
   * Starts an inspection's lifecycle; returns its whole name.
   *
   * @throws EngineProblem 'already-started' where this authority has, or had, an inspection of this reference
   */
  start(start: LifecycleStart, extra?: Pick<LifecycleInput, 'clock' | 'eventsPerRun'>): Promise<InspectionRef>;
  /**
   * Starts an inspection's clock from a state that was kept. Whatever runs under its name is ended at once, without a word of
   * its own.
   */
  restart(state: LifecycleState, extra?: Pick<LifecycleInput, 'clock' | 'eventsPerRun'>): Promise<void>;
  /**
   * Carries out one command and returns the new state. Where it throws, nothing was changed and nothing will be, but for
   * 'unsure'. Commands to one inspection wait in line, a few being under way at a time.
   *
   * @param options.updateId what is asked twice under one id is carried out once
   * @throws Refusal where the lifecycle refuses it; EngineProblem 'not-taken', 'busy' or 'stuck' where it did not get to it
   *   in time, 'unreachable' where it could not be asked, 'unsure' where the engine was lost while it was under way
   */
  command<N extends CommandName>(
    inspection: InspectionRef,
    name: N,
    payload: CommandPayload<N>,
    actor: Actor,
    options?: { updateId?: string },
  ): Promise<CommandResult>;
  /**
   * The state of one inspection.
   *
   * @param waitMs how long, in milliseconds; by default as long as for any answer
   * @throws EngineProblem 'unknown-reference'
   */
  view(inspection: InspectionRef, waitMs?: number): Promise<LifecycleView>;
  /**
   * The number of an inspection's newest entry: that alone is asked, as to work out the whole state of a large one takes a
   * fifth of a second.
   *
   * @param waitMs as of `view`
   * @throws EngineProblem 'unknown-reference'
   */
  newest(inspection: InspectionRef, waitMs?: number): Promise<number>;
  /**
   * What one inspection keeps, and what it looks like: worked out here, by the functions that the lifecycle itself uses.
   *
   * @throws EngineProblem 'unknown-reference'
   */
  inspect(inspection: InspectionRef, waitMs?: number): Promise<{ state: LifecycleState; view: LifecycleView }>;
  /**
   * What an inspection rests on: its facts as they now stand, and the calendar that it counts by.
   *
   * @throws EngineProblem 'unknown-reference'
   */
  facts(inspection: InspectionRef): Promise<Pick<LifecycleStart, 'facts' | 'calendar'>>;
  /** Which open milestones of an inspection would move under other bank holidays; nothing is changed. */
  moves(inspection: InspectionRef, published: PublishedHolidays): Promise<Move[]>;
  /** Waits until a lifecycle has ended. */
  result(inspection: InspectionRef): Promise<LifecycleEnd>;
  /** Cancels a lifecycle from outside: it records that and mails nobody again. For operators, not for council officers. */
  cancel(inspection: InspectionRef): Promise<void>;
  /**
   * How a lifecycle stands with the engine: running, how it ended, or null where the engine knows nothing of it (any more).
   *
   * @returns the engine's own word in small letters, for example `completed`, `terminated`
   */
  standing(inspection: InspectionRef): Promise<string | null>;
}

/** A summary counts for all of an authority's inspections: by all years that are known, not those of the first one alone. */
function wholeYears(start: Pick<LifecycleStart, 'facts' | 'calendar'>): KeptCalendar {
  const { authority } = start.facts;
  return keepCalendar(withOtherYears(calendarDataOf(start), loadBankHolidays(authority.division), authority));
}

export function engineLifecycles(
  { client, taskQueue, address, patienceMs, time, patiently }: EngineClient,
  schedules: Pick<EngineSchedules, 'keepMorningSummary'>,
): EngineLifecycles {
  const { workflow } = client;
  const asker = updateAsker({ client, patienceMs, time });
  /** Authorities whose morning summary is known to be kept. */
  const summaries = new Set<string>();

  const ask = <T>(inspection: InspectionRef, query: string, args: unknown[] = [], waitMs?: number): Promise<T> =>
    patiently(
      'read',
      async () => {
        try {
          return await workflow.getHandle(workflowId(inspection)).query<T, unknown[]>(query, ...args);
        } catch (error) {
          throw error instanceof WorkflowNotFoundError ? unknown(inspection) : error;
        }
      },
      waitMs,
    );

  const readState = stateReader((inspection, request, waitMs) =>
    ask<StatePiece>(inspection, 'state', [request], waitMs),
  );

  const inspect = async (
    inspection: InspectionRef,
    waitMs?: number,
  ): Promise<{ state: LifecycleState; view: LifecycleView }> => {
    const { state, now } = await readState(inspection, waitMs);
    return { state, view: viewOf(state, now) };
  };

  /** The engine's word for how a lifecycle stands; null where it knows nothing of it. */
  const statusOf = async (inspection: InspectionRef): Promise<string | null> => {
    try {
      const { status } = await workflow.getHandle(workflowId(inspection)).describe();
      return status.name.toLowerCase().replaceAll('_', ' ');
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  };

  const result = (inspection: InspectionRef): Promise<LifecycleEnd> =>
    workflow.getHandle<typeof inspectionLifecycle>(workflowId(inspection)).result();

  const begin = async (start: Pick<LifecycleStart, 'facts' | 'calendar'>, input: LifecycleInput, how: Beginning) => {
    const { authority } = start.facts;
    // A story in another time has no mornings of ours.
    if (input.clock === undefined && !summaries.has(authority.id)) {
      await schedules.keepMorningSummary({ authority, calendar: wholeYears(start) }, 'as it is');
      summaries.add(authority.id);
    }
    await patiently('change', () =>
      workflow.start<typeof inspectionLifecycle>('inspectionLifecycle', {
        taskQueue,
        workflowId: workflowId(refOf(start)),
        ...POLICIES[how],
        args: [input],
        ...taskTimeoutOf(start.facts),
        typedSearchAttributes: new TypedSearchAttributes(initialSearchAttributes(authority.id, authority.division)),
      }),
    );
  };

  /** How an inspection ended whose lifecycle is over, by its own last word; undefined where it came to none. */
  const endOf = async (inspection: InspectionRef, standing: string): Promise<InspectionStatus | undefined> => {
    if (standing === 'cancelled') return 'cancelled';
    if (standing !== 'completed') return undefined;
    const end = await patiently('read', () => result(inspection));
    return end.status;
  };

  /** Why a lifecycle that takes no update takes none. */
  const gone = async (inspection: InspectionRef): Promise<Error> => {
    const standing = await patiently('read', () => statusOf(inspection));
    if (standing === null) return unknown(inspection);
    const status = await endOf(inspection, standing);
    const how = status === undefined ? 'has ended' : `is ${INSPECTION_STATUSES[status].words.toLowerCase()}`;
    return new Refusal('inspection-closed', `${inspection} ${how}; nothing more can be done to it.`);
  };

  /** It was not there before it was asked for, and no answer has come: where it is there now, it has been started. */
  const isStartedAllTheSame = async (inspection: InspectionRef, error: unknown): Promise<boolean> =>
    error instanceof EngineProblem &&
    error.code === 'unsure' &&
    (await patiently('read', () => statusOf(inspection)).catch(() => null)) !== null;

  const answerOf = async (inspection: InspectionRef, answer: UpdateAnswer<CommandResult>): Promise<CommandResult> => {
    switch (answer.kind) {
      case 'done':
        return answer.result;
      case 'refused': {
        const code = refusalCodeIn(answer.failure.type);
        throw code === undefined
          ? answer.failure
          : new Refusal(code, answer.failure.message, refusedFieldIn(answer.failure.details));
      }
      case 'gone':
        throw await gone(inspection);
      case 'not-taken':
        throw notTaken(answer.because);
      case 'away':
        throw Object.assign(unreachable(address), { cause: answer.error });
      case 'unsure':
        throw engineTrouble('unsure', answer.error);
    }
  };

  return {
    async start(given, extra = {}) {
      const { facts } = given;
      const start = { ...given, facts: { ...facts, authority: withoutWebhooks(facts.authority) } };
      const ref = refOf(start);
      if ((await patiently('read', () => statusOf(ref))) !== null) throw alreadyStarted(ref);
      try {
        await begin(start, { from: { start }, ...extra }, 'only where there is none');
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) throw alreadyStarted(ref);
        if (!(await isStartedAllTheSame(ref, error))) throw error;
      }
      return ref;
    },
    restart: (state, extra = {}) => begin(state, { from: { state }, ...extra }, 'in place of any'),

    async command(inspection, name, payload, actor, { updateId = randomUUID() } = {}) {
      const schema: ZodType = commands[name];
      const request: CommandRequest = {
        actor: parseRequest(actorSchema, actor),
        payload: parseRequest(schema, withFramework(name, payload)) as Command['payload'],
      };
      const asked = {
        workflowId: workflowId(inspection),
        name,
        updateId,
        request: (notAfter: string | undefined) => ({ ...request, ...(notAfter === undefined ? {} : { notAfter }) }),
      };
      return answerOf(inspection, await asker<CommandResult>(asked));
    },

    newest: async (inspection, waitMs) => (await ask<Pulse>(inspection, 'pulse', [], waitMs)).seq,
    view: async (inspection, waitMs) => (await inspect(inspection, waitMs)).view,
    inspect,
    async facts(inspection) {
      const { facts, calendar } = (await readState(inspection)).state;
      return { facts, calendar };
    },
    moves: (inspection, published) => ask<Move[]>(inspection, 'moves', [published]),
    result,
    async cancel(inspection) {
      await patiently('change', () => workflow.getHandle(workflowId(inspection)).cancel());
    },
    standing: (inspection) => patiently('read', () => statusOf(inspection)),
  };
}

type Beginning = 'only where there is none' | 'in place of any';

/** One name, one lifecycle: a second is refused, or takes the place of the first in the same moment. */
const POLICIES = {
  'only where there is none': { workflowIdReusePolicy: 'REJECT_DUPLICATE', workflowIdConflictPolicy: 'FAIL' },
  'in place of any': { workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'TERMINATE_EXISTING' },
} as const satisfies Record<Beginning, object>;

const refOf = ({ facts: { authority, inspection } }: Pick<LifecycleStart, 'facts'>): InspectionRef =>
  inspectionRef(authority.id, inspection.reference);

function unknown(inspection: InspectionRef): EngineProblem {
  return new EngineProblem(
    'unknown-reference',
    `There is no inspection "${inspection}" in the engine. A reference is <authority>/<reference>, for example middlesbrough/2016; see them all with: duecourse list. Where it is listed there as open, its clock is lost, and an operator brings it back with: duecourse recover ${inspection}`,
  );
}
