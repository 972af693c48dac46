import { roleTitle } from '../authority/roles.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { withQuestions } from '../questions/answers.ts';
import { asked, findQuestion } from '../questions/questions.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/** A question was recorded by mistake, or taken back: nobody owes an answer, its record stays. */
export const withdrawQuestion = command({
  subject: 'question',
  title: 'Withdraw the question',
  help: 'It was recorded by mistake, or taken back. Nobody owes an answer any more, and whoever did is told once; its record stays, marked as withdrawn.',
  fields: { reason: REASON },
  may: MANAGERS_ONLY,
  verb: 'withdraw a member’s question',
  done: 'The question is withdrawn.',
  warning: 'This can’t be taken back. If it was asked after all, record it anew.',
  entries: ['question-withdrawn'],
  check(id, { facts }) {
    findQuestion(id, facts);
  },
  apply(state, { question: id, reason }, { actor, now }) {
    const { facts } = state;
    const question = findQuestion(id, facts);
    const because = `question ${id} was withdrawn`;
    const questions = asked(facts).map((each) => (each.id === id ? { ...question, withdrawn: reason } : each));
    const recorded = record(withQuestions(state, questions), now, [
      {
        kind: 'question-withdrawn',
        actor,
        text: `Question ${id} was withdrawn by ${roleTitle(facts.authority, actor.role)}: ${reason}`,
        data: { question: id, reason },
      },
    ]);
    return replan(state, recorded, now, because, tellingOfGone(because));
  },
});
