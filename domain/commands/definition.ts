import { followSubmission } from '../acceptance/follow-submission.ts';
import { roleTitle } from '../authority/roles.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import { endedMilestone } from '../lifecycle/ended.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { calendarOf, type LifecycleState } from '../lifecycle/state.ts';
import type { Effect } from '../milestone/effect.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { STRANDS } from '../strands/strands.ts';
import type { Actor } from './actor.ts';
import type { Chosen } from './choices.ts';
import type { Fields, PayloadOf } from './fields.ts';
import { endedAlready } from './ended-already.ts';
import { endedId, findMilestone } from './find-milestone.ts';
import { followEnd } from './follow-end.ts';
import type { May } from './may.ts';

/** What a command is about: a field of this name holds its id. */
export type Subject = 'milestone' | 'decision' | 'question' | 'session' | 'inspection';

/** Who gives a command, and when; `now` is an instant, UTC. */
export interface Given {
  actor: Actor;
  now: string;
}

/** Where a command is offered; set aside on purpose, it says why. */
export type Offer = 'offered' | { aside: string };

/** Whatever a command is to a person, and whatever it does, said once: handlers, routes, forms and options follow from it. */
export interface CommandDefinition<S extends Subject = Subject, F extends Fields = Fields> {
  subject: S;
  /** What a button, a heading and a list of the API call it. */
  title: string;
  /** What it means, in a sentence or two, before somebody gives it. */
  help: string;
  /** Beside the field of its subject. */
  fields: F;
  /** Those of its fields that a form asks by what is on the inspection. */
  choosing?: readonly Chosen[];
  may: May;
  /** What is refused to others, after "may not". */
  verb: string;
  /** What is said once it is done. */
  done: string;
  /** What can't be taken back. */
  warning?: string;
  /** The kinds of entry by which it goes on record. */
  entries: readonly EntryKind[];
  /** Not offered to somebody who may give this one instead: what it would do there is the same, or more. */
  yieldsTo?(about: string, state: LifecycleState, given: Given): string | undefined;
  /** What it means of its subject in particular, where that is otherwise from one to the other; else `help` does. */
  means?(about: string, state: LifecycleState, given: Given): string;
  /** What is said once it is done, as its subject stands then; else `done` does. */
  doneOf?(about: string, state: LifecycleState): string;
  form: Offer;
  cli: Offer;
  api: Offer;
  /** The duty by whose owner it is permitted. @throws Refusal where there is no such subject */
  duty?(about: string, state: LifecycleState): Milestone | undefined;
  /** Refuses what makes no sense whatever else is said; asked before `apply`, and by pages for what to offer. */
  check?(about: string, state: LifecycleState, given: Given): void;
  /** The state after it. @throws Refusal */
  apply(state: LifecycleState, payload: PayloadOf<F> & SubjectOf<S>, given: Given): LifecycleState;
}

/** The field that holds the id of what a command is about. */
export type SubjectOf<S extends Subject> = S extends 'inspection' ? unknown : { [N in S]: string };

type Defaults = 'form' | 'cli' | 'api';

/** A command, with the channels that it does not set aside. */
export function command<const S extends Subject, const F extends Fields>(
  definition: Omit<CommandDefinition<S, F>, Defaults> & Partial<Pick<CommandDefinition<S, F>, Defaults>>,
): CommandDefinition<S, F> {
  return { form: 'offered', cli: 'offered', api: 'offered', ...definition };
}

/** What a step of one milestone needs to know beside it. `now` is an instant, UTC. */
export interface StepContext extends Given {
  facts: Facts;
  calendar: WorkingCalendar;
  /** A file says that it happened before the start: it is judged by the dates of then. */
  onFile?: true;
  /** The number of the entry by which the step goes on record: where the words that it says are kept. */
  seq: number;
}

