import type { WebParts } from '../web/parts.ts';
import { isToBeSetUp, SET_UP_DAYS, setUpAddress } from '../web/set-up/link.ts';

/** Where no council is on record yet but a demonstration: the address by which one is set up on a page. */
export async function saySetUp(
  parts: Pick<WebParts, 'register' | 'boardUrl' | 'secret'>,
  say: (line: string) => void,
): Promise<void> {
  if (!(await isToBeSetUp(parts.register))) return;
  say(
    `\nYour own council is set up on a page, without files: ${setUpAddress(parts, new Date())}\nWhoever opens it becomes its administrator. Good for ${SET_UP_DAYS} days, and until a council is set up; every start prints a new one.`,
  );
}
