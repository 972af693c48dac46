import { isDemonstration } from '../../domain/authority/demonstration.ts';
import type { InspectionStatus } from '../../domain/lifecycle/inspection-status.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Register } from '../../register/register.ts';

/** The invented council of the demonstration's files: a file of somebody's own may say that its council is invented, too. */
const COUNCIL = 'exampleton';

/** The demonstration's inspections, in the order in which they are begun: it is whole once the last of them is there. */
export const REFERENCES = ['childrens-services', 'area-send', '2016'] as const;

/** How the demonstration stands here. */
export type Standing = 'none' | 'unfinished' | 'whole' | 'removed';

type Reads = Pick<Register, 'board'>;

/** The demonstration's council, where there is one. */
export async function demonstrationIn({ board }: Reads): Promise<Authority | undefined> {
  return (await board.authorityFiles()).find((each) => each.id === COUNCIL && isDemonstration(each));
}

export async function standingOf(register: Reads): Promise<Standing> {
  const authority = await demonstrationIn(register);
  if (authority === undefined) return 'none';
  const statuses = await Promise.all(REFERENCES.map((reference) => statusOf(register, authority.id, reference)));
  if (statuses.includes('withdrawn')) return 'removed';
  return statuses.at(-1) === undefined ? 'unfinished' : 'whole';
}

/** How an inspection stands that the register knows, on a list or not; undefined where it knows none. */
export async function statusOf(
  { board }: Reads,
  authority: string,
  reference: string,
): Promise<InspectionStatus | undefined> {
  const known = await board.inspections(
    new Date().toISOString(),
    { authorities: [authority], reference },
    { offset: 0, limit: 1 },
  );
  return known.rows[0]?.status;
}
