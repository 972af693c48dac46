import { atMost } from '../platform/at-most.ts';
import type { Database, Queries } from './database.ts';

/** Whoever reads of so many councils looks through all rows, and is the operator. */
const MANY_COUNCILS = 10;

/**
 * Reads of many councils go one after the other, on one connection and one of the database's processors: a reader of all councils
 * takes no more from those who read of their own.
 */
export function wideInTurn(
  database: Pick<Database, 'query' | 'inTransaction'>,
): <T>(of: { authorities: readonly string[] }, read: (queries: Queries) => Promise<T>) => Promise<T> {
  const oneAtATime = atMost(1);
  return (of, read) =>
    of.authorities.length < MANY_COUNCILS ? read(database) : oneAtATime(() => database.inTransaction(read, 'wide'));
}
