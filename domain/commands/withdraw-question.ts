import { roleTitle } from '../authority/roles.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { tellThrough } from '../lifecycle/tell-through.ts';
import { withQuestions } from '../questions/answers.ts';
import { asked, findQuestion } from '../questions/questions.ts';
import { whoAsked } from '../questions/who-asked.ts';
import { questionId } from '../strands/member-briefings.ts';
import { unstopped } from '../unstopped.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/** A question was recorded by mistake, or taken back: nobody owes an answer, its record stays. */
export const withdrawQuestion = command({
  subject: 'question',
  title: 'Withdraw the question',
  help: 'It was recorded by mistake, or taken back. Nobody owes an answer any more; whoever did, and whoever asked, is told once; its record stays, marked as withdrawn.',
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
    const who = roleTitle(facts.authority, actor.role);
    const questions = asked(facts).map((each) => (each.id === id ? { ...question, withdrawn: reason } : each));
    const recorded = record(withQuestions(state, questions), now, [
      {
        kind: 'question-withdrawn',
        actor,
        text: `Question ${id} was withdrawn by ${who}: ${reason}`,
        data: { question: id, reason },
      },
    ]);
    const planned = replan(state, recorded, now, because, tellingOfGone(because));
    const text = `Question ${id} was withdrawn by ${who}: ${unstopped(reason)}.`;
    return tellThrough(planned, [questionId(id)], whoAsked(question, facts, actor), {
      ...{ kind: 'withdrawn', readyAt: now, urgent: false, text },
    });
  },
});
