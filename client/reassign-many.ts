import type { Actor } from '../domain/commands/actor.ts';
import type { CommandPayload } from '../domain/commands/commands.ts';
import { workPassedOn } from '../domain/commands/reassign-many.ts';
import { roleTitle } from '../domain/authority/roles.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { Engine } from './engine.ts';

export type ReassignRequest = CommandPayload<'reassignMany'>;

/** A duty that changes hands, or stays and why. */
export interface WorkDuty {
  milestone: string;
  title: string;
  due: string;
  why?: string;
}

/** What a role's work in one inspection is, and what becomes of it. */
export interface Work {
  /** The title of the role whose work it is, and of the one that gets it. */
  from: string;
  to: string;
  moved: WorkDuty[];
  /** At which the role is beside the owner. */
  beside: WorkDuty[];
  /** Places of the file on record that name the new owner from then on. */
  named: string[];
  left: WorkDuty[];
}

/**
 * What a role has to do in an inspection, as far as a request goes; nothing is changed.
 *
 * @throws Refusal where it names what is not there; EngineProblem
 */
export async function workIn(
  engine: Pick<Engine, 'inspect'>,
  inspection: InspectionRef,
  request: ReassignRequest,
): Promise<Work> {
  const { state } = await engine.inspect(inspection);
  return workOfState(state, request);
}

/** The same, of an inspection that was read. @throws Refusal */
export function workOfState(state: LifecycleState, request: ReassignRequest): Work {
  const { authority } = state.facts;
  const { moved, shared, places, left } = workPassedOn(state, request);
  return {
    from: roleTitle(authority, request.from),
    to: roleTitle(authority, request.to),
    moved: moved.map(({ id, title, due }) => ({ milestone: id, title, due })),
    beside: shared.map(({ id, title, due }) => ({ milestone: id, title, due })),
    named: places,
    left: left.map(({ milestone: { id, title, due }, why }) => ({ milestone: id, title, due, why })),
  };
}

/**
 * Passes on a role's work in an inspection. Where nothing of it is the role's (any more), nothing is asked: so that many
 * inspections can be gone through a second time.
 *
 * @throws Refusal, EngineProblem
 */
export async function reassignIn(
  engine: Pick<Engine, 'inspect' | 'command'>,
  inspection: InspectionRef,
  request: ReassignRequest,
  actor: Actor,
): Promise<Work> {
  const work = await workIn(engine, inspection, request);
  if (work.moved.length + work.beside.length + work.named.length > 0)
    await engine.command(inspection, 'reassignMany', request, actor);
  return work;
}
