import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { end } from '../milestone/end.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { withQuestions } from '../questions/answers.ts';
import { whoAsked } from '../questions/who-asked.ts';
import { asked, findQuestion, type Question } from '../questions/questions.ts';
import { wordsOf } from '../questions/words.ts';
import { Refusal } from '../refusal.ts';
import { tellThrough } from '../lifecycle/tell-through.ts';
import { questionId } from '../strands/member-briefings.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { dayOf, mustNotBeHeld, whenDone } from './steps.ts';

/** The answer: it meets the question's milestone, and goes to all members with the next briefing. */
export const answer = command({
  subject: 'question',
  title: 'Answer the question',
  help: 'Whoever asked is told the answer; it goes to all members with the next briefing.',
  fields: { text: { kind: 'text', label: 'Answer' }, on: { ...WHEN, label: 'When was it answered?' } },
  may: OWNER_AND_ABOVE,
  verb: "answer a member's question",
  done: 'The answer is recorded.',
  entries: ['question-answered'],
  duty(question, state) {
    findQuestion(question, state.facts);
    return milestoneOf(state, questionId(question));
  },
  check(id, state) {
    const { answer: given } = findQuestion(id, state.facts);
    if (given !== undefined)
      throw new Refusal(
        'wrong-state',
        `Question ${id} was already answered on ${formatDate(given.on)}${given.by === undefined ? '' : ` by ${roleTitle(state.facts.authority, given.by)}`}.`,
      );
    const milestone = milestoneOf(state, questionId(id));
    if (milestone !== undefined) mustNotBeHeld(milestone);
  },
  apply(state, { question: id, text, on }, { actor, now }) {
    const { facts } = state;
    const question = findQuestion(id, facts);
    const answeredOn = dayOf(on, now, 'answered');
    if (answeredOn < question.askedOn)
      throw new Refusal(
        'wrong-date',
        `It can't be answered before it was asked, on ${formatDate(question.askedOn)}.`,
        'on',
      );
    const words = wordsOf(text, state.seq + 1);
    const answered: Question = { ...question, answer: { on: answeredOn, by: actor.role, words } };
    const questions = asked(facts).map((each) => (each.id === id ? answered : each));
    const milestone = milestoneOf(state, questionId(id));
    const done =
      milestone === undefined || !isPending(milestone)
        ? undefined
        : end(milestone, { status: 'completed', at: whenDone(answeredOn, now), by: actor.role });
    const next = withQuestions(done === undefined ? state : withMilestones(state, done), questions);
    const recorded = record(next, now, [
      {
        kind: 'question-answered',
        actor,
        text: `Question ${id} answered by ${roleTitle(facts.authority, actor.role)} on ${formatDate(answeredOn)}: ${text}`,
        data: { question: id, answeredOn, text },
        ...(done === undefined ? {} : { milestone: done }),
      },
    ]);
    return tellThrough(recorded, [questionId(id)], whoAsked(question, facts, actor), {
      ...{ kind: 'question-answered', readyAt: now, urgent: false },
      quote: { before: `Your question ${id} was answered on ${formatDate(answeredOn)}:`, seq: words.seq },
    });
  },
});
