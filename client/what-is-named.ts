import type { Command, CommandName, CommandPayload } from '../domain/commands/commands.ts';
import type { Home } from '../domain/closing/homes.ts';
import { type InspectionRef, inspectionRef, partsOf } from '../domain/inspection-ref.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Register } from '../register/register.ts';
import { mustBeShared } from './plan/shared-actions.ts';

/**
 * Other inspections of the council that a command names are there: a lifecycle knows its own alone, so whoever sends it a command
 * looks first, by whichever door it came.
 *
 * @throws Refusal naming what is not there
 */
export async function mustNameWhatIsThere<N extends CommandName>(
  register: Pick<Register, 'milestones' | 'recovery'>,
  ref: InspectionRef,
  name: N,
  payload: CommandPayload<N>,
): Promise<void> {
  const command = { name, payload } as unknown as Command;
  if (command.name === 'revise') await mustBeShared(register, ref, command.payload.edits);
  if (command.name === 'close') await mustHaveHomes(register, ref, command.payload.homes ?? []);
}

/** The same, asked before anything is done: why it would be refused. */
export async function refusalOfNamed<N extends CommandName>(
  ...asked: Parameters<typeof mustNameWhatIsThere<N>>
): Promise<Refusal | undefined> {
  try {
    await mustNameWhatIsThere(...asked);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** What goes on under another inspection would be lost where that is none, or has ended. */
async function mustHaveHomes(
  register: Pick<Register, 'recovery'>,
  ref: InspectionRef,
  homes: readonly Home[],
): Promise<void> {
  const { authority } = partsOf(ref);
  for (const { action, to, said } of homes) {
    if (to !== 'inspection') continue;
    const other = inspectionRef(authority, said);
    const found = await register.recovery.recorded(other);
    if (found?.status === 'open') continue;
    throw new Refusal(
      'wrong-state',
      `"${action}" can't go on under ${other}: ${found === null ? 'there is no such inspection' : `that is ${found.status}`}. Name an open one by its reference; see: duecourse list`,
    );
  }
}
