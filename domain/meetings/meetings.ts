import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import type { Authority } from '../schemas/authority.ts';

export type Body = Authority['bodies'][number];

/** A date on which a body meets, or was to meet. */
export interface Meeting {
  on: CivilDate;
  /** Why it does not take place; absent where it does. */
  cancelled?: string;
}

/** A body's meetings by date: those that were moved are cancelled on the one day and held on the other. */
export function meetingsOf(body: Body): Meeting[] {
  const meetings = body.meetings.flatMap((each): Meeting[] => {
    if (typeof each === 'string') return [{ on: each }];
    if (each.movedTo !== undefined)
      return [{ on: each.on, cancelled: each.cancelled ?? `it was moved to ${each.movedTo}` }, { on: each.movedTo }];
    return [each.cancelled === undefined ? { on: each.on } : { on: each.on, cancelled: each.cancelled }];
  });
  return meetings.sort((a, b) => compareDates(a.on, b.on));
}

/** The dates on which a body does meet. */
export function meetingDates(body: Body): CivilDate[] {
  return meetingsOf(body).flatMap((each) => (each.cancelled === undefined ? [each.on] : []));
}
