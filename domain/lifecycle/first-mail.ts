import { nextOpening } from './sending-hours.ts';
import { calendarOf, type LifecycleStart } from './state.ts';

/** What is told of a start waits for no morning: to owners it goes within sending hours, to whoever starts it at any hour. */
export const FIRST_MAIL = { kind: 'started', urgent: true } as const;

/**
 * When owners get their first mail (UTC): at once, or as soon as anybody of the council is written to.
 *
 * @param now the instant of the start, UTC
 */
export const firstMailAt = (start: Pick<LifecycleStart, 'facts' | 'calendar'>, now: string): string =>
  nextOpening(now, { calendar: calendarOf(start), sending: start.facts.authority.sending });
