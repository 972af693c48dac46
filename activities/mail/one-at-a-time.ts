/** A place in a queue that lets one through at a time. */
export interface Turn {
  /** Waits until everybody who asked before is done. */
  begin(): Promise<void>;
  /** Lets the next one through; right also where the turn was never begun, or is still being waited for. */
  end(): void;
}

/** A queue that lets one through at a time; whoever gave up waiting holds nobody up. */
export function oneAtATime(): () => Turn {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return {
      async begin() {
        const before = last;
        last = before.then(() => ended);
        await before;
      },
      end: () => end(),
    };
  };
}
