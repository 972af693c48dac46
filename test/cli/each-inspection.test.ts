import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachInspection, type ToldInspection, toldSum } from '../../client/each-inspection.ts';
import { engineTrouble, unreachable } from '../../client/engine-problem.ts';
import { ENGINE_WORDS } from '../../client/engine-words.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { Refusal } from '../../domain/refusal.ts';

const refs = (count: number): InspectionRef[] =>
  Array.from({ length: count }, (_, n): InspectionRef => `anyborough/${String(n + 1).padStart(3, '0')}`);
const unstopped = () => ({ signal: new AbortController().signal, onDone: () => undefined });
const outcomes = (all: readonly ToldInspection[]) => all.map(({ outcome }) => outcome);

test('a few at a time, each told, in the order in which they were given', async () => {
  let under = 0;
  let most = 0;
  const all = await eachInspection(
    refs(40),
    async (ref) => {
      most = Math.max(most, ++under);
      await sleep(Number(ref.slice(-3)) % 3);
      under--;
      return ref;
    },
    unstopped(),
  );
  expect(all.map(({ result }) => result)).toEqual(refs(40));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThan(10);
});

test('one that refuses, one that is silent and one that fails keep no other; each is named with its reason', async () => {
  const [refusing, silent, failing] = refs(30).slice(10) as [InspectionRef, InspectionRef, InspectionRef];
  const all = await eachInspection(
    refs(30),
    async (ref) => {
      if (ref === refusing) throw new Refusal('wrong-state', 'It is closed.');
      if (ref === silent) throw engineTrouble('not-taken');
      if (ref === failing) throw new TypeError('undefined is not a function');
      await sleep(1);
    },
    unstopped(),
  );
  expect(all.filter(({ outcome }) => outcome !== 'told')).toEqual([
    { inspection: refusing, outcome: 'refused', why: 'It is closed.' },
    { inspection: silent, outcome: 'not-told', why: expect.stringContaining(ENGINE_WORDS['not-taken'].fate) as string },
    { inspection: failing, outcome: 'not-told', why: expect.stringContaining('nobody foresaw') as string },
  ]);
  expect(toldSum(all)).toBe('27 told, 3 not');
});

test('stopped: what is under way is brought to its end, the rest is named as not tried', async () => {
  const stop = new AbortController();
  const told: InspectionRef[] = [];
  const all = await eachInspection(
    refs(40),
    async (ref) => {
      await sleep(5);
      if (ref === refs(40)[3]) stop.abort();
      told.push(ref);
    },
    { signal: stop.signal, onDone: () => undefined },
  );
  expect(all.filter(({ outcome }) => outcome === 'told').map(({ inspection }) => inspection)).toEqual(told.toSorted());
  expect(told.length).toBeGreaterThan(3);
  expect(outcomes(all.slice(-20)).every((outcome) => outcome === 'not-tried')).toBe(true);
});

test('what stands in the way of all stops the rest, and is said of each', async () => {
  const all = await eachInspection(
    refs(40),
    async (ref) => {
      await sleep(1);
      if (ref !== refs(1)[0]) throw unreachable('127.0.0.1:7233');
    },
    unstopped(),
  );
  expect(outcomes(all).slice(0, 2)).toEqual(['told', 'not-told']);
  expect(all.at(-1)).toMatchObject({
    outcome: 'not-tried',
    why: expect.stringContaining('127.0.0.1:7233') as string,
  });
});
