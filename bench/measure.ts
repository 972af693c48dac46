/** One line of the results: a figure, what it is measured against in the same run, and the goal. */
export interface Figure {
  what: string;
  value: string;
  against?: string;
  goal?: string;
  met?: boolean;
}

/** Nanoseconds for each call: the median of several rounds, so that one hiccup of the machine does not count. */
export function nanosecondsEach(
  work: (turn: number) => unknown,
  turns: number,
  rounds = 7,
): { median: number; spread: string } {
  const each: number[] = [];
  let sink: unknown;
  for (let round = 0; round < rounds + 1; round++) {
    const start = process.hrtime.bigint();
    for (let turn = 0; turn < turns; turn++) sink = work(turn);
    if (round > 0) each.push(Number(process.hrtime.bigint() - start) / turns);
  }
  if (sink === Symbol.iterator) throw new Error('unreachable: keeps the work from being optimised away');
  return { median: median(each), spread: `${round(Math.min(...each))}–${round(Math.max(...each))}` };
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const round = (n: number): string => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));
