import { inspectionRef } from '../../../domain/inspection-ref.ts';

/** Inspections that are asked how they stand; of the others only what the register has is shown. */
export const MAX_ASKED = 20;

interface Named {
  authority: string;
  reference: string;
}

/**
 * Which inspections are asked for somebody's page: those in which something waits, then others that are open. And how many
 * that are open are left out.
 *
 * @param named those in which something waits, all of them open, each as often as it is named
 * @param open the first of the `total` that are open in the authorities that somebody administers
 */
export function toAsk<N extends Named>(
  named: readonly N[],
  open: { rows: readonly N[]; total: number },
  administered: readonly string[],
): { asked: N[]; notAsked: number } {
  const each = new Map([...named, ...open.rows].map((one) => [inspectionRef(one.authority, one.reference), one]));
  const asked = [...each.values()].slice(0, MAX_ASKED);
  // In their own authorities all that are open are counted; of others', those that are named.
  const elsewhere = [...each.values()].filter(({ authority }) => !administered.includes(authority)).length;
  return { asked, notAsked: Math.max(0, open.total + elsewhere - asked.length) };
}
