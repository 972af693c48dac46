/** So many wait already: whoever comes now is turned away. */
export class LineIsFull extends Error {
  override readonly name = 'LineIsFull';
}

/**
 * Lets so many pieces of work go on at a time; the others wait, first come, first served.
 *
 * @param maxWaiting how many may wait; left out, any number
 * @returns what runs a piece of work in its turn. @throws LineIsFull where too many wait: its work is not begun
 */
export function atMost(most: number, maxWaiting = Number.POSITIVE_INFINITY): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else if (waiting.length >= maxWaiting) throw new LineIsFull();
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
