import type { Engine } from '../client/engine.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import { sizesOf } from '../domain/lifecycle/limits.ts';
import { consequencesOf } from '../domain/revisions/consequences.ts';
import type { Edit } from '../domain/revisions/edits.ts';
import type { Action } from '../domain/schemas/plan.ts';
import { type Figure, median, round } from './measure.ts';

const TURNS = 5;
const REVISIONS = 100;
/** Lines that a board changes. */
const LINES = 10;

const director = { id: 'bench', role: 'director' };

/**
 * Revisions of a large plan: one line, from the command to its answer, beside another change of one duty; what a page or the
 * command line works out beforehand; and a hundred of ten lines each, after which the state is as large as before.
 *
 * @param change seconds of another change of one duty, in the same run
 */
export async function revisionsOf(engine: Engine, id: InspectionRef, what: string, change: number): Promise<Figure[]> {
  const before = (await engine.inspect(id)).state;
  const { actions } = before.facts.inspection;
  const retitled = (index: number, turn: number): Edit => {
    const item = actions[index % actions.length] as Action;
    return { kind: 'put', what: 'action', item: { ...item, title: `${item.title.slice(0, -12)} turn ${turn % 10}` } };
  };
  const revise = (edits: Edit[]) => engine.command(id, 'revise', { edits, reason: 'the board of the bench' }, director);
  const ones: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) ones.push(await seconds(() => revise([retitled(100 + turn, turn)])));
  const shown: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const { state, view } = await engine.inspect(id);
    const payload = { edits: [retitled(200, turn)], reason: 'bench' };
    shown.push(await seconds(async () => consequencesOf(state, payload, { actor: director, now: view.now })));
  }
  const many = await seconds(async () => {
    for (let turn = 1; turn <= REVISIONS; turn++)
      await revise(Array.from({ length: LINES }, (_, line) => retitled(300 + turn * LINES + line, turn)));
  });
  const after = (await engine.inspect(id)).state;
  const ratio = median(ones) / change;
  return [
    {
      what: `${what}: a revision of one line, median of ${TURNS}`,
      value: `${round(median(ones) * 1000)} ms, ${round(ratio)} of another change of one duty`,
      goal: 'under 200 ms from command to answer',
      met: median(ones) < 0.2,
    },
    { what: `${what}: what that would do, worked out beforehand`, value: `${round(median(shown) * 1000)} ms` },
    {
      what: `${what}: ${REVISIONS} revisions of ${LINES} lines`,
      value: `${round((many / REVISIONS) * 1000)} ms each; facts ${kib(before.facts)} before, ${kib(after.facts)} after`,
    },
  ];
}

const kib = (facts: Parameters<typeof sizesOf>[0]['facts']): string => `${round(sizesOf({ facts }).bytes / 1024)} KiB`;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
