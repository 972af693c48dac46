import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities, MorningSummaryInput, StandInNewsInput } from '../activities/activities.ts';
import { expandCalendar } from '../domain/calendar/kept-calendar.ts';
import { createCalendar } from '../domain/calendar/working-calendar.ts';
import { nextOpening } from '../domain/lifecycle/sending-hours.ts';
import { FILE_CHANGED } from './stand-in-news-id.ts';

const { standInMails } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });

/** Tried for days, as any mail is; who stands in for longer than that hears by the mails that they get. */
const { sendStandInMail } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '30 minutes' },
});

/**
 * Tells those who stand in otherwise than before, within the council's sending hours: of several changes before that, what has come of
 * them. One for each council; a change that comes while it tells is told after it.
 */
export async function standInNews({ before: first, authority, calendar }: StandInNewsInput): Promise<void> {
  let before = first;
  let council: MorningSummaryInput = { authority, calendar };
  let changed = true;
  setHandler(defineSignal<[MorningSummaryInput]>(FILE_CHANGED), (newer) => {
    council = newer;
    changed = true;
  });
  while (changed) {
    for (let wait = untilOpening(council); wait > 0; wait = untilOpening(council)) {
      changed = false;
      await condition(() => changed, wait);
    }
    changed = false;
    const { mails, after } = await standInMails(before, new Date().toISOString());
    // Each by itself: one that is never taken keeps no other from its reader. What became of it is in the register.
    await Promise.allSettled(mails.map((mail) => sendStandInMail(mail)));
    before = after;
  }
}

/** Milliseconds until mail may go out. */
function untilOpening({ authority, calendar }: MorningSummaryInput): number {
  const now = new Date().toISOString();
  const hours = {
    calendar: createCalendar(expandCalendar(calendar, authority.closureDays)),
    sending: authority.sending,
  };
  return new Date(nextOpening(now, hours)).getTime() - new Date(now).getTime();
}
