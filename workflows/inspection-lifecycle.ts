import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  currentUpdateInfo,
  isCancellation,
  makeContinueAsNewFunc,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Activities } from '../activities/activities.ts';
import { apply } from '../domain/commands/apply.ts';
import { remarksOn } from '../domain/commands/days-off.ts';
import { milestoneId } from '../domain/commands/find-milestone.ts';
import { movesUnder } from '../domain/commands/moves.ts';
import { keptPiece } from '../domain/lifecycle/kept-state.ts';
import { mended } from '../domain/lifecycle/mended.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import { record } from '../domain/lifecycle/record.ts';
import { milestoneOf } from '../domain/lifecycle/milestones.ts';
import { pulseOf } from '../domain/lifecycle/pulse.ts';
import { statePiece } from '../domain/lifecycle/shared-state.ts';
import { calendarOf, type LifecycleState } from '../domain/lifecycle/state.ts';
import { viewedMilestone } from '../domain/lifecycle/view.ts';
import { Refusal, refusalType } from '../domain/refusal.ts';
import { type Command, COMMAND_NAMES, type CommandName } from '../domain/commands/commands.ts';
import type { archiveInspection } from './archive-inspection.ts';
import { type AnsweredUpdate, AnsweredUpdates } from './answered-updates.ts';
import { Keeper } from './keeper.ts';
import type { LifecycleEnd, LifecycleInput } from './lifecycle-input.ts';
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
import { taskTimeoutOf } from './task-timeout.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';

const { permitShiftedClock } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '5 minutes',
});

/**
 * One inspection from its report to its close, over years. It owns every clock of that inspection: messages change the
 * facts, the keeper does the rest.
 */
