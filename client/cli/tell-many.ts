import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { eachInspection, type Told, type ToldInspection, toldSum } from '../each-inspection.ts';
import { EXIT } from './exit.ts';
import { progressReporter, stoppable } from './many.ts';
import { colours } from './terminal.ts';

/**
 * Tells several inspections something, with progress, until all are done or somebody presses Ctrl-C; the exit code says
 * whether all were told.
 */
export async function tellMany<T>(
  inspections: readonly InspectionRef[],
  tell: (inspection: InspectionRef) => Promise<T>,
): Promise<ToldInspection<T>[]> {
  const many = await progressReporter(inspections.length, 'telling inspections …');
  const stop = stoppable();
  const so: ToldInspection<T>[] = [];
  try {
    const all = await eachInspection(inspections, tell, {
      signal: stop.signal,
      onDone: (done) => {
        so.push(done);
        many.done(`${done.inspection} ${WORDS[done.outcome].toLowerCase()}`, toldSum(so));
      },
    });
    if (all.some(({ outcome }) => outcome !== 'told')) process.exitCode = EXIT.failed;
    return all;
  } finally {
    many.end();
    stop.release();
  }
}

const WORDS: Readonly<Record<Told, string>> = {
  told: 'Told',
  refused: 'Refused',
  'not-told': 'Not told',
  'not-tried': 'Not tried',
};

/** A line for each inspection, and what to do about those that were not told. */
export function renderTold(all: readonly ToldInspection[]): string {
  const line = ({ inspection, outcome, why }: ToldInspection): string => {
    const word = WORDS[outcome].padEnd(9);
    return `${outcome === 'told' ? colours.green(word) : colours.red(word)}  ${inspection}${why === null ? '' : `: ${why}`}`;
  };
  return [
    ...all.map(line),
    ...(all.every(({ outcome }) => outcome === 'told')
      ? []
      : ['', `${toldSum(all)}. Run it again: those that have been told stay as they are.`]),
  ].join('\n');
}
