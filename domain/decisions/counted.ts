import type { CallIn, Decision, Inspection } from '../schemas/inspection.ts';

/** A call-in with its number among those of its decision, from 1: one that was withdrawn keeps its own. */
export interface NumberedCallIn extends CallIn {
  number: number;
}

const counts = ({ withdrawn }: { withdrawn?: string | undefined }): boolean => withdrawn === undefined;

/** The decisions that count: those that were recorded by mistake stay on file. */
export const countedDecisions = ({ decisions }: Pick<Inspection, 'decisions'>): Decision[] => decisions.filter(counts);

/** The call-ins that count, of decisions that do. */
export function countedCallIns({ decisions, callIns }: Pick<Inspection, 'decisions' | 'callIns'>): NumberedCallIn[] {
  const counted = new Set(countedDecisions({ decisions }).map(({ id }) => id));
  const numbers = new Map<string, number>();
  return callIns
    .map((each) => {
      const number = (numbers.get(each.decision) ?? 0) + 1;
      numbers.set(each.decision, number);
      return { ...each, number };
    })
    .filter((each) => each.withdrawn === undefined && counted.has(each.decision));
}

/** The call-in of a decision that counts; undefined where it has not been called in, or that was withdrawn. */
export const callInOf = (
  inspection: Pick<Inspection, 'decisions' | 'callIns'>,
  decision: string,
): NumberedCallIn | undefined => countedCallIns(inspection).find((each) => each.decision === decision);
