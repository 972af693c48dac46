import { fileURLToPath } from 'node:url';
import { loadStart } from '../../client/files/load-start.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';

/** An example file as a lifecycle starts from it, by its administrator. */
export function example(name: string, options: { received?: string } = {}): LifecycleStart {
  const loaded = loadStart(exampleFile(name), options);
  return { ...loaded, startedBy: { id: 'test', role: loaded.facts.authority.chain.administrator } };
}

export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url));
}

/** The address of a role in an example. */
export function addressIn(start: LifecycleStart, role: string): string {
  const email = start.facts.authority.roles.find((each) => each.id === role)?.email;
  if (email === undefined) throw new Error(`the example has no address for ${role}`);
  return email;
}
