import { mustStayWhatItIs } from '../domain/authority/demonstration.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { isOfThemselves, mustBeTheirsToChange } from '../domain/commands/change-authority.ts';
import { findRole } from '../domain/authority/roles.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import { withoutWebhooks } from '../domain/webhooks/without-webhooks.ts';
import { canonical } from '../domain/canonical.ts';
import type { Register } from '../register/register.ts';
import { BadRequest } from './bad-request.ts';
import type { Engine } from './engine.ts';
import { broughtTo } from './files/chosen-constitution.ts';
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
  if (kept !== undefined) {
    mustBeTheSame(kept, authority);
    if (!isRenamed) mustHaveItsName(kept, authority, 'If the council itself has another name now, say --renamed.');
  }
  const before = kept ?? authority;
  const actor = { id: by, role: role ?? before.chain.administrator };
  mustBeTheirsToChange(before, authority, actor);
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

/** A file is of the council that is kept under its id. @throws BadRequest */
export function mustBeTheSame(kept: Authority, file: Authority): void {
  mustStayWhatItIs(kept, file);
  if (kept.division !== file.division)
    throw new BadRequest(
      `"${kept.id}" is ${kept.name}, of ${kept.division}; the file is of ${file.division}. Is it another council's file?`,
    );
}

/** A file calls its council as it is called here. @param ifRenamed what to do where it has another name now @throws BadRequest */
export function mustHaveItsName(kept: Authority, file: Authority, ifRenamed: string): void {
  if (likeName(kept.name) === likeName(file.name)) return;
  throw new BadRequest(
    `"${kept.id}" is ${kept.name} here, and the file calls it ${file.name}. Is it another council's file? ${ifRenamed}`,
  );
}

const likeName = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** How an inspection took the file: it had it already, or has it now. */
export type Applied = 'had it' | 'has it';

/** What of a file somebody brings: all of it, or only what they have said of themselves. */
export type Scope = 'the file' | 'their own entry';

/** Does an inspection have the file already, as far as it is an inspection's to have? */
export const hasIt = (own: Authority, authority: Authority): boolean =>
  canonical(withoutWebhooks(own)) === canonical(withoutWebhooks(authority));

/**
 * Brings a council's file to one of its inspections. One that an earlier time has missed still has the administrator of
 * its own, older file: it is told in that role.
 *
 * @throws Refusal where it is not theirs to bring to that inspection, or the inspection does not take it; EngineProblem
 */
export async function applyTo(
  engine: Pick<Engine, 'facts' | 'command'>,
  inspection: InspectionRef,
  authority: Authority,
  actor: Actor,
  scope: Scope = 'the file',
): Promise<Applied> {
  const { facts } = await engine.facts(inspection);
  const { authority: own } = facts;
  // Of a constitution only an administrator says anything.
  const brought = scope === 'the file' ? broughtTo(facts, authority) : { authority };
  if (brought.constitution === undefined && hasIt(own, authority)) return 'had it';
  const as = actorUnder(own, authority, actor, scope);
  if (as === undefined)
    throw new Refusal(
      'not-permitted',
      'It still goes by an older file: an administrator of the council tells it first.',
    );
  await engine.command(inspection, 'changeAuthority', brought, as);
  return 'has it';
}

/**
 * Whoever applies a file, in a role that may by the file that an inspection still has: their own; where that is no longer, or
 * not yet, an administrator's there, that of its own administrator. Whoever has only said something of themselves brings
 * nothing that others have changed: undefined where the inspection would take more than that.
 */
export function actorUnder(
  own: Authority,
  authority: Authority,
  actor: Actor,
  scope: Scope = 'the file',
): Actor | undefined {
  const isOwn = isOfThemselves(own, authority, actor.role);
  if (scope === 'their own entry') return isOwn ? actor : undefined;
  const isTheirs = isOwn || findRole(own, actor.role)?.capacity === 'administrator';
  return { ...actor, role: isTheirs ? actor.role : own.chain.administrator };
}
