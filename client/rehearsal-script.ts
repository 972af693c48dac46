import { calendarOf } from '../domain/lifecycle/state.ts';
import { addDays, type CivilDate } from '../domain/calendar/civil-date.ts';
import { instantAt } from '../domain/calendar/london.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { triggerOf } from '../domain/facts/facts.ts';
import { preview } from '../domain/preview/preview.ts';
import type { Actor } from '../domain/commands/actor.ts';
import { endsIt } from '../domain/commands/past-command.ts';
import { windowId } from '../domain/strands/call-in-window.ts';
import { isRound } from '../domain/rounds/answers.ts';
import { notAmong } from '../domain/nearest.ts';
import { BadRequest } from './bad-request.ts';

/** Something a person does in a rehearsal. */
export interface Turn {
  /** The story's instant, UTC. */
  at: string;
  name: 'complete' | 'submit';
  milestone: string;
  actor: Actor;
}

/** How many working days early a diligent owner is. */
const EARLY = 2;

/**
 * Who does what in a rehearsal: every milestone is met by its owner two working days before it is due, but for those
 * in `miss`. The story begins at 10:00 on the day the report arrived.
 *
 * @throws BadRequest where `miss` names something that is not in the plan
 */
export function script(
  start: LifecycleStart,
  options: { miss: string[]; until?: CivilDate },
): { begin: string; end: string; turns: Turn[] } {
  const { facts } = start;
  const calendar = calendarOf(start);
  const day =
    triggerOf(facts.inspection, 'report-received', 'report-published')?.date ?? facts.inspection.fieldwork.until;
  // What the file says has happened by then has: the story begins after it.
  const begin = facts.inspection.happened
    .map((past) => instantAt(past.on, past.at))
    .reduce((latest, at) => (at > latest ? at : latest), instantAt(day, '10:00'));
  const shown = preview(facts, calendar, options.until === undefined ? {} : { until: options.until });
  const missed = options.miss.map((name) => {
    const found = shown.milestones.filter((each) => each.id === name || each.id.endsWith(`/${name}`));
    if (found.length === 1 && found[0] !== undefined) return found[0].id;
    throw new BadRequest(
      notAmong(
        `--miss: the plan has ${found.length === 0 ? 'no milestone' : 'more than one milestone'}`,
        name,
        shown.milestones.map((each) => each.id),
        'It has',
      ),
    );
  });
  const over = new Set([
    ...missed,
    ...facts.inspection.happened.filter(endsIt).map((past) => past.milestone),
    ...facts.inspection.decisions.map((each) => windowId(each.id)),
  ]);
  const turns = shown.milestones
    // What is met by what is on file, and what ends of itself, nobody has to do.
    .filter((each) => !over.has(each.id) && each.due <= shown.until && each.metOn === undefined && !isRound(each))
    .map((each): Turn => {
      const early = instantAt(calendar.addWorkingDays(each.due, -EARLY), '11:00');
      const soonest = instantAt(calendar.addWorkingDays(day, 1), '11:00');
      return {
        at: early < soonest ? soonest : early,
        name: each.strand === 'plan-submission' ? 'submit' : 'complete',
        milestone: each.id,
        actor: { id: 'rehearsal', role: each.owner },
      };
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { begin, end: instantAt(addDays(shown.until, 1), '00:00'), turns };
}
