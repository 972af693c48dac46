import { fileURLToPath } from 'node:url';
import { loadStart } from '../client/files/load-start.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';

const EXAMPLE = fileURLToPath(new URL('../examples/middlesbrough-2016.yaml', import.meta.url));

/** The 2016 example as a lifecycle starts from it; as if its report had arrived on a day, where one is given. */
export function middlesbrough(reference: string, received?: string): LifecycleStart {
  const loaded = loadStart(EXAMPLE, received === undefined ? {} : { received });
  const facts = { ...loaded.facts, inspection: { ...loaded.facts.inspection, reference } };
  return { facts, calendar: loaded.calendar, startedBy: { id: 'bench', role: facts.authority.chain.administrator } };
}

/**
 * The same with so many actions: the example's own again and again, each numbered, so that they are as long as those that
 * a council writes.
 */
export function middlesbroughWith(count: number, received?: string): LifecycleStart {
  const start = middlesbrough(`bench-${count}`, received);
  const { inspection } = start.facts;
  const turns = Math.ceil(count / inspection.actions.length);
  const actions = Array.from({ length: turns }, () => inspection.actions)
    .flat()
    .slice(0, count)
    .map((action, index) => ({ ...action, id: `${action.id}-${index + 1}`, title: `${action.title} (${index + 1})` }));
  return { ...start, facts: { ...start.facts, inspection: { ...inspection, actions } } };
}
