import type { WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';

/** An inspection as it runs, and its council's working days. */
export interface ReportedInspection {
  ref: InspectionRef;
  view: LifecycleView;
  facts: Pick<Facts, 'authority'>;
  calendar: WorkingCalendar;
}
