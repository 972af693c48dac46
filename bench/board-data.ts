import type { Register } from '../register/register.ts';
import { addDays } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import { apply } from '../domain/commands/apply.ts';
import { milestonesOf } from '../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { isOverdue, isPending } from '../domain/milestone/milestone-state.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import type { Command } from '../domain/commands/commands.ts';
import { council, startOf } from '../test/support/facts.ts';
import { seeded } from '../test/support/seeded.ts';

export const COUNCILS = 153;
export const INSPECTIONS = 10_000;
/** With the plan that the law asks for, 12 milestones each: one is submitted, one is met, ten are still to be done. */
const ACTIONS = 11;
/** Due from so many days ago to so many ahead: a tenth of what is open is late. */
const DAYS_AGO = 40;
const DAYS_AHEAD = 360;
const SIDE_BY_SIDE = 8;

/** Somebody who is an administrator of every council. */
export const REGIONAL = 'regional@oversight.example.org';
export const directorOf = (authority: string): string => `director@${authority}.example.org`;

/** What duties are about: each is found by a word of its own. */
export const TOPICS = ['caseloads', 'supervision', 'placements', 'assessments', 'pathways', 'chronologies', 'visits'];

/** What is in the register, counted as it was planned. */
export interface Filled {
  authorities: Authority[];
  pending: number;
  overdue: number;
  held: number;
  milestones: number;
}

/** A council with the roles of the tests' own, each at an address of its own; its administrator is everybody's. */
function councilOf(number: number): Authority {
  const id = `council-${String(number + 1).padStart(3, '0')}`;
  const roles = council.roles.map((role) => {
    if (role.email === undefined) return role;
    return { ...role, email: role.id === 'democratic-services' ? REGIONAL : `${role.id}@${id}.example.org` };
  });
  return { ...council, id, name: `Council ${number + 1}`, roles };
}

/** Ten thousand inspections by the register's own way in: planned, changed by commands, appended to their chains. */
export async function fill(register: Register, now: string): Promise<Filled> {
  const authorities = Array.from({ length: COUNCILS }, (_, number) => councilOf(number));
  for (const authority of authorities) await register.board.keepAuthority(authority, now);
  const filled: Filled = { authorities, pending: 0, overdue: 0, held: 0, milestones: 0 };
  const waiting = authorities.entries();
  const some = async (): Promise<void> => {
    for (const [place, authority] of waiting)
      for (let number = place; number < INSPECTIONS; number += COUNCILS) {
        const state = inspection(authority, number, now);
        const { inspection: key } = state.facts;
        const which = { authority: authority.id, reference: key.reference, inspectionTitle: key.title };
        await register.append(which, state.unrecorded);
        count(filled, state, now);
      }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, some));
  return filled;
}

function count(filled: Filled, state: LifecycleState, now: string): void {
  for (const each of milestonesOf(state)) {
    filled.milestones++;
    if (isPending(each)) filled.pending++;
    if (isOverdue(each, now)) filled.overdue++;
    if (each.status === 'held') filled.held++;
  }
}

/** One inspection as it stands now: an action submitted, one met, every fourth inspection with one on hold. */
function inspection(authority: Authority, number: number, now: string): LifecycleState {
  const today = localDate(now);
  const random = seeded(number + 1);
  const owners = authority.roles.filter((role) => role.email !== undefined && role.email !== REGIONAL);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const actions = Array.from({ length: ACTIONS }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1}: ${pick(TOPICS)} reviewed by ${pick(TOPICS)}`,
    owner: pick(owners)?.id,
    due: addDays(today, Math.floor(random() * (DAYS_AGO + DAYS_AHEAD)) - DAYS_AGO),
  }));
  const received = addDays(today, -60 - (number % 90));
  const start = startOf({
    reference: `i-${number + 1}`,
    title: `Inspection ${number + 1} of ${authority.name}`,
    fieldwork: { from: addDays(received, -60), until: addDays(received, -30) },
    report: { received },
    actions,
  });
  const own = { ...start, facts: { ...start.facts, authority } };
  const opened = openLifecycle(own, `${addDays(received, 1)}T09:00:00.000Z`);
  const done: Command[] = [
    { name: 'submit', payload: { milestone: 'improvement-actions/a1' } },
    { name: 'complete', payload: { milestone: 'improvement-actions/a2', on: today } },
  ];
  const reviewOn = addDays(today, 30);
  if (number % 4 === 0)
    done.push({
      name: 'hold',
      payload: { milestone: 'improvement-actions/a3', reason: 'awaiting a review', reviewOn },
    });
  const actor = { id: 'bench', role: 'director' };
  return done.reduce((state, command) => apply(state, command, actor, now), opened);
}
