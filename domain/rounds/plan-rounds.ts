import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { formatInstant, instantAt } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts, PlanOptions } from '../facts/facts.ts';
import { agendaBy } from '../meetings/clear-days.ts';
import type { Body } from '../meetings/meetings.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { calendarSentence, citationSentence } from '../plan/citation.ts';
import type { Citation } from '../schemas/common.ts';
import type { ProgressRound } from '../schemas/rounds.ts';

/** The rule of every round. */
export const ROUND_RULE = 'progress-round';

const OWN: Citation = { cite: "The council's own way of asking for progress", confidence: 'U' };
const ACT = 'Say how each of your open actions stands. “No change” is an answer too.';
const CUT_OFF = '24:00';

/** Nobody is reminded of the round itself: those who are asked are, in their own words. */
const NO_LADDER = { before: [], after: [], inform: 0, repeatEvery: 0 };

/** The name of a duty's rounds, before their numbers. */
const roundsName = (duty: string): string => `progress-rounds/${duty.slice(duty.indexOf('/') + 1)}`;

/**
 * A round before each date of a promise that asks for progress: counted back from the body's papers. It moves with the
 * meeting, and lapses when what it is for is met.
 *
 * @param name the duty's id without its occurrence
 */
export function roundsBefore(
  duties: readonly PlannedMilestone[],
  { round, body, name }: { round: ProgressRound; body: Body | undefined; name: string },
  calendar: WorkingCalendar,
  options: PlanOptions,
): PlannedMilestone[] {
  const own = roundsName(name);
  return duties
    .filter(({ occurrence }) => occurrence === undefined || occurrence >= (options.cyclesFrom?.[own] ?? 1))
    .map((duty) => {
      const { deadline, why } = deadlineOf(duty, body, calendar);
      const due = calendar.addWorkingDays(deadline, -round.ahead);
      const opens = calendar.addWorkingDays(due, -round.days);
      return {
        ...planned(
          duty.occurrence === undefined ? own : `${own}-${duty.occurrence}`,
          { title: `Progress for: ${duty.title}`, owner: body?.papers?.officer ?? duty.owner, due, opens },
          [
            why,
            `Answers are to be there ${round.ahead} working days before, and owners have ${round.days} working days for them: they are asked on ${formatDate(opens)}.`,
          ],
          calendar,
        ),
        preparesFor: duty.id,
        neededUntil: duty.due,
        ...(body === undefined ? {} : { body: body.id }),
        ...(duty.occurrence === undefined ? {} : { occurrence: duty.occurrence }),
      };
    });
}

/** By when the answers are needed, to make a report of them. */
function deadlineOf(
  { due, title }: PlannedMilestone,
  body: Body | undefined,
  calendar: WorkingCalendar,
): { deadline: CivilDate; why: string } {
  if (body === undefined) return { deadline: due, why: `${title} is due on ${formatDate(due)}.` };
  const days = body.papers?.reportDays;
  const deadline = days === undefined ? agendaBy(due, body, calendar) : calendar.addWorkingDays(due, -days);
  const what = days === undefined ? 'the agenda is published by' : 'the report is due with the officer by';
  return { deadline, why: `${title} is due on ${formatDate(due)}; ${what} ${formatDate(deadline)}.` };
}

/** Rounds that were opened by hand. */
export function roundsByHand({ inspection, authority }: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  return (inspection.rounds ?? []).map(({ id, title, on, by }) =>
    planned(
      `progress-rounds/${id}`,
      { title: `Progress for: ${title}`, owner: authority.chain.administrator, due: by, opens: on },
      [`The round was opened by hand on ${formatDate(on)}.`],
      calendar,
    ),
  );
}

function planned(
  id: string,
  { title, owner, due, opens }: { title: string; owner: string; due: CivilDate; opens: CivilDate },
  why: string[],
  calendar: WorkingCalendar,
): PlannedMilestone {
  const dueAt = instantAt(due, CUT_OFF);
  return {
    ...{ id, strand: 'progress-rounds', title, act: ACT, due, dueAt, cutOff: CUT_OFF, owner },
    provisional: calendar.isProvisional(due),
    strength: 'commitment',
    extendable: true,
    rule: { id: ROUND_RULE, version: 1, citation: OWN, calendar: calendar.version },
    explanation: [
      ...why,
      `It closes at ${formatInstant(dueAt)}.`,
      `Source: ${citationSentence(OWN)}.`,
      calendarSentence(calendar.version),
    ],
    ladder: NO_LADDER,
    opens,
  };
}
