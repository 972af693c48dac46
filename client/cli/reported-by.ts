import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { recordedCalendars } from '../calendars.ts';
import type { Services } from '../connect.ts';
import type { ReportedInspection } from '../documents/reported-inspection.ts';

/** An inspection as it runs now, with its council's calendar as it is on record. */
export async function reportedBy(
  { engine, register }: Pick<Services, 'engine' | 'register'>,
  ref: InspectionRef,
): Promise<{ found: ReportedInspection; state: LifecycleState }> {
  const { authority } = partsOf(ref);
  const all = await register.list(new Date().toISOString());
  const calendars = await recordedCalendars(
    register,
    all.filter((each) => each.authority === authority),
  );
  const { state, view } = await engine.inspect(ref);
  return { found: { ref, view, facts: state.facts, calendar: calendars(authority) }, state };
}
