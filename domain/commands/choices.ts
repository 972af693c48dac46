import type { LifecycleState } from '../lifecycle/state.ts';
import { Refusal } from '../refusal.ts';

/** One thing on the inspection that a command can be about: by what it is called, and what of the payload names it. */
export interface Choice {
  title: string;
  payload: Readonly<Record<string, string | number>>;
}

/** Fields that name something on the inspection: a person chooses it by its title, and need not know what it is called inside. */
export interface Chosen {
  /** The fields of the payload that a choice fills. */
  fills: readonly string[];
  label: string;
  hint?: string;
  /** Nothing need be chosen. */
  optional?: true;
  /** Why the command can't be given where there is nothing to choose from. */
  none: string;
  /** What there is to choose from: nothing that would be refused, whatever else is said. */
  among(state: LifecycleState): Choice[];
}

/** @throws Refusal where something has to be chosen, and there is nothing */
export function mustHaveChoices(choosing: readonly Chosen[], state: LifecycleState): void {
  for (const { optional, none, among } of choosing)
    if (optional !== true && among(state).length === 0) throw new Refusal('wrong-state', none);
}
