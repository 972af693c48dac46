import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { step } from '../milestone/step.ts';
import { roleTitle } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import type { Question } from '../schemas/inspection.ts';
import { QUESTION_RULE, questionId } from '../strands/member-briefings.ts';
import { record } from './record.ts';
import { replan } from './replan.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/**
 * A member asks something about the inspection: it goes to the director, with a date by which it is to be answered.
 *
 * @throws Refusal 'duplicate' | 'wrong-date' | 'unknown-rule' | 'not-permitted'
 */
export function ask(
  state: LifecycleState,
  { id, by, text, on }: CommandPayload<'ask'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('ask', actor, facts);
  const questions = facts.inspection.questions ?? [];
  const name = id ?? `q${questions.length + 1}`;
  if (questions.some((each) => each.id === name))
    throw new Refusal('duplicate', `There is a question "${name}" already.`);
  if (!facts.rules.some((rule) => rule.id === QUESTION_RULE))
    throw new Refusal(
      'unknown-rule',
      `The rules that this inspection began with do not say by when a member's question is to be answered.`,
    );
  const askedOn = dayOf(on, now, 'asked');
  const asked: Question = { id: name, askedOn, by, text };
  const recorded = record(withQuestions(state, [...questions, asked]), now, [
    {
      kind: 'question-asked',
      actor,
      text: `Question ${name}, asked by a member on ${formatDate(askedOn)}: ${text}`,
      data: { question: name, askedOn },
    },
  ]);
  const planned = replan(recorded, now, `question ${name} was asked`);
  const milestone = planned.milestones[questionId(name)];
  if (milestone === undefined) return planned;
  const told = announce(milestone, {
    kind: 'question-asked',
    to: milestone.owner,
    readyAt: now,
    urgent: false,
    text: `A member asks: ${text}`,
  });
  return { ...planned, milestones: { ...planned.milestones, [told.id]: told } };
}

/**
 * The answer: it meets the question's milestone, and goes to all members with the next briefing.
 *
 * @throws Refusal 'unknown-question' | 'wrong-state' | 'wrong-date' | 'not-permitted'
 */
export function answer(
  state: LifecycleState,
  { question, text, on }: CommandPayload<'answer'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  const questions = facts.inspection.questions ?? [];
  const asked = questions.find((each) => each.id === question);
  if (asked === undefined)
    throw new Refusal(
      'unknown-question',
      `There is no question "${question}" here; there are ${questions.map((each) => each.id).join(', ') || 'none'}.`,
    );
  if (asked.answer !== undefined)
    throw new Refusal('wrong-state', `Question ${question} was already answered on ${formatDate(asked.answer.on)}.`);
  const milestone = state.milestones[questionId(question)];
  mustBePermitted('answer', actor, facts, milestone);
  const answeredOn = dayOf(on, now, 'answered');
  if (answeredOn < asked.askedOn)
    throw new Refusal('wrong-date', `It can't be answered before it was asked, on ${formatDate(asked.askedOn)}.`);
  const answered = questions.map((each) =>
    each.id === question ? { ...each, answer: { on: answeredOn, text } } : each,
  );
  const next = withQuestions(state, answered);
  const done =
    milestone === undefined || !isPending(milestone)
      ? undefined
      : step(
          milestone,
          { name: 'complete', payload: { milestone: milestone.id, on: answeredOn } },
          { actor, now, facts, calendar: calendarOf(state) },
        );
  return record(done === undefined ? next : { ...next, milestones: { ...next.milestones, [done.id]: done } }, now, [
    {
      kind: 'question-answered',
      actor,
      text: `Question ${question} answered by ${roleTitle(facts.authority, actor.role)} on ${formatDate(answeredOn)}: ${text}`,
      data: { question, answeredOn },
      ...(done === undefined ? {} : { milestone: done }),
    },
  ]);
}

/** Once a briefing has gone out, the answers given by then have reached all members. */
export function reportAnswers(state: LifecycleState, briefing: Milestone): LifecycleState {
  if (!isBriefing(briefing) || isPending(briefing) || briefing.status === 'waived') return state;
  const questions = state.facts.inspection.questions ?? [];
  if (!questions.some(isToReport)) return state;
  return withQuestions(
    state,
    questions.map((each) => (isToReport(each) ? { ...each, reportedIn: briefing.id } : each)),
  );
}

/** What the next briefing is to hold, for its owner's reminders. */
export function answersToInclude(milestone: Milestone, { facts, milestones }: LifecycleState): string[] {
  if (!isBriefing(milestone)) return [];
  const toReport = (facts.inspection.questions ?? []).filter(isToReport);
  const earlier = Object.values(milestones).some(
    (each) => isBriefing(each) && isPending(each) && (each.occurrence ?? 0) < (milestone.occurrence ?? 0),
  );
  if (toReport.length === 0 || earlier) return [];
  const names = toReport.map((each) => each.id).join(', ');
  return [
    `It is to hold the answer${toReport.length === 1 ? '' : 's'} to ${toReport.length} question${toReport.length === 1 ? '' : 's'} of members (${names}).`,
  ];
}

const isToReport = (each: Question): boolean => each.answer !== undefined && each.reportedIn === undefined;

/** One of the cycle of briefings, not a question. */
const isBriefing = (milestone: Milestone): boolean =>
  milestone.strand === 'member-briefings' && milestone.occurrence !== undefined;

function withQuestions(state: LifecycleState, questions: Question[]): LifecycleState {
  return { ...state, facts: { ...state.facts, inspection: { ...state.facts.inspection, questions } } };
}

function dayOf(on: string | undefined, now: string, what: string): string {
  const today = localDate(now);
  if (on !== undefined && on > today)
    throw new Refusal('wrong-date', `It can't have been ${what} on ${formatDate(on)}, in the future.`);
  return on ?? today;
}
