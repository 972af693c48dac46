import type { Authority } from '../../domain/schemas/authority.ts';
import type { Register } from '../../register/register.ts';
import { demonstrationIn, standingOf } from './standing.ts';

/** Somebody of the invented council as whom to look around. */
export interface DemonstrationVisitor {
  email: string;
  /** What they are there, in a word. */
  capacity: string;
  /** What they find. */
  sees: string;
}

const VISITORS: readonly { role: string; capacity: string; sees: string }[] = [
  {
    role: 'democratic-services',
    capacity: 'administrator',
    sees: 'all three inspections, what is overdue, and the council’s own pages',
  },
  {
    role: 'assistant-director',
    capacity: 'manager',
    sees: 'what is late below them, a later date that is asked for, who has not answered in the round',
  },
  { role: 'head-of-early-help', capacity: 'owner', sees: 'their own duties: one is late, one is in the round' },
  { role: 'scrutiny-chair', capacity: 'member', sees: 'a decision that can be called in, and members’ questions' },
];

/** As whom to look around in an invented council. */
export function visitorsIn({ roles }: Authority): DemonstrationVisitor[] {
  return VISITORS.flatMap(({ role, ...each }) => {
    const email = roles.find(({ id }) => id === role)?.email;
    return email === undefined ? [] : [{ email, ...each }];
  });
}

/** The same where a demonstration runs here; nobody where none does. */
export async function visitorsHere(register: Pick<Register, 'board'>): Promise<DemonstrationVisitor[]> {
  const authority = await demonstrationIn(register);
  if (authority === undefined || (await standingOf(register)) === 'removed') return [];
  return visitorsIn(authority);
}
