import { type NumberedEvent, standingEvents } from '../facts/facts.ts';
import { happeningsUnder, instrumentOfDuty } from '../facts/instruments.ts';
import type { Inspection } from '../schemas/inspection.ts';

/** That somebody outside the council has accepted a duty, where that stands on file. */
export function acceptedOnFile(inspection: Inspection, duty: string): NumberedEvent | undefined {
  return standingEvents(happeningsUnder(inspection, instrumentOfDuty(duty)), 'plan-accepted').find(
    (each) => each.duty === duty,
  );
}
