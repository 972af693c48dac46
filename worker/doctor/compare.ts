import { WorkflowNotFoundError } from '@temporalio/client';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import type { Pulse } from '../../domain/lifecycle/pulse.ts';
import type { DoctorRegister } from '../../register/doctor-reads.ts';
import { ANSWER_MS, asked, type DoctorEngine } from './parts.ts';
import { deliveryWords, stuckWords } from './stuck-words.ts';

/** How an inspection in the engine compares with the same in the register. */
export type Alike =
  | 'same'
  | 'not-recording'
  | 'engine-behind'
  | 'register-behind'
  | 'engine-unknown'
  | 'register-unknown'
  | 'stuck'
  | 'no-answer';

export interface Comparison {
  alike: Alike;
  /** The difference in words; '' where there is none. */
  about: string;
  /** When it does something next, UTC; null where that is not known, or never. */
  nextWake: string | null;
}

/**
 * Asks one lifecycle for its numbers, and the register before and after: what is on its way between them, or changes just
 * then, is no difference.
 */
export async function compareInspection(
  inspection: InspectionRef,
  engine: DoctorEngine,
  register: Pick<DoctorRegister, 'recorded'>,
): Promise<Comparison> {
  const before = await register.recorded(inspection);
  let pulse: Pulse;
  try {
    pulse = await asked(engine, () =>
      engine.client.workflow.getHandle(`inspection/${inspection}`).query<Pulse>('pulse'),
    );
  } catch (error) {
    return unanswered(inspection, engine, error);
  }
  const after = await register.recorded(inspection);
  const { nextWake } = pulse;
  if (after === null)
    return pulse.recorded > 0
      ? { alike: 'register-unknown', about: '', nextWake }
      : { alike: 'same', about: '', nextWake };
  if ((before?.seq ?? 0) > pulse.seq)
    return { alike: 'engine-behind', about: numbers(pulse.seq, before?.seq ?? 0), nextWake };
  if (after.seq < pulse.recorded)
    return { alike: 'register-behind', about: numbers(pulse.recorded, after.seq), nextWake };
  // It has seen itself that they differ, and waits for an operator.
  const { diverged } = pulse;
  if (diverged !== undefined) {
    const alike = after.seq > pulse.recorded ? 'engine-behind' : 'register-behind';
    return { alike, about: diverged.replace(/\.$/, ''), nextWake };
  }
  const failing = pulse.recorded < pulse.seq ? await deliveryWords(engine, inspection) : undefined;
  return failing === undefined
    ? { alike: 'same', about: '', nextWake }
    : { alike: 'not-recording', about: failing, nextWake };
}

const numbers = (engine: number, register: number): string =>
  `its last entry is no. ${engine} in the engine and no. ${register} in the register`;

async function unanswered(inspection: InspectionRef, engine: DoctorEngine, error: unknown): Promise<Comparison> {
  if (error instanceof WorkflowNotFoundError)
    return { alike: 'engine-unknown', about: 'knows nothing of it', nextWake: null };
  const stuck = await stuckWords(engine, inspection);
  if (stuck !== undefined) return { alike: 'stuck', about: stuck, nextWake: null };
  return { alike: 'no-answer', about: `${ANSWER_MS / 1000} seconds`, nextWake: null };
}