export async function inspectionLifecycle(input: LifecycleInput): Promise<LifecycleEnd> {
  const shiftMs = input.clock?.shiftMs ?? 0;
  const now = () => new Date(Date.now() + shiftMs).toISOString();
  const keeper = new Keeper(
    refusalsAsFailures(() => ('state' in input.from ? input.from.state : openLifecycle(input.from.start, now()))),
    shiftMs,
    input.eventsPerRun,
  );

  const answered = new AnsweredUpdates(input.answered ?? []);
  const attempt = attempts(keeper);

  setHandler(stateQuery, (request) => statePiece(keeper.state, request, keeper.nowAsked(request.at)));
  setHandler(pulseQuery, () => pulseOf(keeper.state, keeper.now(), shiftMs));
  setHandler(stateToKeepQuery, (request) => keptPiece(keeper.state, request));
  setHandler(movesQuery, (published) => movesUnder(keeper.state, published, keeper.now()));
  setHandler(mendedUpdate, (given) => keeper.change(mended(keeper.state, given, keeper.now())));
  for (const name of COMMAND_NAMES) {
    setHandler(commandUpdate(name), (request) => carryOutOnce(keeper, { answered, attempt }, name, request), {
      // Synchronous by need: what an async validator returns is dropped, so it would never refuse.
      validator: (request: CommandRequest) => {
        if (answered.find(currentUpdateInfo()?.id) !== undefined) return;
        mustBeInTime(request);
        attempt(name, request);
      },
    });
  }

  // Who cancels a rehearsal before it may begin finds it on record all the same.
  if (shiftMs !== 0) await CancellationScope.nonCancellable(() => permitShiftedClock(shiftMs));
  try {
    if ((await keeper.watch()) === 'continue-as-new') {
      await archive(keeper, shiftMs, `/${workflowInfo().runId}`);
      // Asked meanwhile to stop: the next run would not hear of it.
      if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('cancelled');
      const goOn = makeContinueAsNewFunc<typeof inspectionLifecycle>(taskTimeoutOf(keeper.state.facts));
      await goOn({ ...input, from: { state: keeper.state }, answered: answered.handOver(Date.now()) });
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
  return { status: keeper.state.status, seq: keeper.state.seq };
}

/** What a run before has carried out under this id is answered from there. */
function carryOutOnce(
  keeper: Keeper,
  { answered, attempt }: { answered: AnsweredUpdates; attempt: Attempt },
  name: CommandName,
  request: CommandRequest,
): CommandResult {
  const id = currentUpdateInfo()?.id;
  const before = answered.find(id);
  const remarks = (): string[] => remarksOn(name, request.payload, calendarOf(keeper.state));
  if (before !== undefined) return { ...resultOf(keeper, before), remarks: remarks() };
  const done = carryOut(keeper, attempt, name, request);
  if (id !== undefined) answered.add({ id, at: Date.now(), ...done });
  return { ...resultOf(keeper, done), remarks: remarks() };
}

/** Plain synchronous code: the state changes at once or not at all, and no handler is ever left half done. */
function carryOut(
  keeper: Keeper,
  attempt: Attempt,
  name: CommandName,
  request: CommandRequest,
): Pick<AnsweredUpdate, 'seq' | 'milestone'> {
  const command = commandOf(name, request);
  const state = attempt(name, request);
  const milestone = 'milestone' in command.payload ? milestoneId(state, command.payload.milestone) : null;
  keeper.change(state);
  return { seq: state.seq, milestone };
}

function resultOf(keeper: Keeper, { seq, milestone }: Pick<AnsweredUpdate, 'seq' | 'milestone'>): CommandResult {
  const about = milestone === null ? undefined : milestoneOf(keeper.state, milestone);
  return {
    status: keeper.state.status,
    milestone: about === undefined ? null : viewedMilestone(about, keeper.now(), calendarOf(keeper.state)),
    seq,
  };
}

/**
 * A change that lay in the engine until after its last moment, for want of a worker: whoever asked has been told that it
 * was not taken. Our own instant goes with it, for those whose clock differs.
 */
function mustBeInTime({ notAfter }: CommandRequest): void {
  const now = Date.now();
  if (notAfter === undefined || now <= Date.parse(notAfter)) return;
  throw ApplicationFailure.create({
    message: `This came after ${notAfter}, too late to be taken. Nothing was changed; send it again.`,
    type: refusalType('too-late'),
    nonRetryable: true,
    details: [now],
  });
}

/** What a command makes of the present state; nothing is changed. */
type Attempt = (name: CommandName, request: CommandRequest) => LifecycleState;

/** The handler finds what its validator has worked out a moment before. At a replay there is no validator, and the same comes out. */
function attempts(keeper: Keeper): Attempt {
  let last: { of: LifecycleState; asked: string; state: LifecycleState } | undefined;
  return (name, request) => {
    const now = keeper.now();
    const asked = JSON.stringify([name, request, now]);
    const tried = last;
    last = undefined;
    if (tried?.of === keeper.state && tried.asked === asked) return tried.state;
    const state = refusalsAsFailures(() => apply(keeper.state, commandOf(name, request), request.actor, now));
    last = { of: keeper.state, asked, state };
    return state;
  };
}

function commandOf(name: CommandName, request: CommandRequest): Command {
  return { name, payload: request.payload } as Command;
}

/** A refusal is a person's business: it fails the update (or the start) with its code, its sentence and its field, never retried. */
function refusalsAsFailures<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal)
      throw ApplicationFailure.create({
        ...{ message: error.message, type: refusalType(error.code), nonRetryable: true },
        ...(error.field === undefined ? {} : { details: [error.field] }),
      });
    throw ApplicationFailure.create({
      message: error instanceof Error ? error.message : String(error),
      type: error instanceof Error ? error.name : 'Error',
      nonRetryable: true,
    });
  }
}

/** Cancelled by an operator: recorded, nobody is mailed again. One that had ended already stays as it ended. */
async function cancel(keeper: Keeper): Promise<void> {
  if (keeper.state.status === 'open')
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
