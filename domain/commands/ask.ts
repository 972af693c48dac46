import { formatDate } from '../calendar/civil-date.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { announce } from '../milestone/milestone-state.ts';
import { withQuestions } from '../questions/answers.ts';
import { asked } from '../questions/questions.ts';
import { wordsOf } from '../questions/words.ts';
import { Refusal } from '../refusal.ts';
import { QUESTION_RULE, questionId } from '../strands/member-briefings.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { dayOf } from './steps.ts';

/** A member asks something about the inspection: it goes to the director, with a date by which it is to be answered. */
export const ask = command({
  subject: 'inspection',
  title: 'Ask a question',
  help: 'A member’s question. It goes to the director with a date by which it is to be answered; the answer goes to all members.',
  fields: {
    by: {
      kind: 'line',
      label: 'Who asks?',
      missing: 'Enter who asks',
      hint: 'Kept with the inspection, not shown in the record.',
      flag: 'member',
      themselves: 'member',
    },
    text: { kind: 'text', label: 'Question' },
    id: { kind: 'slug', label: 'Short name', hint: 'Leave this empty for the next number: q1, q2, …', optional: true },
    on: { ...WHEN, label: 'When was it asked?' },
  },
  may: { capacities: ['member', 'manager', 'administrator'] },
  verb: 'ask a question as a member',
  done: 'The question is recorded, and the director is told.',
  entries: ['question-asked'],
  check(_about, { facts }) {
    if (!facts.rules.some((rule) => rule.id === QUESTION_RULE))
      throw new Refusal(
        'unknown-rule',
        `The rules that this inspection began with do not say by when a member's question is to be answered.`,
      );
  },
  apply(state, { id, by, text, on }, { actor, now }) {
    const questions = asked(state.facts);
    const name = id ?? `q${questions.length + 1}`;
    if (questions.some((each) => each.id === name))
      throw new Refusal('duplicate', `There is a question "${name}" already.`, 'id');
    const askedOn = dayOf(on, now, 'asked');
    const words = wordsOf(text, state.seq + 1);
    const recorded = record(
      withQuestions(state, [...questions, { id: name, askedOn, by, words, enteredBy: actor.role }]),
      now,
      [
        {
          kind: 'question-asked',
          actor,
          text: `Question ${name}, asked by a member on ${formatDate(askedOn)}: ${text}`,
          data: { question: name, askedOn, text },
        },
      ],
    );
    const planned = replan(state, recorded, now, `question ${name} was asked`);
    const milestone = milestoneOf(planned, questionId(name));
    if (milestone === undefined) return planned;
    return withMilestones(
      planned,
      announce(milestone, {
        kind: 'question-asked',
        to: milestone.owner,
        readyAt: now,
        urgent: false,
        quote: { before: 'A member asks:', seq: words.seq },
      }),
    );
  },
});
