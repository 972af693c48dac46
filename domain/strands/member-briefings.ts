import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { commitmentsTo, type Facts, strandOwner } from '../facts/facts.ts';
import { milestoneFromRule, milestonesFromRules } from '../plan/from-rule.ts';
import type { Question } from '../schemas/inspection.ts';
import { missed, ORDINARY, type Strand } from './strand.ts';

/** The rule by which a member's question is to be answered. */
export const QUESTION_RULE = 'member-question';

/** The id of a question's milestone. */
export const questionId = (question: string): string => `member-briefings/question-${question}`;

/** The monthly written update to all members of the council, and the answers to their questions. */
export const memberBriefings: Strand = {
  name: 'member-briefings',
  title: 'Member briefings',
  lane: 3,
  milestones: (facts, calendar, options) => [
    ...milestonesFromRules('member-briefings', facts, calendar, options),
    ...(facts.inspection.questions ?? []).flatMap((each) => fromQuestion(each, facts, calendar)),
  ],
  understands: ORDINARY,
  atCutOff: missed,
};

/** A question that nobody has answered yet: to the director, or to whom the file names. */
function fromQuestion(question: Question, facts: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  const rule = facts.rules.find((each) => each.id === QUESTION_RULE);
  if (rule === undefined || question.answer !== undefined) return [];
  const [promise] = commitmentsTo(facts.inspection, QUESTION_RULE);
  const about = {
    id: questionId(question.id),
    title: `Answer member's question ${question.id}`,
    owner: promise?.owner ?? strandOwner(facts, 'member-briefings'),
    trigger: { event: 'question-asked' as const, date: question.askedOn },
    ...(promise?.source === undefined ? {} : { source: promise.source }),
    ...(promise?.ladder === undefined ? {} : { ladder: promise.ladder }),
  };
  return [milestoneFromRule({ ...rule, period: promise?.every ?? rule.period }, about, calendar)];
}
