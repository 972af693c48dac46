import { expect, test } from 'vitest';
import { keptPiece, stateFromPieces, stateToKeep } from '../../domain/lifecycle/kept-state.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { startOf } from '../support/facts.ts';

const AT = '2016-02-22T10:00:00.000Z';
const open = (count: number): LifecycleState => ({
  ...openLifecycle(
    startOf({
      actions: Array.from({ length: count }, (_, n) => ({
        id: `a${n}`,
        title: '计'.repeat(500),
        owner: 'team-manager',
        due: { n: 6, unit: 'month' },
      })),
    }),
    AT,
  ),
  unrecorded: [],
});
const reader = (state: () => LifecycleState) => {
  const asked: number[] = [];
  return {
    asked,
    ask: (piece: number) => {
      asked.push(piece);
      return Promise.resolve(keptPiece(state(), { recorded: 0, piece }));
    },
  };
};

test.each([1, 1000])('a state of %i actions comes over whole, in pieces of which none is large', async (count) => {
  const state = open(count);
  const { asked, ask } = reader(() => state);
  expect(await stateFromPieces(ask)).toEqual(JSON.parse(JSON.stringify(stateToKeep(state, 0))));
  const whole = JSON.stringify(state).length;
  expect(asked.length).toBe(Math.ceil(whole / 150_000));
  for (const piece of asked)
    expect(Buffer.byteLength(keptPiece(state, { recorded: 0, piece })?.text ?? '')).toBeLessThan(512 * 1024);
});

test('one that changes between two pieces is read anew, and given up where it never rests', async () => {
  const [one, other] = [open(1000), open(1001)];
  let turn = 0;
  const { ask } = reader(() => (turn++ === 0 ? one : other));
  expect((await stateFromPieces(ask))?.facts.inspection.actions).toHaveLength(1001);
  const restless = reader(() => (turn++ % 2 === 0 ? one : other));
  expect(await stateFromPieces(restless.ask)).toBeNull();
});

test('while too much is on its way there is none', async () => {
  const state = openLifecycle(startOf({}), AT);
  const entries = Array.from({ length: 1000 }, () => ({ ...state.unrecorded[0], text: 'x'.repeat(1000) }));
  const busy = { ...state, unrecorded: entries } as LifecycleState;
  expect(await stateFromPieces(reader(() => busy).ask)).toBeNull();
});
