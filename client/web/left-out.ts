import type { WebParts } from './parts.ts';

/** Where the inspections are listed that have ended. */
const ENDED = '/inspections?ended=only';

/** What a page leaves out that shows open inspections alone. */
export interface LeftOut {
  inspections: number;
  href: string;
}

/**
 * How many inspections of some authorities have ended, and where they are; undefined where none has.
 *
 * @param now an instant, UTC
 */
export async function leftOutOf(
  { register }: Pick<WebParts, 'register'>,
  now: string,
  authorities: readonly string[],
): Promise<LeftOut | undefined> {
  if (authorities.length === 0) return undefined;
  const { total } = await register.board.inspections(now, { authorities, open: false }, { offset: 0, limit: 0 });
  return total === 0 ? undefined : { inspections: total, href: ENDED };
}
