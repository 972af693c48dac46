import { allRoles } from '../../domain/authority/partners.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
import { haveWords, wordsIn } from '../../domain/words.ts';
import type { Authority } from '../../domain/schemas/authority.ts';

/** A role that was found, with who holds it. */
export interface FoundRole {
  authority: Authority;
  id: string;
  title: string;
  /** Where its holder gets mail; undefined while nobody holds it. */
  email: string | undefined;
}

/** Is there anything in what somebody typed that can be looked for? */
export const hasWords = (sought: string): boolean => wordsIn(sought).length > 0;

/** The roles, the councils' own and partners', in whose title, short name or holder's address every word sought begins a word. */
export function rolesWith(sought: string, authorities: readonly Authority[]): FoundRole[] {
  const words = wordsIn(sought);
  if (words.length === 0) return [];
  return authorities.flatMap((authority) =>
    allRoles(authority)
      .map(({ id, email }): FoundRole => ({ authority, id, email, title: roleTitle(authority, id) }))
      .filter(({ id, title, email = '' }) => haveWords(words, `${title} ${id} ${email}`)),
  );
}
