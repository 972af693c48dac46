import { inspectionRef } from '../../domain/inspection-ref.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Register } from '../../register/register.ts';
import type { Engine } from '../engine.ts';

interface Services {
  engine: Pick<Engine, 'command'>;
  register: Pick<Register, 'board' | 'reached'>;
}

const REASON = 'it was the demonstration, which has been removed.';
const RECORDED_WITHIN_MS = 20_000;
/** More inspections than anybody starts in an invented council. */
const MANY = 1000;

/**
 * Removes the demonstration: each of its open inspections is withdrawn, and so is off every list; nobody is written to. What was removed
 * in part before is removed whole. Says how many there were.
 */
export async function removeDemonstration(
  { engine, register }: Services,
  authority: Authority,
  actor: Actor,
  now: string,
): Promise<number> {
  const { rows } = await register.board.inspections(now, { authorities: [authority.id] }, { offset: 0, limit: MANY });
  const open = rows.filter(({ status }) => status === 'open');
  for (const { reference } of open) {
    const { seq } = await engine.command(inspectionRef(authority.id, reference), 'withdraw', { reason: REASON }, actor);
    await register.reached(authority.id, reference, seq, RECORDED_WITHIN_MS);
  }
  return open.length;
}
