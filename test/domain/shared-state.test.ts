import { describe, expect, test } from 'vitest';
import { stateReader } from '../../client/engine/state-reader.ts';
import { apply } from '../../domain/commands/apply.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { statePiece, type StateRequest } from '../../domain/lifecycle/shared-state.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { LARGE_PAYLOAD_BYTES } from '../../platform/large-payloads.ts';
import { largeStart } from '../support/large.ts';

const AT = '2016-02-22T10:00:00.000Z';
const ID = 'anyborough/test';
const director = { id: 'x', role: 'director' };

const state = openLifecycle(largeStart({ actions: 400, roles: 20 }), AT);
const small = openLifecycle(largeStart({ actions: 2, roles: 12, characters: 40 }), AT);
const after = (before: LifecycleState, n: number) =>
  apply(before, { name: 'complete', payload: { milestone: `improvement-actions/a${n}` } }, director, AT);
const shared = ({ unrecorded: _unrecorded, mail: _mail, ...kept }: LifecycleState) => ({
  ...kept,
  mail: {},
  unrecorded: [],
});

/** A lifecycle that is read, and what is asked of it; `between` may change it before a piece is answered. */
function lifecycle(
  first: LifecycleState,
  between: (asked: number, now: LifecycleState) => LifecycleState = (_n, same) => same,
) {
  const asked: StateRequest[] = [];
  let standing = first;
  const read = stateReader((_id, request) => {
    standing = between(asked.length, standing);
    asked.push(request);
    // As it comes out of the engine.
    return Promise.resolve(
      JSON.parse(JSON.stringify(statePiece(standing, request, AT))) as ReturnType<typeof statePiece>,
    );
  });
  return { read: () => read(ID), asked, change: (next: LifecycleState) => (standing = next) };
}

describe('a lifecycle’s state, read in pieces', () => {
  test('is the same as it keeps, but for what is nobody else’s', async () => {
    const { read, asked } = lifecycle(state);
    expect(await read()).toEqual({ state: JSON.parse(JSON.stringify(shared(state))) as unknown, now: AT });
    expect(asked.length).toBeGreaterThan(3);
  });

  test('of an ordinary inspection is one piece', async () => {
    const { read, asked } = lifecycle(small);
    expect((await read()).state.seq).toBe(small.seq);
    expect(asked).toHaveLength(1);
  });

  test('no piece is so large that it would be stored, whatever its letters', () => {
    for (let piece = 0; piece < 10; piece++) {
      const { text } = statePiece(state, { piece }, AT);
      expect(text.length * 3).toBeLessThan(LARGE_PAYLOAD_BYTES);
    }
  });

  test('comes without its facts to somebody who has them, and with them once they have changed', async () => {
    const told = lifecycle(state);
    const before = await told.read();
    const first = told.asked.length;
    told.change(after(state, 1));
    const second = await told.read();
    expect(second.state.facts).toBe(before.state.facts);
    expect(Object.values(second.state.kept).filter(({ status }) => status === 'completed')).toHaveLength(1);
    expect(told.asked.length - first).toBeLessThan(first / 2);
    const corrected = apply(state, { name: 'correct', payload: { received: '2016-02-18', reason: 'x' } }, director, AT);
    told.change(corrected);
    expect((await told.read()).state.facts.inspection.report.received).toBe('2016-02-18');
  });

  test('changed between two pieces is read anew: never half of one and half of another', async () => {
    const { read } = lifecycle(state, (asked, now) => (asked === 2 || asked === 4 ? after(now, asked) : now));
    const { state: found } = await read();
    expect(found).toEqual(JSON.parse(JSON.stringify(shared(after(after(state, 2), 4)))));
  });
});
