import { type InspectionRef, partsOf } from '../domain/inspection-ref.ts';
import type { Question } from '../domain/questions/questions.ts';
import { hashOfText, type Words } from '../domain/questions/words.ts';
import type { Register } from '../register/register.ts';

/** A question with its texts, as people read it; what was erased of them, or is not what was said, is marked. */
export interface QuestionText extends Omit<Question, 'words' | 'answer'> {
  text: string;
  answer?: { on: string; text: string };
}

const GONE = '[erased]';

/** Members' questions with their texts, which the register has. */
export async function questionTexts(
  register: Pick<Register, 'texts'>,
  inspection: InspectionRef,
  questions: readonly Question[],
): Promise<QuestionText[]> {
  if (questions.length === 0) return [];
  const { authority, reference } = partsOf(inspection);
  const seqs = questions.flatMap(({ words, answer }) => [
    words.seq,
    ...(answer === undefined ? [] : [answer.words.seq]),
  ]);
  const entries = await register.texts(authority, reference, seqs);
  const textOf = ({ seq, hash }: Words): string => {
    const text = entries.get(seq)?.data['text'];
    return typeof text === 'string' && hashOfText(text) === hash ? text : GONE;
  };
  return questions.map(({ words, answer, ...question }) => ({
    ...question,
    text: textOf(words),
    ...(answer === undefined ? {} : { answer: { on: answer.on, text: textOf(answer.words) } }),
  }));
}
