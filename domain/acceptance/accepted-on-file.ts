import { type NumberedEvent, standingEvents } from '../facts/facts.ts';
import { happeningsUnder, instrumentOfDuty } from '../facts/instruments.ts';
import { localDate } from '../calendar/london.ts';
import type { Milestone } from '../milestone/milestone.ts';
import type { Inspection } from '../schemas/inspection.ts';

/** That somebody outside the council has accepted a duty, where that stands on file. */
export function acceptedOnFile(inspection: Inspection, duty: string): NumberedEvent | undefined {
  return standingEvents(happeningsUnder(inspection, instrumentOfDuty(duty)), 'plan-accepted').find(
    (each) => each.duty === duty,
  );
}

/** That it was submitted again after it had been sent back, where that stands on file and the submission is still in hand. */
export function submittedAgainOnFile(
  inspection: Inspection,
  { id, status, submitted, returned = [] }: Milestone,
): NumberedEvent | undefined {
  if (status !== 'submitted' || submitted === undefined || returned.length === 0) return undefined;
  const on = localDate(submitted.at);
  return standingEvents(happeningsUnder(inspection, instrumentOfDuty(id)), 'plan-resubmitted').find(
    (each) => each.on === on && (each.duty ?? id) === id,
  );
}