/** What is particular to a command about one milestone; the rest is the same for all of them. */
interface MilestoneSteps<F extends Fields> {
  effect: Effect;
  entry: EntryKind;
  /** Another kind than that by which it may go on record, as the milestone is after it. */
  entryAfter?: { kind: EntryKind; where(after: Milestone): boolean };
  /** It may be about a duty that has ended, too. */
  takesEnded?: true;
  /** As in {@link CommandDefinition}, of the milestone. */
  yieldsTo?(milestone: Milestone, context: StepContext): string | undefined;
  means?(milestone: Milestone, context: StepContext): string;
  /** The milestone is undefined where it has been put away. */
  doneOf?(milestone: Milestone | undefined, facts: Facts): string;
  /** Refuses what makes no sense in the milestone's present state, whatever the payload. */
  possible?(milestone: Milestone, context: StepContext): void;
  /** The milestone after it. Pure. @throws Refusal with a sentence for the person who asked */
  step(milestone: Milestone, payload: PayloadOf<F>, context: StepContext): Milestone;
  /** One sentence for the record, after the milestone's title. */
  sentence(payload: PayloadOf<F>, about: { before: Milestone; after: Milestone; who: string; facts: Facts }): string;
  /** What follows beside the milestone itself, once that is on record. @throws Refusal */
  also?(state: LifecycleState, payload: PayloadOf<F>, about: { milestone: Milestone; given: Given }): LifecycleState;
  /** What its entry says in particular, beside the payload. */
  data?(payload: PayloadOf<F>, about: { before: Milestone; after: Milestone; facts: Facts }): Record<string, unknown>;
}

type Words<F extends Fields> = Pick<
  CommandDefinition<'milestone', F>,
  'title' | 'help' | 'fields' | 'may' | 'verb' | 'done' | 'warning'
>;

/** A command about one milestone. */
export interface MilestoneCommandDefinition<F extends Fields = Fields> extends CommandDefinition<'milestone', F> {
  step: MilestoneSteps<F>['step'];
}

/**
 * Defines a command about one milestone: it is found, the strand is asked whether it takes the command, and what follows
 * from its end (preparations that lapse, a cycle that goes on) is the same whatever ended it.
 */
export function milestoneCommand<const F extends Fields>({
  effect,
  entry,
  entryAfter,
  takesEnded,
  possible,
  step,
  sentence,
  data: more,
  also,
  yieldsTo,
  means,
  doneOf,
  ...words
}: Words<F> & MilestoneSteps<F>): MilestoneCommandDefinition<F> {
  const check = (milestone: Milestone, context: StepContext): void => {
    if (takesEnded !== true && isEnded(milestone)) throw endedAlready(context.facts, milestone);
    const why = STRANDS[milestone.strand].refuses(effect, milestone);
    if (why !== undefined) throw new Refusal('wrong-state', why);
    possible?.(milestone, context);
  };
  const checkedStep = (milestone: Milestone, payload: PayloadOf<F>, context: StepContext): Milestone => {
    check(milestone, context);
    return step(milestone, payload, context);
  };
  const find = (state: LifecycleState, name: string): Milestone => {
    const ended = takesEnded === true ? endedMilestone(state, endedId(state, name) ?? name) : undefined;
    return ended ?? findMilestone(state, name);
  };
  const contextOf = (state: LifecycleState, given: Given): StepContext => ({
    ...given,
    facts: state.facts,
    calendar: calendarOf(state),
    seq: state.seq + 1,
  });
  return {
    ...command({
      ...words,
      ...(yieldsTo === undefined
        ? {}
        : { yieldsTo: (about, state, given) => yieldsTo(find(state, about), contextOf(state, given)) }),
      ...(means === undefined
        ? {}
        : { means: (about, state, given) => means(find(state, about), contextOf(state, given)) }),
      ...(doneOf === undefined ? {} : { doneOf: (about, state) => doneOf(milestoneOf(state, about), state.facts) }),
      subject: 'milestone',
      entries: [entry, ...(entryAfter === undefined ? [] : [entryAfter.kind])],
      duty: (about, state) => find(state, about),
      check: (about, state, given) => check(find(state, about), contextOf(state, given)),
      apply(state, payload, given) {
        const before = find(state, payload.milestone);
        const after = checkedStep(before, payload, contextOf(state, given));
        const { milestone: _id, ...data } = payload;
        const text = sentence(payload, {
          before,
          after,
          who: roleTitle(state.facts.authority, given.actor.role),
          facts: state.facts,
        });
        const recorded = record(withMilestones(inHand(state, after), after), given.now, [
          {
            kind: entryAfter?.where(after) === true ? entryAfter.kind : entry,
            milestone: after,
            actor: given.actor,
            text: `${before.title}: ${text}`,
            data: {
              ...data,
              ...more?.(payload, { before, after, facts: state.facts }),
              due: after.due,
              dueVersion: after.dueVersion,
            },
          },
        ]);
        const followed = also?.(recorded, payload, { milestone: after, given }) ?? recorded;
        return followSubmission(followEnd(followed, after, given.now), after, given);
      },
    }),
    step: checkedStep,
  };
}

/** One that was put away is in hand again. */
function inHand(state: LifecycleState, { id }: Milestone): LifecycleState {
  if (state.ended[id] === undefined) return state;
  const { [id]: _ended, ...ended } = state.ended;
  return { ...state, ended };
}
