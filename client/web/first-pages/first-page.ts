import { isAny, type Person } from '../people.ts';

/** What somebody finds when they have signed in: an administrator what is overdue, at the board's own address. */
type FirstPage = '/' | '/waiting' | '/my-duties';

/** By the most that somebody is in any council; a partner's officer is an owner. */
export function firstPageOf(person: Person): FirstPage {
  if (isAny(person, ['administrator'])) return '/';
  return isAny(person, ['manager', 'member']) ? '/waiting' : '/my-duties';
}
