import type { Ora } from 'ora';

/** Whether a line on the error stream can be written over: a terminal that does not know its width would be written full. */
export const canOverwrite = (): boolean => process.stderr.isTTY && process.stderr.columns > 0;

/** A line on the error stream that moves on while something takes its time. Ctrl-C stays as it is. */
export async function spin(text: string): Promise<Ora> {
  const { default: ora } = await import('ora');
  return ora({ text, stream: process.stderr, discardStdin: false, isEnabled: canOverwrite() }).start();
}
