import { refusalOf } from '../../../domain/commands/apply.ts';
import type { CommandName } from '../../../domain/commands/commands.ts';
import { definitionOf } from '../../../domain/commands/commands.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { RunningInspection } from '../inspections.ts';
import type { Membership } from '../people.ts';
import { COMMAND_FORMS, type CommandForm } from './command-form.ts';

/** In which of their roles somebody acts: the first that may; else their first, and the lifecycle says why not. */
export interface ActingRole {
  role: string;
  /** The lifecycle would take it from them now, as far as it depends on nothing that they have still to say. */
  possible: boolean;
  /** Their role may give it at all. */
  permitted: boolean;
  /** Why the lifecycle would refuse it in that role, whatever they have still to say; undefined where it would not. */
  refusal: Refusal | undefined;
}

/** @param about the id of the command's subject; '' for the inspection itself */
export function actingRole(
  { roles }: Membership,
  { state, view }: Pick<RunningInspection, 'state' | 'view'>,
  name: CommandName,
  about = '',
): ActingRole {
  const own = roles.length === 0 ? [''] : roles.map(({ id }) => id);
  const tries = own.map((role) => ({
    role,
    refusal: refusalOf(name, about, state, { actor: { id: 'board', role }, now: view.now }),
  }));
  const first = tries.find(({ refusal }) => refusal === undefined);
  const permitted = tries.find(({ refusal }) => refusal?.code !== 'not-permitted');
  const acting = first ?? permitted ?? tries[0];
  return {
    role: acting?.role ?? '',
    refusal: acting?.refusal,
    possible: first !== undefined,
    permitted: permitted !== undefined,
  };
}

/** The forms that the lifecycle would take of somebody now: what makes no sense is not offered. */
export function offered(
  about: { subject: CommandForm['subject']; id: string },
  running: Pick<RunningInspection, 'state' | 'view'>,
  membership: Membership,
): CommandForm[] {
  const forms = COMMAND_FORMS.filter(
    ({ name, subject }) => subject === about.subject && actingRole(membership, running, name, about.id).possible,
  );
  const names = new Set(
    unyielding(
      forms.map(({ name }) => name),
      about.id,
      running,
      membership,
    ),
  );
  return forms.filter(({ name }) => names.has(name));
}

/** Of some commands, without those of which another does the same for somebody, or more. */
export function unyielding(
  names: readonly CommandName[],
  about: string,
  running: Pick<RunningInspection, 'state' | 'view'>,
  membership: Membership,
): CommandName[] {
  return names.filter((name) => {
    const { role } = actingRole(membership, running, name, about);
    const given = { actor: { id: 'board', role }, now: running.view.now };
    const other = definitionOf(name).yieldsTo?.(about, running.state, given);
    return !names.some((each) => each === other);
  });
}
