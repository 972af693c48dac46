import type { CivilDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { type Facts, strandOwner } from '../facts/facts.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import { milestonesFromRules } from '../plan/from-rules.ts';
import { asPromisedOnce } from '../plan/promised.ts';
import { missed, type Strand } from './strand.ts';

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
    ...(facts.questions ?? facts.inspection.questions ?? []).flatMap((each) => fromQuestion(each, facts, calendar)),
  ],
  refuses: (effect, { rule, title }) =>
    effect === 'meet' && rule.id === QUESTION_RULE
      ? `"${title}" is met by its answer: give the answer itself.`
      : undefined,
  atCutOff: missed,
};

/** What a duty to answer follows from, whether the question is in a file or in a lifecycle. */
interface DatedQuestion {
  id: string;
  askedOn: CivilDate;
  answer?: { on: CivilDate } | undefined;
  withdrawn?: string | undefined;
}

/** The answer to a question: by the director, or by whom the file names. */
function fromQuestion(question: DatedQuestion, facts: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  const base = facts.rules.find((each) => each.id === QUESTION_RULE);
  if (base === undefined || question.withdrawn !== undefined) return [];
  const { rule, promise, promised } = asPromisedOnce(base, facts);
  const about = {
    id: questionId(question.id),
    title: `Answer member's question ${question.id}`,
    owner: promise?.owner ?? strandOwner(facts, 'member-briefings'),
    beside: promise?.with,
    trigger: { event: 'question-asked' as const, date: question.askedOn },
    ...(question.answer === undefined ? {} : { metOn: question.answer.on }),
    promised,
    ...(promise?.ladder === undefined ? {} : { ladder: promise.ladder }),
  };
  return [milestoneFromRule(rule, about, calendar)];
}
