import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { shortName } from '../../../domain/authority/change/short-name.ts';
import type { BoardRegister } from '../../../register/board.ts';

/** Beyond so many inspections of one framework in one year somebody thinks of a reference themselves. */
const MOST = 20;

/**
 * A reference that no inspection of the council has had: by the framework and the year, `ilacs-2026`. Undefined where all of
 * that kind are taken.
 *
 * @param framework the framework's short name, with the year in which it was made
 */
export async function freeReference(
  board: Pick<BoardRegister, 'inspections'>,
  { authority, framework, today, now }: { authority: string; framework: string; today: CivilDate; now: string },
): Promise<string | undefined> {
  const taken: string[] = [];
  while (taken.length < MOST) {
    const reference = shortName(`${framework.replace(/-\d{4}$/, '')} ${today.slice(0, 4)}`, taken);
    const { total } = await board.inspections(now, { authorities: [authority], reference }, { offset: 0, limit: 1 });
    if (total === 0) return reference;
    taken.push(reference);
  }
  return undefined;
}
