import type { Constitution } from '../schemas/constitution.ts';
import type { Decision } from '../schemas/inspection.ts';

/** Whether a decision is key, and why. */
export interface KeyTest {
  key: boolean;
  why: string;
}

/**
 * The tests of a key decision as the authority sets them: spending or savings from a threshold on, or so many wards or
 * more. The threshold is the one in force on the day the decision was taken.
 *
 * @returns undefined where the constitution has no such tests, or the decision says neither what it costs nor whom it touches
 */
export function keyDecisionTest(
  { cost, wards, takenOn }: Pick<Decision, 'cost' | 'wards' | 'takenOn'>,
  constitution: Constitution | null,
): KeyTest | undefined {
  const tests = constitution?.keyDecision;
  if (tests === undefined || (cost === undefined && wards === undefined)) return undefined;
  const threshold = tests.thresholds
    .filter(({ from }) => from <= takenOn)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1)?.pounds;
  if (cost !== undefined && threshold !== undefined && cost >= threshold)
    return {
      key: true,
      why: `it brings spending or savings of ${pounds(cost)}, and the threshold is ${pounds(threshold)}`,
    };
  if (wards !== undefined && wards >= tests.wards)
    return { key: true, why: `it affects ${wards} wards, and ${tests.wards} make it key` };
  const said = [
    ...(cost === undefined || threshold === undefined
      ? []
      : [`${pounds(cost)} is below the threshold of ${pounds(threshold)}`]),
    ...(wards === undefined ? [] : [`it affects ${wards} ward${wards === 1 ? '' : 's'}, fewer than ${tests.wards}`]),
  ];
  return { key: false, why: said.join(' and ') || 'no threshold was in force on that day' };
}

function pounds(amount: number): string {
  return `£${amount.toLocaleString('en-GB')}`;
}
