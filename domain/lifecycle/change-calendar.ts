import { authorityCalendar } from '../calendar/authority-calendar.ts';
import { differenceInWords, holidayDifference, type PublishedHolidays } from '../calendar/published-holidays.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { roleTitle } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import { record } from './record.ts';
import { replan } from './replan.ts';
import type { LifecycleState } from './state.ts';

/**
 * Bank holidays have changed: every milestone not yet met whose count crosses a day that is new or gone moves, and its
 * owner is told once. The same days a second time change nothing.
 *
 * @throws Refusal where they are another division's, or the role may not approve them
 */
export function changeCalendar(
  state: LifecycleState,
  { published }: CommandPayload<'changeCalendar'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('changeCalendar', actor, facts);
  const { division, name } = facts.authority;
  if (published.division !== division)
    throw new Refusal(
      'wrong-authority',
      `${name} counts by the bank holidays of ${division}; these are those of ${published.division}.`,
    );
  const calendar = authorityCalendar(state.calendar, facts.authority, published);
  if (calendar.version === state.calendar.version) return state;
  const difference = holidayDifference(state.calendar, calendar);
  const changed = differenceInWords(difference);
  const recorded = record({ ...state, calendar }, now, [
    {
      kind: 'calendar-changed',
      actor,
      text: `New bank holidays approved by ${roleTitle(facts.authority, actor.role)}: ${changed === '' ? 'the days are the same' : changed}.`,
      data: { from: state.calendar.version, to: calendar.version, ...difference },
    },
  ]);
  return replan(recorded, now, changed === '' ? 'the bank holidays were published' : changed);
}

/** A milestone that would move. */
export interface Move {
  milestone: string;
  title: string;
  owner: string;
  from: CivilDate;
  to: CivilDate;
}

/** Which open milestones would move if bank holidays were to change, and from when to when; nothing is changed. */
export function movesUnder(state: LifecycleState, published: PublishedHolidays, now: string): Move[] {
  if (state.status !== 'open' || published.division !== state.facts.authority.division) return [];
  const asked = { id: 'question', role: state.facts.authority.chain.administrator };
  const after = changeCalendar(state, { published }, asked, now);
  return Object.values(state.milestones).flatMap((before) => {
    const moved = after.milestones[before.id];
    if (moved === undefined || moved.dueAt === before.dueAt) return [];
    return [{ milestone: before.id, title: before.title, owner: before.owner, from: before.due, to: moved.due }];
  });
}
