import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { EncryptionProblem } from '../../platform/encryption/encryption-problem.ts';
import { Diverged } from '../../register/diverged.ts';
import { EngineProblem } from '../engine-problem.ts';
import { compareInspection, type Comparison, divergences } from './compare.ts';
import { type Finding, findingOf, type Remedy } from './findings.ts';
import { makeUpRecord } from './make-up-record.ts';
import { CannotRecover, type RecoveryOptions, type RecoveryServices } from './recovery-services.ts';
import { restartClock } from './restart-clock.ts';

/** What became of an inspection that differed. */
export interface Recovered extends Finding {
  outcome: 'recovered' | 'failed';
  /** What is said of it on record, or why it could not be done. */
  said: string;
}

/**
 * Looks at inspections, or at all that are open or run: what differs, and what would mend it. Changes nothing.
 *
 * @throws CannotRecover where one is named that is in neither
 */
export async function lookFor(services: RecoveryServices, which: readonly InspectionRef[] | 'all'): Promise<Finding[]> {
  if (which === 'all') {
    const differing = await divergences(services);
    return Promise.all(differing.map((each) => found(services, each)));
  }
  const findings: Finding[] = [];
  for (const inspection of which) {
    const comparison = await compareInspection(services, inspection);
    if (comparison.register === 0 && comparison.standing === null) throw unknownToBoth(inspection);
    findings.push(await found(services, comparison));
  }
  return findings;
}

const unknownToBoth = (inspection: InspectionRef): CannotRecover =>
  new CannotRecover(
    `Neither the register nor the engine knows an inspection "${inspection}". See them all with: duecourse list`,
  );

async function found({ register }: RecoveryServices, comparison: Comparison): Promise<Finding> {
  const recorded = await register.recovery.recorded(comparison.inspection);
  return findingOf(comparison, recorded === null || recorded.status === 'open');
}

/**
 * Mends one inspection after the other; one that can't be mended keeps none of the others. Each is done whole or not at all,
 * or can be done again: whoever was broken off begins anew.
 */
export async function* recover(
  services: RecoveryServices,
  findings: readonly Finding[],
  options: RecoveryOptions,
): AsyncGenerator<Recovered> {
  for (const finding of findings) {
    const { remedy, comparison } = finding;
    if (remedy === null) continue;
    try {
      yield { ...finding, outcome: 'recovered', said: await REMEDIES[remedy](services, comparison, options) };
    } catch (error) {
      if (!OF_ONE_INSPECTION.some((kind) => error instanceof kind)) throw error;
      yield { ...finding, outcome: 'failed', said: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Troubles that say nothing about the other inspections. */
const OF_ONE_INSPECTION = [CannotRecover, EngineProblem, Diverged, EncryptionProblem];

const REMEDIES: Record<Remedy, typeof restartClock> = {
  clock: restartClock,
  record: makeUpRecord,
  async stop({ engine, register }, { inspection }, { actor, now }) {
    const text = 'An operator ended what still ran of it in the engine: it had ended on record.';
    await engine.stop(inspection, text);
    const { authority, reference } = partsOf(inspection);
    await register.recovery.note(
      { authority, reference, inspectionTitle: reference },
      { at: now, kind: 'clock-recovered', actor, text, data: {} },
    );
    return text;
  },
};
