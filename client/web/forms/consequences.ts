import { localDate } from '../../../domain/calendar/london.ts';
import { calendarDataOf } from '../../../domain/lifecycle/state.ts';
import { type ToldNext, toldNext } from '../../../domain/lifecycle/told-next.ts';
import { NOTICE_KINDS } from '../../../domain/milestone/notice-kinds.ts';
import { byMail } from './by-mail.ts';
import { toCome } from '../inspection/to-come.ts';
import type { RunningInspection } from '../inspections.ts';
import type { Tried } from './filled-command.ts';

/** Of the dates that would move, the duties that would change hands or lapse, and who would be told, so many are listed. */
const MAX_LISTED = 50;

/** What would come of a command, as its check page shows it: what moves, what changes hands, what lapses, who is told and when. */
export function consequencesShown(
  running: RunningInspection,
  about: string,
  { moves, owners, lapsed, after }: Tried,
): object {
  const { now } = running.view;
  const told = after === undefined ? [] : toldNext(running.state, after.state, now);
  return {
    moves: moves.slice(0, MAX_LISTED),
    more: Math.max(0, moves.length - MAX_LISTED),
    owners: owners.slice(0, MAX_LISTED),
    moreOwners: Math.max(0, owners.length - MAX_LISTED),
    lapsed: lapsed.slice(0, MAX_LISTED),
    moreLapsed: Math.max(0, lapsed.length - MAX_LISTED),
    told: told.slice(0, MAX_LISTED).map((each) => inWords(each, now)),
    moreTold: Math.max(0, told.length - MAX_LISTED),
    ...reminderAfter(running, about, after),
  };
}

/** A mail in words: who reads it, what it says, and when it goes. */
const inWords = ({ kind, at, ...told }: ToldNext, now: string) => ({
  ...told,
  what: NOTICE_KINDS[kind].words,
  when: byMail(at, now),
});

/** Of the duty that it is about: the next reminder after it, or that none is to come any more. */
function reminderAfter(running: RunningInspection, about: string, after: Tried['after']): object {
  if (after === undefined) return {};
  const today = localDate(running.view.now);
  const of = ({ state, view }: Pick<RunningInspection, 'state' | 'view'>) => {
    const duty = view.milestones.find(({ id }) => id === about);
    return duty === undefined ? [] : toCome(duty, { facts: state.facts, calendar: calendarDataOf(state) }, today);
  };
  const [was, is] = [of(running)[0], of(after)[0]];
  return { reminder: is, noMoreReminders: was !== undefined && is === undefined };
}
