/** How a place in a line is given back; undefined where the turn did not come in time. */
export type Turn = (() => void) | undefined;

/** One line for each key: a few are let through at a time, the others wait in order, each no longer than it may. */
export class Line {
  private readonly most: number;
  private readonly lines = new Map<string, { free: number; waiting: ((turn: Turn) => void)[] }>();

  /** @param most how many of one key are let through at a time */
  constructor(most: number) {
    this.most = most;
  }

  /** Waits for a turn, for so many milliseconds at most. Whoever gets one gives it back. */
  async turn(key: string, waitMs: number): Promise<Turn> {
    const line = this.lines.get(key) ?? { free: this.most, waiting: [] };
    this.lines.set(key, line);
    if (line.free > 0) {
      line.free--;
      return this.leaving(key);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(admit), 1);
        resolve(undefined);
      }, waitMs);
      const admit = (turn: Turn): void => {
        clearTimeout(timer);
        resolve(turn);
      };
      line.waiting.push(admit);
    });
  }

  private leaving(key: string): () => void {
    let left = false;
    return () => {
      const line = this.lines.get(key);
      if (left || line === undefined) return;
      left = true;
      const next = line.waiting.shift();
      if (next !== undefined) next(this.leaving(key));
      else if (++line.free === this.most) this.lines.delete(key);
    };
  }
}
