import { fileURLToPath } from 'node:url';
import { loadStart } from '../../client/files/load-start.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';

/** A public paper as an inspection's file says it (test/papers/files), as a lifecycle starts from it by its administrator. */
export function paper(name: string): LifecycleStart {
  const loaded = loadStart(fileURLToPath(new URL(`../papers/files/${name}.yaml`, import.meta.url)));
  return { ...loaded, startedBy: { id: 'test', role: loaded.facts.authority.chain.administrator } };
}
