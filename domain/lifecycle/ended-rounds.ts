import { addDays, type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { Facts } from '../facts/facts.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { occurrenceNumbered } from '../plan/cycles.ts';
import { cyclesOf, type NamedCycle } from '../plan/from-rules.ts';
import { milestonesOf } from './milestones.ts';
import { Refusal } from '../refusal.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/** A round of a cycle that is over: met, missed and folded, waived. */
interface EndedRound {
  title: string;
  number: number;
  on: CivilDate;
}

/**
 * Refuses other facts by which a round that is over would be on another day, or not at all: whatever comes then would have its
 * number, and nobody would be asked for it.
 *
 * @param after the same inspection's facts as they would be; a cycle that is there no more is no matter
 * @throws Refusal 'wrong-date', with the day from which the cycle can be changed
 */
export function mustKeepEndedRounds(state: LifecycleState, after: Facts): void {
  const over = renumberedRound(state, after);
  if (over === undefined) return;
  throw new Refusal(
    'wrong-date',
    `No. ${over.number} of "${over.title}", on ${formatDate(over.on)}, is over already: change the cycle from ${formatDate(addDays(over.on, 1))} on.`,
    undefined,
  );
}

/** The last round of a cycle that is over and would be on another day; undefined where none would. */
function renumberedRound(state: LifecycleState, after: Facts): EndedRound | undefined {
  const calendar = calendarOf(state);
  const then = new Map(cyclesOf(after, calendar).map((cycle) => [cycle.name, cycle]));
  for (const cycle of cyclesOf(state.facts, calendar)) {
    const other = then.get(cycle.name);
    const last = lastEnded(state, cycle.name);
    if (other === undefined || last === 0 || other.rounds === cycle.rounds) continue;
    const [before, now] = [dayOfRound(cycle, last, state), dayOfRound(other, last, state)];
    if (before !== undefined && before !== now) return { title: cycle.title, number: last, on: before };
  }
  return undefined;
}

/** The highest number of a cycle whose round has ended; 0 where none has. What is gone was not needed, and may come again. */
function lastEnded(state: LifecycleState, cycle: string): number {
  const inHand = milestonesOf(state).filter((each) => isEnded(each) && each.status !== 'lapsed');
  const away = Object.entries(state.ended).filter(([, { status }]) => status !== 'lapsed');
  const ids = [...inHand.map(({ id }) => id), ...away.map(([id]) => id)];
  const numbers = ids.flatMap((id) => (id.startsWith(`${cycle}-`) ? [Number(id.slice(cycle.length + 1))] : []));
  return Math.max((state.cyclesFrom[cycle] ?? 1) - 1, ...numbers.filter(Number.isInteger), 0);
}

function dayOfRound({ rounds }: NamedCycle, number: number, state: LifecycleState): CivilDate | undefined {
  return occurrenceNumbered(rounds, number, calendarOf(state))?.on;
}
