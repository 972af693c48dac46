import type { Confidence, Period } from '../../domain/schemas/common.ts';

/** How sure a source is, in words. */
export const CONFIDENCE: Record<Confidence, string> = {
  H: 'the text itself was read',
  M: 'from a secondary source',
  L: 'not verified',
  U: 'the council’s own statement',
};

const UNITS: Record<Period['unit'], string> = { 'working-day': 'working day', 'calendar-day': 'day', month: 'month' };

/** A period as people say it: "90 working days after the day", "every 3 months". */
export function periodInWords({ period, repeats = false }: { period: Period; repeats?: boolean }): string {
  const { n, unit, convention } = period;
  const count = `${n} ${UNITS[unit]}${n === 1 ? '' : 's'}`;
  if (repeats) return `every ${n === 1 ? UNITS[unit] : count}`;
  if (convention === 'beginning-with') return `${count} beginning with the day`;
  return convention === 'clear-before' ? `${n} clear ${UNITS[unit]}s before the day` : `${count} after the day`;
}
