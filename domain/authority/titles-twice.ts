import { someOf } from '../some-of.ts';
import type { Authority, Role } from '../schemas/authority.ts';
import { allRoles } from './partners.ts';
import { roleTitle } from './roles.ts';

/** Roles that are called the same, as people read them. */
export interface TitleTwice {
  /** The last of the roles: its title is the one that was there already. */
  role: string;
  text: string;
}

const plain = (title: string): string => title.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Two roles of one title can't be told apart in a list, on a form or in a mail: whoever chooses one may choose the other. */
export function titlesTwice(authority: Authority): TitleTwice[] {
  const called = new Map<string, Role[]>();
  for (const role of allRoles(authority)) {
    const title = plain(roleTitle(authority, role.id));
    called.set(title, [...(called.get(title) ?? []), role]);
  }
  return [...called.values()].flatMap((roles) => {
    const last = roles.at(-1);
    if (last === undefined || roles.length < 2) return [];
    const holders = roles.map(({ email }) => `one held by ${email ?? 'nobody'}`);
    return [
      {
        role: last.id,
        text: `${roles.length} roles are called “${roleTitle(authority, last.id)}”, ${someOf(holders)}: lists, forms and mails can’t tell them apart. Give each a title of its own, for example with its service.`,
      },
    ];
  });
}
