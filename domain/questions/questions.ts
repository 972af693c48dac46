import type { CivilDate } from '../calendar/civil-date.ts';
import type { Words } from './words.ts';

/** A member's question as a lifecycle keeps it: its text, and the answer's, are in the register. */
export interface Question {
  id: string;
  askedOn: CivilDate;
  /** Who asked: a label, which never enters the record's chain. */
  by: string;
  words: Words;
  answer?: { on: CivilDate; words: Words } | undefined;
  /** The briefing that took the answer to all members. */
  reportedIn?: string | undefined;
}

export const asked = ({ questions = [] }: { questions?: readonly Question[] | undefined }): readonly Question[] =>
  questions;
