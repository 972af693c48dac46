import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { Register } from '../../register/register.ts';
import { recordedCalendars } from '../calendars.ts';
import type { Services } from '../connect.ts';
import { asOfDay, type Reported } from '../documents/as-of-day.ts';
import type { ReportedInspection } from '../documents/reported-inspection.ts';
import { withRegister, withServices } from './services.ts';

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

/**
 * What a document is made from: the inspection as it runs now, or as it stood at the end of a day, by the register alone.
 *
 * @throws Refusal where the day is not over, or nothing is on record of then
 */
export function withReported<T>(
  ref: InspectionRef,
  on: string | undefined,
  work: (reported: Reported<Register>) => Promise<T>,
): Promise<T> {
  if (on !== undefined)
    return withRegister(async (register) => work(await asOfDay(register, ref, { on, now: new Date().toISOString() })));
  return withServices(async (services) =>
    work({
      found: (await reportedBy(services, ref)).found,
      register: services.register,
      marked: (document) => document,
    }),
  );
}
