import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Activities } from '../activities/activities.ts';
import { apply } from '../domain/commands/apply.ts';
import { findMilestone } from '../domain/commands/find-milestone.ts';
import { movesUnder } from '../domain/commands/moves.ts';
import { stateToKeep } from '../domain/lifecycle/kept-state.ts';
import { mended } from '../domain/lifecycle/mended.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import { record } from '../domain/lifecycle/record.ts';
import { milestoneOf } from '../domain/lifecycle/milestones.ts';
import { pulseOf } from '../domain/lifecycle/pulse.ts';
import { sharedState } from '../domain/lifecycle/shared-state.ts';
import { type LifecycleView, viewedMilestone, viewOf } from '../domain/lifecycle/view.ts';
import { Refusal } from '../domain/refusal.ts';
import { type Command, COMMAND_NAMES, type CommandName } from '../domain/commands/commands.ts';
import type { archiveInspection } from './archive-inspection.ts';
import { Keeper } from './keeper.ts';
import type { LifecycleInput } from './lifecycle-input.ts';
import {
  type CommandRequest,
  type CommandResult,
  commandUpdate,
  mendedUpdate,
  movesQuery,
  pulseQuery,
  stateQuery,
  stateToKeepQuery,
} from './messages.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';

const { permitShiftedClock } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '5 minutes',
});

/**
 * One inspection from its report to its close, over years. It owns every clock of that inspection: messages change the
 * facts, the keeper does the rest.
 */
export async function inspectionLifecycle(input: LifecycleInput): Promise<LifecycleView> {
  const shiftMs = input.clock?.shiftMs ?? 0;
  const now = () => new Date(Date.now() + shiftMs).toISOString();
  const keeper = new Keeper(
    refusalsAsFailures(() => ('state' in input.from ? input.from.state : openLifecycle(input.from.start, now()))),
    shiftMs,
    input.eventsPerRun,
  );

  setHandler(stateQuery, () => sharedState(keeper.state, keeper.now()));
  setHandler(pulseQuery, () => pulseOf(keeper.state, keeper.now(), shiftMs));
  setHandler(stateToKeepQuery, (recorded) => stateToKeep(keeper.state, recorded));
  setHandler(movesQuery, (published) => movesUnder(keeper.state, published, keeper.now()));
  setHandler(mendedUpdate, (given) => keeper.change(mended(keeper.state, given, keeper.now())));
  for (const name of COMMAND_NAMES) {
    setHandler(commandUpdate(name), (request) => carryOut(keeper, name, request), {
      // Synchronous by need: what an async validator returns is dropped, so it would never refuse.
      validator: (request: CommandRequest) =>
        void refusalsAsFailures(() => apply(keeper.state, commandOf(name, request), request.actor, keeper.now())),
    });
  }

  // Who cancels a rehearsal before it may begin finds it on record all the same.
  if (shiftMs !== 0) await CancellationScope.nonCancellable(() => permitShiftedClock(shiftMs));
  try {
    if ((await keeper.watch()) === 'continue-as-new') {
      await archive(keeper, shiftMs, `/${workflowInfo().runId}`);
      // Asked meanwhile to stop: the next run would not hear of it.
      if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('cancelled');
      await continueAsNew<typeof inspectionLifecycle>({ ...input, from: { state: keeper.state } });
    }
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      await cancel(keeper);
      await archive(keeper, shiftMs);
    });
    throw error;
  }
  await CancellationScope.nonCancellable(() => archive(keeper, shiftMs));
  return viewOf(keeper.state, keeper.now());
}

/** Plain synchronous code: the state changes at once or not at all, and no handler is ever left half done. */
function carryOut(keeper: Keeper, name: CommandName, request: CommandRequest): CommandResult {
  const command = commandOf(name, request);
  const state = refusalsAsFailures(() => apply(keeper.state, command, request.actor, keeper.now()));
  const about = 'milestone' in command.payload ? findMilestone(keeper.state, command.payload.milestone).id : undefined;
  const milestone = about === undefined ? undefined : milestoneOf(state, about);
  keeper.change(state);
  return {
    status: state.status,
    milestone: milestone === undefined ? null : viewedMilestone(milestone, keeper.now()),
    seq: state.seq,
  };
}

function commandOf(name: CommandName, request: CommandRequest): Command {
  return { name, payload: request.payload } as Command;
}

/** A refusal is a person's business: it fails the update (or the start) with its code and its sentence, never retried. */
function refusalsAsFailures<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal)
      throw ApplicationFailure.create({ message: error.message, type: `Refusal:${error.code}`, nonRetryable: true });
    throw ApplicationFailure.create({
      message: error instanceof Error ? error.message : String(error),
      type: error instanceof Error ? error.name : 'Error',
      nonRetryable: true,
    });
  }
}

/** Cancelled by an operator: recorded, nobody is mailed again. */
async function cancel(keeper: Keeper): Promise<void> {
  keeper.change(
    record({ ...keeper.state, status: 'cancelled' }, keeper.now(), [
      { kind: 'inspection-cancelled', text: 'Cancelled by the operator of the engine.' },
    ]),
  );
  keeper.updateSearchAttributes();
  await keeper.deliverRest();
}

/**
 * The last act of each run: another workflow is to bring its history into the register once it has ended. After a
 * continue-as-new as well, because the engine forgets each run 30 days after its own end, however long the others go on.
 */
async function archive({ state: { facts } }: Keeper, shiftMs: number, part = ''): Promise<void> {
  const authority = facts.authority.id;
  const { reference } = facts.inspection;
  try {
    await startChild<typeof archiveInspection>('archiveInspection', {
      workflowId: `archive/${inspectionRef(authority, reference)}${part}`,
      parentClosePolicy: 'ABANDON',
      cancellationType: 'ABANDON',
      args: [{ authority, reference, run: workflowInfo().runId, ...(shiftMs === 0 ? {} : { shiftMs }) }],
    });
  } catch (error) {
    // Under way already, as an operator has asked for it.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
