import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import {
  type Difference as NumberDifference,
  differenceOf as numberDifference,
} from '../../domain/lifecycle/difference.ts';
import { atMost } from '../../platform/at-most.ts';
import type { RecordedInspection, RecoveryRegister } from '../../register/recovery.ts';
import type { EngineClocks, PulseAnswer } from '../engine/clocks.ts';

/** How an inspection in the engine compares with the same in the register; findings.ts says each in a sentence. */
export type Difference = NumberDifference | 'engine-unknown' | 'stuck' | 'no-answer';

export interface Comparison {
  inspection: InspectionRef;
  difference: Difference;
  /** The number of the newest entry of its lifecycle in the register; 0 where it has none. */
  register: number;
  /** The number to which its lifecycle has counted, and up to which it takes its entries to be in the register; null where it can't be asked. */
  engine: { seq: number; recorded: number } | null;
  /** The engine's own word for how the lifecycle stands: `running`, `terminated` …; null where it knows nothing of it. */
  standing: string | null;
  /** When it does something next, UTC, by the engine's clock; null where it was not asked, or never. */
  nextWake: string | null;
  /** What a lifecycle that waits for an operator says of the difference. */
  diverged: string | null;
}

/** What is compared. */
export interface TwoStores {
  engine: EngineClocks;
  register: { recovery: Pick<RecoveryRegister, 'recorded' | 'open'> };
}

/**
 * Compares one inspection in the engine with the same in the register. The register is asked before and after: what is on
 * its way between them, or changes just then, is no difference.
 */
export async function compareInspection(
  { engine, register }: TwoStores,
  inspection: InspectionRef,
): Promise<Comparison> {
  const before = await register.recovery.recorded(inspection);
  const answer = await engine.pulse(inspection);
  const after = await register.recovery.recorded(inspection);
  const pulse = answer.how === 'answered' ? answer.pulse : null;
  return {
    inspection,
    difference: differenceOf(answer, before, after),
    register: after?.seq ?? 0,
    engine: pulse === null ? null : { seq: pulse.seq, recorded: pulse.recorded },
    standing: answer.how === 'unknown' ? null : answer.standing,
    nextWake: pulse?.nextWake ?? null,
    diverged: pulse?.diverged ?? null,
  };
}

type Recorded = RecordedInspection | null;

/** Ended without a word of its own: whether it can still be asked or not, no clock of it runs. */
const ENDED_BY_FORCE: readonly string[] = ['terminated', 'failed', 'timed out'];

const without = (recorded: Recorded): Difference => (recorded?.status === 'open' ? 'engine-unknown' : 'same');

function differenceOf(answer: PulseAnswer, before: Recorded, after: Recorded): Difference {
  if (answer.how === 'unknown') return without(after);
  if (answer.how !== 'answered') return ENDED_BY_FORCE.includes(answer.standing) ? without(after) : answer.how;
  const { pulse, standing } = answer;
  if (after === null || after.seq < pulse.recorded) return numberDifference(pulse, before, after);
  const runs = standing === 'running';
  // It has ended on record: what runs has not heard of that.
  if (after.status !== 'open') return runs && (before?.seq ?? 0) > pulse.seq ? 'engine-behind' : 'same';
  if (!runs && (before?.seq ?? 0) <= pulse.seq)
    return pulse.seq > after.seq && pulse.status !== 'open' ? 'register-behind' : 'engine-unknown';
  return numberDifference(pulse, before, after);
}

/** Inspections that are compared side by side. */
const AT_ONCE = 8;

/**
 * The inspections that differ, in order, of all that are open in the register or run in the engine: of one authority, or of
 * every one.
 */
export async function divergences(stores: TwoStores, authority?: string): Promise<Comparison[]> {
  const [open, running] = await Promise.all([
    stores.register.recovery.open(authority),
    stores.engine.running(authority),
  ]);
  const all = new Set([...open.map(({ inspection }) => inspection), ...running]);
  const few = atMost(AT_ONCE);
  const compared = await Promise.all(
    [...all].sort(byName).map((inspection) => few(() => compareInspection(stores, inspection))),
  );
  return compared.filter(({ difference }) => difference !== 'same');
}

function byName(a: InspectionRef, b: InspectionRef): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  if (one.authority !== other.authority) return one.authority < other.authority ? -1 : 1;
  return one.reference < other.reference ? -1 : 1;
}
