import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Authority } from '../schemas/authority.ts';

type Body = Authority['bodies'][number];

/**
 * The authority's body of this id.
 *
 * @param field of the command that names it
 * @throws Refusal 'unknown-role' naming the bodies there are
 */
export function requireBody(authority: Authority, id: string, field: string): Body {
  const body = authority.bodies.find((each) => each.id === id);
  if (body !== undefined) return body;
  throw new Refusal(
    'unknown-role',
    notAmong(
      `${authority.name} has no body`,
      id,
      authority.bodies.map((each) => each.id),
      'Its bodies',
    ),
    field,
  );
}

/** The body's name as people say it; its id where the authority no longer knows it. */
export function bodyName(authority: Authority, id: string): string {
  return authority.bodies.find((each) => each.id === id)?.name ?? id;
}
