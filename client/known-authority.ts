import { allRoles } from '../domain/authority/partners.ts';
import { inspectionRef, type InspectionRef } from '../domain/inspection-ref.ts';
import { nearest, notAmong } from '../domain/nearest.ts';
import type { Register } from '../register/register.ts';
import { BadRequest } from './bad-request.ts';

/** Names listed before it is left at how many there are. */
const MAX_NAMED = 12;

/**
 * A council of which the register knows something. A mistyped one must never read as a council where all is well.
 *
 * @returns its id
 * @throws BadRequest with those that are known, and the one that was meant
 */
export async function knownAuthority(register: Pick<Register, 'authorities'>, id: string): Promise<string> {
  const known = await register.authorities();
  if (known.includes(id)) return id;
  throw new BadRequest(`Nothing is known here of a council "${id}"${hint(id, known)}. ${knownInWords(known)}`);
}

/**
 * A role that nobody has must never read as a role that has nothing to do.
 *
 * @param authority one council alone, where only its roles count
 * @throws BadRequest with those that are known, and the one that was meant; not where no council's file is on record
 */
export async function mustBeRole(register: Pick<Register, 'board'>, id: string, authority?: string): Promise<void> {
  const files = (await register.board.authorityFiles()).filter(
    (each) => authority === undefined || each.id === authority,
  );
  const known = [...new Set(files.flatMap((each) => allRoles(each).map((role) => role.id)))].sort();
  if (known.length === 0 || known.includes(id)) return;
  throw new BadRequest(notAmong('No council here has a role', id, known, 'Their roles'));
}

/** What to say where the register has nothing about an inspection. */
export async function nothingAbout(register: Pick<Register, 'list'>, ref: InspectionRef): Promise<BadRequest> {
  const known = (await register.list(new Date().toISOString())).map((each) =>
    inspectionRef(each.authority, each.reference),
  );
  return new BadRequest(
    `The register has nothing about "${ref}"${hint(ref, known)}. See what there is with: duecourse list`,
  );
}

function hint(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close === undefined ? '' : ` (did you mean ${close}?)`;
}

function knownInWords(known: readonly string[]): string {
  if (known.length === 0)
    return 'The register knows no council yet: each comes with its first inspection (duecourse start FILE).';
  const more = known.length > MAX_NAMED ? `, and ${known.length - MAX_NAMED} more` : '';
  return `Known are: ${known.slice(0, MAX_NAMED).join(', ')}${more}.`;
}
