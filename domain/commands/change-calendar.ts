import { roleTitle } from '../authority/roles.ts';
import { authorityCalendar } from '../calendar/authority-calendar.ts';
import { differenceInWords, holidayDifference } from '../calendar/published-holidays.ts';
import { keepCalendar } from '../calendar/kept-calendar.ts';
import { record } from '../lifecycle/record.ts';
import { calendarDataOf } from '../lifecycle/state.ts';
import { replan } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import { command } from './definition.ts';

/**
 * Bank holidays have changed: every milestone not yet met whose count crosses a day that is new or gone moves, and its
 * owner is told once. The same days a second time change nothing.
 */
export const changeCalendar = command({
  subject: 'inspection',
  title: 'Approve bank holidays',
  help: 'Brings approved bank holidays to the inspection. What is not yet met is worked out again.',
  fields: { published: { kind: 'published', label: 'The published days' } },
  may: { capacities: ['administrator'] },
  verb: 'approve bank holidays',
  done: 'The bank holidays are approved.',
  entries: ['calendar-changed'],
  form: { aside: 'they are approved for the whole council, not for one inspection' },
  cli: { aside: '`duecourse calendar approve` brings them to every inspection of the council' },
  api: { aside: 'they are approved for the whole council, not for one inspection' },
  apply(state, { published }, { actor, now }) {
    const { facts } = state;
    const { division, name } = facts.authority;
    if (published.division !== division)
      throw new Refusal(
        'wrong-authority',
        `${name} counts by the bank holidays of ${division}; these are those of ${published.division}.`,
      );
    const before = calendarDataOf(state);
    const after = authorityCalendar(before, facts.authority, published);
    if (after.version === before.version) return state;
    const difference = holidayDifference(before, after);
    const changed = differenceInWords(difference);
    const recorded = record({ ...state, calendar: keepCalendar(after) }, now, [
      {
        kind: 'calendar-changed',
        actor,
        text: `New bank holidays approved by ${roleTitle(facts.authority, actor.role)}: ${changed === '' ? 'the days are the same' : changed}.`,
        data: { from: before.version, to: after.version, ...difference },
      },
    ]);
    return replan(state, recorded, now, changed === '' ? 'the bank holidays were published' : changed);
  },
});
