import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, TypedSearchAttributes } from '@temporalio/common';
import type { ZodType } from 'zod';
import { withOtherYears } from '../../domain/calendar/authority-calendar.ts';
import { keepCalendar, type KeptCalendar } from '../../domain/calendar/kept-calendar.ts';
import { loadBankHolidays } from '../files/rules.ts';
import type { PublishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command, CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import type { Move } from '../../domain/commands/moves.ts';
import { type SharedState, stateOf } from '../../domain/lifecycle/shared-state.ts';
import type { LifecycleStart, LifecycleState } from '../../domain/lifecycle/state.ts';
import { type LifecycleView, viewOf } from '../../domain/lifecycle/view.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import { actor as actorSchema, commands } from '../../domain/schemas/commands.ts';
import type { inspectionLifecycle } from '../../workflows/inspection-lifecycle.ts';
import type { LifecycleInput } from '../../workflows/lifecycle-input.ts';
import type { CommandRequest, CommandResult } from '../../workflows/messages.ts';
import { initialSearchAttributes } from '../../workflows/search-attributes.ts';
import { alreadyStarted, EngineProblem } from '../engine-problem.ts';
import { parseRequest } from '../bad-request.ts';
import { type EngineClient, workflowId } from './engine-client.ts';
import type { EngineSchedules } from './schedules.ts';

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
   * Carries out one command and returns the new state.
   *
   * @param options.updateId what is asked twice under one id is carried out once
   * @throws Refusal where the lifecycle refuses it; EngineProblem where it can't be asked
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
   * @throws EngineProblem 'unknown-reference'
   */
  view(inspection: InspectionRef): Promise<LifecycleView>;
  /**
   * What one inspection keeps, and what it looks like: worked out here, by the functions that the lifecycle itself uses.
   *
   * @throws EngineProblem 'unknown-reference'
   */
  inspect(inspection: InspectionRef): Promise<{ state: LifecycleState; view: LifecycleView }>;
  /**
   * What an inspection rests on: its facts as they now stand, and the calendar that it counts by.
   *
   * @throws EngineProblem 'unknown-reference'
   */
  facts(inspection: InspectionRef): Promise<Pick<LifecycleStart, 'facts' | 'calendar'>>;
  /** Which open milestones of an inspection would move under other bank holidays; nothing is changed. */
  moves(inspection: InspectionRef, published: PublishedHolidays): Promise<Move[]>;
  /** Waits until a lifecycle has ended; what it looked like then. */
  result(inspection: InspectionRef): Promise<LifecycleView>;
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
  { client, taskQueue, patiently }: EngineClient,
  schedules: Pick<EngineSchedules, 'keepMorningSummary'>,
): EngineLifecycles {
  const { workflow } = client;
  /** Authorities whose morning summary is known to be kept. */
  const summaries = new Set<string>();

  const ask = <T>(inspection: InspectionRef, query: string): Promise<T> =>
    patiently(async () => {
      try {
        return await workflow.getHandle(workflowId(inspection)).query<T>(query);
      } catch (error) {
        throw error instanceof WorkflowNotFoundError ? unknown(inspection) : error;
      }
    });

  const inspect = async (inspection: InspectionRef): Promise<{ state: LifecycleState; view: LifecycleView }> => {
    const shared = await ask<SharedState>(inspection, 'state');
    const state = stateOf(shared);
    return { state, view: viewOf(state, shared.now) };
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

  const begin = async (start: Pick<LifecycleStart, 'facts' | 'calendar'>, input: LifecycleInput, how: Beginning) => {
    const { authority } = start.facts;
    // A story in another time has no mornings of ours.
    if (input.clock === undefined && !summaries.has(authority.id)) {
      await schedules.keepMorningSummary({ authority, calendar: wholeYears(start) }, 'as it is');
      summaries.add(authority.id);
    }
    await patiently(() =>
      workflow.start<typeof inspectionLifecycle>('inspectionLifecycle', {
        taskQueue,
        workflowId: workflowId(refOf(start)),
        ...POLICIES[how],
        args: [input],
        typedSearchAttributes: new TypedSearchAttributes(initialSearchAttributes(authority.id, authority.division)),
      }),
    );
  };

  /** Why a lifecycle that takes no update takes none. */
  const gone = async (inspection: InspectionRef): Promise<Error> => {
    const status = await statusOf(inspection);
    if (status === null) return unknown(inspection);
    return new Refusal('inspection-closed', `${inspection} has ended (${status}); nothing more can be done to it.`);
  };

  return {
    async start(start, extra = {}) {
      const ref = refOf(start);
      try {
        await begin(start, { from: { start }, ...extra }, 'only where there is none');
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) throw alreadyStarted(ref);
        throw error;
      }
      return ref;
    },
    restart: (state, extra = {}) => begin(state, { from: { state }, ...extra }, 'in place of any'),

    async command(inspection, name, payload, actor, { updateId } = {}) {
      const schema: ZodType = commands[name];
      const request: CommandRequest = {
        actor: parseRequest(actorSchema, actor),
        payload: parseRequest(schema, payload) as Command['payload'],
      };
      return patiently(async () => {
        try {
          return await workflow.getHandle(workflowId(inspection)).executeUpdate<CommandResult, [CommandRequest]>(name, {
            args: [request],
            ...(updateId === undefined ? {} : { updateId }),
          });
        } catch (error) {
          throw refusalIn(error) ?? (error instanceof WorkflowNotFoundError ? await gone(inspection) : error);
        }
      });
    },

    view: async (inspection) => (await inspect(inspection)).view,
    inspect,
    async facts(inspection) {
      const { facts, calendar } = (await inspect(inspection)).state;
      return { facts, calendar };
    },
    moves: (inspection, published) =>
      patiently(() =>
        workflow.getHandle(workflowId(inspection)).query<Move[], [PublishedHolidays]>('moves', published),
      ),
    result: (inspection) => workflow.getHandle<typeof inspectionLifecycle>(workflowId(inspection)).result(),
    async cancel(inspection) {
      await patiently(() => workflow.getHandle(workflowId(inspection)).cancel());
    },
    standing: (inspection) => patiently(() => statusOf(inspection)),
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
    `There is no inspection "${inspection}". A reference is <authority>/<reference>, for example middlesbrough/2016; see them all with: duecourse list`,
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
