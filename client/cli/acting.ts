import { type CommandName, type CommandPayload, definitionOf } from '../../domain/commands/commands.ts';
import type { CommandResult } from '../../workflows/messages.ts';
import { mustNameWhatIsThere } from '../what-is-named.ts';
import { withServices } from './services.ts';
import { Refusal } from '../../domain/refusal.ts';
import { typedName } from './flags.ts';
import { UsageError } from './usage-error.ts';
import { print, type PrintOptions, progress } from './terminal.ts';
import type { Register } from '../../register/register.ts';
import { type InspectionRef, parseInspectionRef, partsOf } from '../../domain/inspection-ref.ts';

/** Who acts: a role of the authority, and an id for the record. */
export interface ActingOptions extends PrintOptions {
  as?: string;
  by: string;
}

/** How long a change is waited for in the register, so that the next list shows it, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;

/** The actor of a call, or a usage error where nobody said in which role. */
export function actorOf({ as, by }: Pick<ActingOptions, 'as' | 'by'>): { id: string; role: string } {
  if (as === undefined)
    throw new UsageError(
      'say in which role you act, with --as ROLE or the variable DUECOURSE_AS, for example --as head-of-service',
    );
  return { id: by, role: as };
}

/** Waits a while until a change is on record, so that the next list shows it. */
export async function untilRecorded(
  register: Pick<Register, 'reached'>,
  inspection: InspectionRef,
  seq: number,
): Promise<void> {
  const { authority, reference } = partsOf(inspection);
  if (!(await register.reached(authority, reference, seq, RECORDED_WITHIN_MS)))
    progress('The change holds; the register has not caught up with it yet.');
}

/** Does what a command asks; what is refused for one of its fields names that as it is typed. */
export async function namingOptions<T>(name: CommandName, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error;
    const { fields } = definitionOf(name);
    if (!Object.hasOwn(fields, error.field)) throw error;
    throw new Refusal(error.code, `${typedName(error.field, fields)}: ${error.message}`, error.field);
  }
}

/** Asks the lifecycle for a change and prints what became of it, once it is on record. */
export async function carryOut<N extends CommandName>(
  ref: string,
  name: N,
  payload: CommandPayload<N>,
  options: ActingOptions,
  render: (result: CommandResult) => string,
): Promise<void> {
  const inspection = parseInspectionRef(ref);
  const actor = actorOf(options);
  await withServices(async ({ engine, register }) => {
    const result = await namingOptions(name, async () => {
      await mustNameWhatIsThere(register, inspection, name, payload);
      return engine.command(inspection, name, payload, actor);
    });
    await untilRecorded(register, inspection, result.seq);
    print(result, options, render);
  });
}
