import { formatDate } from '../calendar/civil-date.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Constitution } from '../schemas/constitution.ts';
import type { Decision } from '../schemas/inspection.ts';
import { bodyOf, isExecutiveDecision } from './exemption.ts';
import { keyDecisionTest } from './key-decision.ts';

/** What is wrong with what is said of a decision, and with which part of it; a part of a sentence, without a full stop. */
interface DecisionMistake {
  field: keyof Decision;
  sentence: string;
  /** What a file should have there instead, where one value alone is right. */
  write?: string;
}

/** What can't be so of a decision, whether a file says it or a person: who took it, when it takes effect, whether it is key. */
export function decisionMistakes(
  decision: Decision,
  { authority, constitution }: { authority: Authority; constitution: Constitution | null },
): DecisionMistake[] {
  const { body, takenBy, takenOn, effectiveFrom, key, urgent } = decision;
  const mistakes: DecisionMistake[] = [];
  const wrong = (field: keyof Decision, sentence: string) => mistakes.push({ field, sentence });
  if (takenBy !== undefined && body !== undefined)
    wrong('takenBy', 'a body took it, or a person: where a person took it for a body, say that as the delegation');
  if (decision.publishedAt !== undefined && decision.publishedOn === undefined)
    wrong('publishedAt', 'it has a time of publication, and no day');
  if (effectiveFrom !== undefined && effectiveFrom < takenOn)
    wrong(
      'effectiveFrom',
      `it can't take effect on ${formatDate(effectiveFrom)}, before it was taken on ${formatDate(takenOn)}`,
    );
  if (!isExecutiveDecision(decision, { authority })) {
    const name = bodyOf(decision, { authority })?.name ?? '';
    if (key) wrong('key', `${name} takes no key decisions: those are the executive's`);
    if (urgent) wrong('urgent', `a decision of ${name} can't be called in, urgent or not`);
    return mistakes;
  }
  const test = keyDecisionTest(decision, constitution);
  if (test !== undefined && test.key !== key)
    mistakes.push({
      field: 'key',
      sentence: `this is ${test.key ? 'a key' : 'no key'} decision: ${test.why}`,
      write: `key: ${test.key}`,
    });
  return mistakes;
}
