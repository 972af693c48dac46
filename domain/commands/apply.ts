import { accepterOf } from '../acceptance/accepter.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { mustBeKnown, withNextStep } from '../lifecycle/next-step.ts';
import type { Facts } from '../facts/facts.ts';
import { inspectionRef } from '../inspection-ref.ts';
import { calendarOf, type Divergence, type LifecycleState } from '../lifecycle/state.ts';
import { Refusal } from '../refusal.ts';
import type { Actor } from './actor.ts';
import { mustHaveChoices } from './choices.ts';
import { type Command, type CommandName, definitionOf } from './commands.ts';
import type { Given } from './definition.ts';
import { mustBePermitted } from './may.ts';

/**
 * What a person's command makes of the state; pure, so that a validator can try it and throw the result away.
 *
 * @param now an instant, UTC
 * @throws Refusal where the command makes no sense in this state, the role may not give it, or the lifecycle could not go
 *   on with what would come of it
 */
export function apply(state: LifecycleState, command: Command, actor: Actor, now: string): LifecycleState {
  const given = { actor, now };
  const after = ofItsOnlyDate(command, () =>
    withNextStep(state, now, () => {
      mustBePossible(command.name, subjectOf(command), state, given);
      mustFollowTheInspection(command, state);
      return definitionOf(command.name).apply(state, command.payload, given);
    }),
  );
  // After what each command says itself, in words of its own.
  mustBeBounded(command, after, now);
  return after;
}

/**
 * Why a command can't be given now, whatever else it says; undefined where it can. What a page offers is asked here, by the
 * same checks that the lifecycle makes; and where something has to be named of which there is none, it refuses whatever is named.
 *
 * @param about the id of its subject; '' for the inspection itself
 */
export function refusalOf(name: CommandName, about: string, state: LifecycleState, given: Given): Refusal | undefined {
  try {
    mustBePossible(name, about, state, given);
    mustHaveChoices(definitionOf(name).choosing ?? [], state);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function mustBePossible(name: CommandName, about: string, state: LifecycleState, given: Given): void {
  if (state.diverged !== undefined) throw differs(state.facts, state.diverged);
  mustBeOpen(state);
  const { may, verb, duty, check } = definitionOf(name);
  const of = duty?.(about, state);
  const accepter = of === undefined ? undefined : accepterOf(of, state.facts.authority);
  mustBePermitted(may, verb, given.actor, state.facts, of, accepter?.role);
  check?.(about, state, given);
}

/** @throws Refusal where it is closed, or has ended otherwise */
export function mustBeOpen({ status, facts }: Pick<LifecycleState, 'status' | 'facts'>): void {
  if (status === 'open') return;
  throw new Refusal('inspection-closed', `${facts.inspection.title} is ${status}; nothing more can be done to it.`);
}

/** Whatever was changed now could be lost when the two are brought together again. */
function differs({ authority, inspection }: Facts, { why }: Divergence): Refusal {
  const ref = inspectionRef(authority.id, inspection.reference);
  return new Refusal(
    'register-differs',
    `${inspection.title} differs from the register (${why}), so nothing can be changed in it at the moment. An operator mends it with: duecourse recover ${ref}`,
  );
}

/** What has happened about an inspection has not happened before it: a year mistyped is told here, whatever the command. */
function mustFollowTheInspection(command: Command, { facts }: LifecycleState): void {
  const { from } = facts.inspection.fieldwork;
  for (const { field, day, past, label } of daysOf(command))
    if (past && day < from)
      throw new Refusal(
        'wrong-date',
        `${label} ${formatDate(day)} is before the inspection began, on ${formatDate(from)}. Look at the year.`,
        field,
      );
}

/** No date of any command is beyond what can be counted with, nor is what has happened still to come. */
function mustBeBounded(command: Command, after: LifecycleState, now: string): void {
  for (const { field, day, past, label } of daysOf(command)) {
    mustBeKnown(`"${label}"`, day, calendarOf(after), field);
    if (past && day > localDate(now))
      throw new Refusal('wrong-date', `${label} ${formatDate(day)} is in the future: ${todayInWords(now)}.`, field);
  }
}

/** A date with which nothing can be worked out follows from the one that a command sets, where it sets one alone. */
function ofItsOnlyDate<T>(command: Command, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'wrong-date' || error.field !== undefined) throw error;
    const days = daysOf(command);
    const [only, ...others] = days.length === 1 ? days : days.filter(({ past }) => !past);
    throw only === undefined || others.length > 0 ? error : new Refusal(error.code, error.message, only.field);
  }
}

interface GivenDay {
  field: string;
  day: CivilDate;
  past: boolean;
  label: string;
}

/** The dates that a command names, each with what it is asked as. */
function daysOf({ name, payload }: Command): GivenDay[] {
  const given: Partial<Record<string, unknown>> = payload;
  return Object.entries(definitionOf(name).fields).flatMap(([field, { kind, past, label }]) => {
    const day = given[field];
    return kind === 'date' && typeof day === 'string' ? [{ field, day, past: past === true, label }] : [];
  });
}

/** The id of what a command is about; '' for the inspection itself. */
export function subjectOf({ name, payload }: Command): string {
  const { subject } = definitionOf(name);
  const about: unknown = subject === 'inspection' ? '' : (payload as Partial<Record<string, unknown>>)[subject];
  return typeof about === 'string' ? about : '';
}
