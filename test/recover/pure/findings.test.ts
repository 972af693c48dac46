import { describe, expect, test } from 'vitest';
import { compareInspection, type Difference } from '../../../client/recover/compare.ts';
import { findingOf, type Remedy } from '../../../client/recover/findings.ts';
import { rangesOf } from '../../../client/recover/make-up-record.ts';
import type { InspectionStatus } from '../../../domain/lifecycle/inspection-status.ts';
import type { PulseAnswer } from '../../../client/engine/clocks.ts';
import type { RecordedInspection } from '../../../register/recovery.ts';

const INSPECTION = 'anyborough/2016';
const pulse = (seq: number, recorded: number, diverged?: string): PulseAnswer => ({
  how: 'answered',
  standing: 'running',
  pulse: {
    status: 'open',
    seq,
    recorded,
    nextWake: null,
    council: '',
    ...(diverged === undefined ? {} : { diverged }),
  },
});
const stands = (answer: PulseAnswer, standing: string, status: InspectionStatus = 'open'): PulseAnswer =>
  answer.how === 'answered' ? { ...answer, standing, pulse: { ...answer.pulse, status } } : answer;
const open = (seq: number): RecordedInspection => ({ inspection: INSPECTION, status: 'open', seq });
const closed = (seq: number): RecordedInspection => ({ ...open(seq), status: 'closed' });

/** The register answers twice: before the engine is asked, and after. */
async function compared(answer: PulseAnswer, before: RecordedInspection | null, after = before) {
  const answers = [before, after];
  return compareInspection(
    {
      engine: { pulse: () => Promise.resolve(answer) } as never,
      register: {
        recovery: { recorded: () => Promise.resolve(answers.shift() ?? null), open: () => Promise.resolve([]) },
      },
    },
    INSPECTION,
  );
}

describe('how an inspection compares, and what mends it', () => {
  test.each<[string, PulseAnswer, RecordedInspection | null, RecordedInspection | null, Difference, Remedy | null]>([
    ['both are at rest', pulse(5, 5), open(5), open(5), 'same', null],
    ['something is on its way', pulse(7, 5), open(5), open(5), 'same', null],
    ['it got there meanwhile', pulse(7, 5), open(5), open(7), 'same', null],
    ['more happened meanwhile', pulse(7, 7), open(7), open(9), 'same', null],
    ['it is about to be on record', pulse(5, 0), null, null, 'same', null],
    ['the engine is older', pulse(4, 4), open(5), open(5), 'engine-behind', 'clock'],
    [
      'the engine is older and went on, into a conflict',
      pulse(6, 4, 'why'),
      open(5),
      open(5),
      'engine-behind',
      'clock',
    ],
    ['the engine is older, and further by now', pulse(9, 4, 'why'), open(5), open(5), 'engine-behind', 'clock'],
    ['the register is older', pulse(5, 5), open(4), open(4), 'register-behind', 'record'],
    ['the register is older, and that was seen', pulse(6, 5, 'why'), open(4), open(4), 'register-behind', 'record'],
    ['it is made up already, and it still waits', pulse(6, 5, 'why'), open(5), open(5), 'register-behind', 'record'],
    ['the register has never heard of it', pulse(5, 5), null, null, 'register-unknown', 'record'],
    ['the engine knows nothing of it', { how: 'unknown' }, open(5), open(5), 'engine-unknown', 'clock'],
    ['neither runs it', { how: 'unknown' }, closed(5), closed(5), 'same', null],
    ['it was terminated', stands(pulse(5, 5), 'terminated'), open(5), open(5), 'engine-unknown', 'clock'],
    [
      'it was terminated with something on its way',
      stands(pulse(6, 5), 'terminated'),
      open(5),
      open(5),
      'engine-unknown',
      'clock',
    ],
    [
      'it has ended, and the record lacks that',
      stands(pulse(6, 6), 'completed', 'closed'),
      open(4),
      open(4),
      'register-behind',
      'record',
    ],
    [
      'it was cancelled, and could not say so',
      stands(pulse(6, 5), 'cancelled', 'cancelled'),
      open(5),
      open(5),
      'register-behind',
      'record',
    ],
    ['it has ended in both', stands(pulse(6, 6), 'completed', 'closed'), closed(6), closed(6), 'same', null],
    ['it is ending', pulse(6, 5), open(5), closed(6), 'same', null],
    ['it has ended on record, and an older clock runs', pulse(4, 4), closed(6), closed(6), 'engine-behind', 'stop'],
    ['it is stuck', { how: 'stuck', standing: 'running' }, open(5), open(5), 'stuck', null],
    [
      'it was terminated, and can’t be asked',
      { how: 'stuck', standing: 'terminated' },
      open(5),
      open(5),
      'engine-unknown',
      'clock',
    ],
    ['it does not answer', { how: 'no-answer', standing: 'running' }, open(5), open(5), 'no-answer', null],
  ])('%s', async (_what, answer, before, after, difference, remedy) => {
    const comparison = await compared(answer, before, after);
    expect(comparison.difference).toBe(difference);
    const finding = findingOf(comparison, after?.status !== 'closed');
    expect(finding.remedy).toBe(remedy);
    expect(finding.does).toMatch(/^[A-Z].*\.$/);
    expect(finding.found).toMatch(/^[A-Z].*\.$/);
  });
});

test.each<[number[], [number, number][]]>([
  [[], []],
  [[3], [[3, 3]]],
  [
    [9, 4, 3, 5],
    [
      [3, 5],
      [9, 9],
    ],
  ],
  [
    [10, 9, 2],
    [
      [2, 2],
      [9, 10],
    ],
  ],
])('%j are the ranges %j', (numbers, ranges) => {
  expect(rangesOf(numbers)).toEqual(ranges);
});
