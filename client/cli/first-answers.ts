import type { z } from 'zod';
import { type Division, divisions } from '../../domain/calendar/working-calendar.ts';
import { civilDate, emailAddress, line, slug } from '../../domain/schemas/common.ts';
import { councilShortName } from '../../domain/authority/first-authority.ts';
import type { FirstFiles } from '../files/first-files.ts';
import { listRulePacks } from '../files/rules.ts';

/** What is asked for a council's first files. */
export interface FirstAnswer {
  key: keyof FirstFiles;
  flag: string;
  question: string;
  example: string;
  needed: boolean;
}

/** In the order in which they are asked. */
export const FIRST_ANSWERS: readonly FirstAnswer[] = [
  {
    key: 'council',
    flag: '--council',
    question: 'What is the council called?',
    example: 'Anyborough Council',
    needed: true,
  },
  {
    key: 'division',
    flag: '--division',
    question: 'Whose bank holidays count?',
    example: 'england-and-wales',
    needed: true,
  },
  {
    key: 'email',
    flag: '--email',
    question: 'The address of the administrator, who runs duecourse here?',
    example: 'democratic-services@anyborough.example.org',
    needed: true,
  },
  {
    key: 'title',
    flag: '--title',
    question: 'What is the inspection called?',
    example: 'Inspection of children’s services, June 2026',
    needed: true,
  },
  { key: 'reference', flag: '--reference', question: 'Its short name?', example: '2026', needed: true },
  { key: 'framework', flag: '--framework', question: 'Under which framework?', example: 'ilacs-2018', needed: true },
  {
    key: 'fieldworkFrom',
    flag: '--fieldwork-from',
    question: 'The first day of the inspection?',
    example: '2026-06-01',
    needed: true,
  },
  {
    key: 'fieldworkUntil',
    flag: '--fieldwork-until',
    question: 'The last day of the inspection?',
    example: '2026-06-19',
    needed: true,
  },
  {
    key: 'received',
    flag: '--received',
    question: 'When was the report received?',
    example: '2026-08-03',
    needed: true,
  },
  { key: 'published', flag: '--published', question: 'When was it published?', example: '2026-08-10', needed: false },
];

/** What is wrong with an answer, as a sentence; undefined where it can be used. */
export function mistakeIn(key: keyof FirstFiles, answer: string, others: FirstFiles): string | undefined {
  const sentence = MISTAKES[key](answer, others);
  return sentence === undefined ? undefined : `"${answer}": ${sentence}`;
}

type Mistake = (answer: string, others: FirstFiles) => string | undefined;

const bySchema =
  (schema: z.ZodType): Mistake =>
  (answer) => {
    const result = schema.safeParse(answer);
    return result.success ? undefined : (result.error.issues[0]?.message ?? 'it can’t be used');
  };

const notBefore =
  (other: keyof FirstFiles, what: string): Mistake =>
  (answer, others) =>
    bySchema(civilDate)(answer, others) ??
    (answer < (others[other] ?? '') ? `it can’t be before ${what} (${others[other] ?? ''})` : undefined);

const MISTAKES: Record<keyof FirstFiles, Mistake> = {
  council: (answer, others) =>
    bySchema(line)(answer, others) ??
    (councilShortName(answer) === ''
      ? 'expected a name with letters in it, for example Anyborough Council'
      : undefined),
  division: (answer) =>
    divisions.some((each) => each === answer) ? undefined : `expected one of ${divisions.join(', ')}`,
  email: (answer) =>
    emailAddress.safeParse(answer).success
      ? undefined
      : 'expected an email address, for example name@council.example.org',
  title: bySchema(line),
  reference: bySchema(slug),
  framework: (answer) =>
    listRulePacks().includes(answer) ? undefined : `expected one of ${listRulePacks().join(', ')}`,
  fieldworkFrom: bySchema(civilDate),
  fieldworkUntil: notBefore('fieldworkFrom', 'the first day'),
  received: notBefore('fieldworkUntil', 'the last day of the inspection'),
  published: notBefore('fieldworkUntil', 'the last day of the inspection'),
};

/** Of an answer that was chosen from the divisions: itself, as one of them. */
export function divisionOf(answer: string): Division | undefined {
  return divisions.find((each) => each === answer);
}
