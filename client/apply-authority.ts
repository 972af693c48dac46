import { definitionOf } from '../domain/commands/commands.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { mustBePermitted } from '../domain/commands/may.ts';
import { findRole } from '../domain/authority/roles.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import { canonical } from '../register/chain.ts';
import type { Register } from '../register/register.ts';
import { BadRequest } from './bad-request.ts';
import type { Engine } from './engine.ts';
import { knownAuthority } from './known-authority.ts';

export interface ApplyRequest {
  authority: Authority;
  /** It is a council of which nothing is known yet. */
  isNew: boolean;
  /** It is the same council under another name. */
  isRenamed: boolean;
  /** The role that somebody acts in; by default the administrator of before the change. */
  role: string | undefined;
  by: string;
}

/**
 * Who may apply a council's changed file: an administrator of before the change, as the register keeps it, since the file
 * may say that it is somebody else from now on.
 *
 * @throws BadRequest where it is not the council that is known by this id; Refusal where the role may not
 */
export async function mayApply(
  register: Pick<Register, 'authorities' | 'board'>,
  { authority, isNew, isRenamed, role, by }: ApplyRequest,
): Promise<Actor> {
  const files = await register.board.authorityFiles();
  const kept = files.find(({ id }) => id === authority.id);
  if (isNew) mustBeAnother(files, authority);
  else await mustBeKnown(register, authority.id);
  if (kept !== undefined) mustBeTheSame(kept, authority, isRenamed);
  const before = kept ?? authority;
  const actor = { id: by, role: role ?? before.chain.administrator };
  const { may, verb } = definitionOf('changeAuthority');
  mustBePermitted(may, verb, actor, { authority: before });
  return actor;
}

/** Another id is another council, with people of its own: one that is written wrong must not come to be by that. */
async function mustBeKnown(register: Pick<Register, 'authorities'>, id: string): Promise<void> {
  try {
    await knownAuthority(register, id);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    throw new BadRequest(`${error.message} If it is a new council, say --new.`);
  }
}

function mustBeAnother(files: readonly Authority[], { id, name }: Authority): void {
  const same = files.find((each) => each.id !== id && likeName(each.name) === likeName(name));
  if (same === undefined) return;
  throw new BadRequest(
    `${name} is known here already, as "${same.id}": its inspections would not hear of a file whose id is "${id}". Write id: ${same.id} in the file.`,
  );
}

function mustBeTheSame(kept: Authority, file: Authority, isRenamed: boolean): void {
  if (kept.division !== file.division)
    throw new BadRequest(
      `"${kept.id}" is ${kept.name}, of ${kept.division}; the file is of ${file.division}. Is it another council's file?`,
    );
  if (isRenamed || likeName(kept.name) === likeName(file.name)) return;
  throw new BadRequest(
    `"${kept.id}" is ${kept.name} here, and the file calls it ${file.name}. Is it another council's file? If the council itself has another name now, say --renamed.`,
  );
}

const likeName = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** How an inspection took the file: it had it already, or has it now. */
export type Applied = 'had it' | 'has it';

/**
 * Brings a council's file to one of its inspections. One that an earlier time has missed still has the administrator of
 * its own, older file: it is told in that role.
 *
 * @throws Refusal, EngineProblem
 */
export async function applyTo(
  engine: Pick<Engine, 'facts' | 'command'>,
  inspection: InspectionRef,
  authority: Authority,
  actor: Actor,
): Promise<Applied> {
  const { authority: own } = (await engine.facts(inspection)).facts;
  if (canonical(own) === canonical(authority)) return 'had it';
  const isAdministrator = findRole(own, actor.role)?.capacity === 'administrator';
  const role = isAdministrator ? actor.role : own.chain.administrator;
  await engine.command(inspection, 'changeAuthority', { authority }, { ...actor, role });
  return 'has it';
}
