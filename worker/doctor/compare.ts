import { WorkflowNotFoundError } from '@temporalio/client';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { type Difference, differenceOf } from '../../domain/lifecycle/difference.ts';
import type { Pulse } from '../../domain/lifecycle/pulse.ts';
import type { RecordedInspection, RecoveryRegister } from '../../register/recovery.ts';
import { ANSWER_MS, asked, type DoctorEngine } from './parts.ts';
import { deliveryWords, stuckWords } from './stuck-words.ts';

/** How an inspection in the engine compares with the same in the register. */
export type Alike = Difference | 'not-recording' | 'other-council-file' | 'engine-unknown' | 'stuck' | 'no-answer';

export interface Comparison {
  alike: Alike;
  /** The difference in words; '' where there is none. */
  about: string;
  /** When it does something next, UTC; null where that is not known, or never. */
  nextWake: string | null;
}

/** What an inspection is compared with: its record, and its council's file. */
export interface Compared extends Pick<RecoveryRegister, 'recorded'> {
  /** The marks of the councils' files on record, by council. */
  councils: ReadonlyMap<string, string>;
}

/**
 * Asks one lifecycle for its numbers, and the register before and after: what is on its way between them, or changes just
 * then, is no difference.
 *
 * @param ms how long its answer is waited for, in milliseconds
 */
export async function compareInspection(
  inspection: InspectionRef,
  engine: DoctorEngine,
  register: Compared,
  ms: number = ANSWER_MS,
): Promise<Comparison> {
  const before = await register.recorded(inspection);
  let pulse: Pulse;
  try {
    pulse = await asked(
      engine,
      () => engine.client.workflow.getHandle(`inspection/${inspection}`).query<Pulse>('pulse'),
      ms,
    );
  } catch (error) {
    return unanswered(inspection, engine, error, ms);
  }
  const after = await register.recorded(inspection);
  const { nextWake } = pulse;
  const alike = differenceOf(pulse, before, after);
  if (alike !== 'same') return { alike, about: wordsOf(alike, pulse, before, after), nextWake };
  if (after === null) return { alike, about: '', nextWake };
  const failing = pulse.recorded < pulse.seq ? await deliveryWords(engine, inspection) : undefined;
  if (failing !== undefined) return { alike: 'not-recording', about: failing, nextWake };
  const council = register.councils.get(partsOf(inspection).authority);
  return {
    alike: council === undefined || council === pulse.council ? 'same' : 'other-council-file',
    about: '',
    nextWake,
  };
}

/** What they differ in. A lifecycle that waits for an operator says it itself, where the numbers don't. */
function wordsOf(
  alike: Exclude<Difference, 'same'>,
  { seq, recorded, diverged }: Pulse,
  before: RecordedInspection | null,
  after: RecordedInspection | null,
): string {
  if (alike === 'register-unknown' || after === null) return '';
  if (after.seq < recorded) return numbers(recorded, after.seq);
  if ((before?.seq ?? 0) > seq) return numbers(seq, before?.seq ?? 0);
  return (diverged ?? '').replace(/\.$/, '');
}

const numbers = (engine: number, register: number): string =>
  `its last entry is no. ${engine} in the engine and no. ${register} in the register`;

async function unanswered(
  inspection: InspectionRef,
  engine: DoctorEngine,
  error: unknown,
  ms: number,
): Promise<Comparison> {
  if (error instanceof WorkflowNotFoundError)
    return { alike: 'engine-unknown', about: 'knows nothing of it', nextWake: null };
  const stuck = await stuckWords(engine, inspection);
  if (stuck !== undefined) return { alike: 'stuck', about: stuck, nextWake: null };
  return { alike: 'no-answer', about: `${ms / 1000} seconds`, nextWake: null };
}
