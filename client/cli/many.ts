import { canOverwrite, spin } from './spinner.ts';
import { progress } from './terminal.ts';

/** Tells how far a long piece of work has come, on the error stream. */
export interface Many {
  /** One more is done: `line` says what became of it, `sum` how all stand. */
  done(line: string, sum: string): void;
  end(): void;
}

/** On a terminal one line that moves on; elsewhere, where lines are kept, one for each. */
export async function progressReporter(total: number, what: string): Promise<Many> {
  let count = 0;
  if (!canOverwrite()) return { done: (line) => progress(`${++count} of ${total}: ${line}`), end: () => undefined };
  const spinner = await spin(what);
  return {
    done: (_line, sum) => (spinner.text = `${++count} of ${total}: ${sum}`),
    end: () => void spinner.stop(),
  };
}

/** Aborts at the first Ctrl-C or SIGTERM, so that what is under way comes to its end; a second one ends the process. */
export function stoppable(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const ask = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    progress('Stopping; what is under way is brought to its end. Once more, and it stops at once.');
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', ask);
      process.off('SIGTERM', ask);
    },
  };
}
