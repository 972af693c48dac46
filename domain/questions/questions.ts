import type { CivilDate } from '../calendar/civil-date.ts';
import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Words } from './words.ts';

/** A member's question as a lifecycle keeps it: its text, and the answer's, are in the register. */
export interface Question {
  id: string;
  askedOn: CivilDate;
  /** Who asked: a label, which never enters the record's chain. */
  by: string;
  words: Words;
  /** The role that put it on record: who waits for its answer, or passes that on. Absent where a file brought it. */
  enteredBy?: string | undefined;
  /** `by`: the role that answered it. */
  answer?: { on: CivilDate; by?: string; words: Words } | undefined;
  /** The briefing that took the answer to all members. */
  reportedIn?: string | undefined;
  /** Why it does not count. */
  withdrawn?: string | undefined;
}

export const asked = ({ questions = [] }: { questions?: readonly Question[] | undefined }): readonly Question[] =>
  questions;

/**
 * A question that counts.
 *
 * @throws Refusal 'unknown-question' | 'wrong-state' where it was withdrawn
 */
export function findQuestion(id: string, facts: { questions?: readonly Question[] | undefined }): Question {
  const questions = asked(facts);
  const found = questions.find((each) => each.id === id);
  if (found?.withdrawn !== undefined)
    throw new Refusal('wrong-state', `Question ${id} was withdrawn: ${found.withdrawn}`);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown-question',
    notAmong(
      'This inspection has no question',
      id,
      questions.map((each) => each.id),
      'There are',
    ),
    'question',
  );
}
