import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { council, startOf } from './facts.ts';

/** Owners `owner-1`, `owner-2` and so on, each at an address of their own. */
export function owners(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `owner-${from + index}`,
    title: `Owner ${from + index}`,
    email: `owner-${from + index}@anyborough.example.org`,
    capacity: 'manager' as const,
  }));
}

/**
 * An inspection in which each of these owners has an action of their own: one mail to each at the start. Sending hours
 * are any hour of any day but a weekend, for tests that run in real time, whatever the time is.
 */
export function manyOwners(
  roles: ReturnType<typeof owners>,
  parts: Record<string, unknown> = {},
  startedBy?: string,
): LifecycleStart {
  const actions = roles.map((owner) => ({
    id: `action-of-${owner.id}`,
    title: `Action of ${owner.title}`,
    owner: owner.id,
    due: '2030-06-28',
  }));
  const start = startOf({ actions, report: { received: '2030-01-11' }, ...parts }, startedBy);
  const authority = {
    ...council,
    roles: [...council.roles, ...roles],
    sending: { time: '00:00', from: '00:00', until: '24:00' },
  };
  return {
    ...start,
    facts: { ...start.facts, authority },
    calendar: keepCalendar({ ...calendarDataOf(start), holidays: [] }),
  };
}
