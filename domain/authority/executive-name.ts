import { isExecutive } from '../meetings/body-kind.ts';
import type { Authority } from '../schemas/authority.ts';

const NAMED = /\b(?:cabinet|executive)\b/i;
/** Of a council that has no executive: it decides by committees. */
const COMMITTEE = 'committee';
/** Of one that has put no body on file. */
const UNNAMED = 'Cabinet';

/**
 * What a council calls its executive, by its own file; "committee" where none of its bodies is one.
 *
 * @example
 * executiveName({ bodies: [{ id: 'executive', name: 'Executive', meetings: [] }] }) // 'Executive'
 */
export function executiveName({ bodies }: Pick<Authority, 'bodies'>): string {
  if (bodies.length === 0) return UNNAMED;
  if (!bodies.some(isExecutive)) return COMMITTEE;
  return executiveOf({ bodies })?.name ?? UNNAMED;
}

/** The body that is a council's executive as a whole; undefined where none is, or nobody can tell which of several. */
export function executiveOf({ bodies }: Pick<Authority, 'bodies'>): Authority['bodies'][number] | undefined {
  const executives = bodies.filter(isExecutive);
  return executives.find(({ name }) => NAMED.test(name)) ?? (executives.length === 1 ? executives[0] : undefined);
}

/** Words of a rule that say “Cabinet”, as the council says it: the body that they go to, or its executive. */
export const asCalledHere = (words: string, authority: Pick<Authority, 'bodies'>, body?: { name: string }): string =>
  words.replaceAll(/\bCabinet\b/g, body?.name ?? executiveName(authority));
