import type { MiddlewareHandler } from 'hono';
import { isDemonstration } from '../../domain/authority/demonstration.ts';
import type { Env, WebParts } from './parts.ts';
import { isAny, type Membership, type Person } from './people.ts';

/** Where somebody belongs to an invented council: that one. */
const ofDemonstration = ({ memberships, guests }: Person): Membership | undefined =>
  [...memberships, ...guests].find(({ authority }) => isDemonstration(authority));

/** Is somebody known in an invented council, and in no other? */
export const isOfDemonstrationAlone = ({ memberships, guests }: Person): boolean =>
  [...memberships, ...guests].every(({ authority }) => isDemonstration(authority));

/** The invented council that somebody may remove: its administrators may. */
export function removableBy(person: Person): Membership | undefined {
  const membership = ofDemonstration(person);
  return membership !== undefined && isAny(person, ['administrator'], membership.authority.id) ? membership : undefined;
}

/** Finds out for each page whether it is one of an invented council. */
export function demonstrationBanner({ register }: Pick<WebParts, 'register'>): MiddlewareHandler<Env> {
  return async (context, next) => {
    const { person } = context.get('session');
    const membership = ofDemonstration(person);
    if (membership !== undefined) {
      const authorities = [membership.authority.id];
      const { total } = await register.board.inspections(context.get('now'), { authorities }, { offset: 0, limit: 1 });
      context.set('demonstration', { empty: total === 0, mayRemove: removableBy(person) !== undefined });
    }
    await next();
  };
}
