import type { Context } from 'hono';
import type { Register } from '../../../register/register.ts';
import type { Session } from '../parts.ts';
import { personOf } from '../people.ts';
import type { Sessions } from '../session.ts';

/** The key that a program sends: `Authorization: Bearer KEY`. */
export function keyIn(context: Context): string | undefined {
  return /^Bearer ([\w-]{20,200})$/i.exec(context.req.header('Authorization') ?? '')?.[1];
}

/** Whose key it is, and what they are now; undefined where there is no such key. */
export async function sessionByKey(
  register: Register,
  sessions: Sessions,
  secret: string,
  now: string,
): Promise<Session | undefined> {
  const key = await register.board.keyOf('api', secret, now);
  if (key === null) return undefined;
  const signedIn = { email: key.email, name: key.email, roles: key.subject.roles };
  const person = personOf(signedIn, await sessions.authorities());
  return { id: key.id, person, formToken: '', expiresAt: '' };
}
