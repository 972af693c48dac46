import type { InspectionRef } from '../domain/inspection-ref.ts';
import { Refusal } from '../domain/refusal.ts';
import { atMost } from '../platform/at-most.ts';
import { RegisterUnfit } from '../register/register-unfit.ts';
import { RegisterUnreachable } from '../register/register-unreachable.ts';
import { EngineProblem } from './engine-problem.ts';
import { errorWords } from '../platform/error-words.ts';

/**
 * How an inspection took what all of several are told: `told`; `refused` by itself; `not-told`, and why says whether it is
 * certain; `not-tried`, for what stopped all.
 */
export type Told = 'told' | 'refused' | 'not-told' | 'not-tried';

export interface ToldInspection<T = unknown> {
  inspection: InspectionRef;
  outcome: Told;
  why: string | null;
  /** What came of it, where it was told. */
  result?: T;
}

export interface EachOptions<T> {
  /** Told of each as it is done, in the order in which they are done. */
  onDone: (done: ToldInspection<T>) => void;
  /** Aborted: what is under way is brought to its end, and nothing else begun. */
  signal: AbortSignal;
}

/** One that does not answer is waited for while the others go on beside it. */
const AT_ONCE = 8;

/**
 * Does something with each of several inspections, a few at a time. One that refuses, or does not answer, keeps no other;
 * only what stands in the way of all alike stops the rest.
 *
 * @returns what became of each, in the order in which they were given
 */
export async function eachInspection<T>(
  inspections: readonly InspectionRef[],
  tell: (inspection: InspectionRef) => Promise<T>,
  { onDone, signal }: EachOptions<T>,
): Promise<ToldInspection<T>[]> {
  const slot = atMost(AT_ONCE);
  let stopped: string | undefined;
  return Promise.all(
    inspections.map((inspection) =>
      slot(async () => {
        if (signal.aborted) stopped ??= 'It was stopped before.';
        if (stopped !== undefined) return { inspection, outcome: 'not-tried' as const, why: stopped };
        const done = await tellOne(inspection, tell);
        if (done.outage) stopped ??= done.told.why ?? undefined;
        onDone(done.told);
        return done.told;
      }),
    ),
  );
}

async function tellOne<T>(
  inspection: InspectionRef,
  tell: (inspection: InspectionRef) => Promise<T>,
): Promise<{ told: ToldInspection<T>; outage: boolean }> {
  try {
    return { told: { inspection, outcome: 'told', why: null, result: await tell(inspection) }, outage: false };
  } catch (error) {
    const outcome = error instanceof Refusal ? 'refused' : 'not-told';
    return { told: { inspection, outcome, why: errorWords(error).sentence }, outage: isOutage(error) };
  }
}

/** What stands in the way of every inspection alike. */
function isOutage(error: unknown): boolean {
  if (error instanceof RegisterUnreachable || error instanceof RegisterUnfit) return true;
  return error instanceof EngineProblem && (error.code === 'unreachable' || error.code === 'access-denied');
}

/** How many were told, and how many were not, in words. */
export function toldSum(all: readonly ToldInspection[]): string {
  const not = all.filter(({ outcome }) => outcome !== 'told').length;
  return `${all.length - not} told${not === 0 ? '' : `, ${not} not`}`;
}
