import {
  councilShortName,
  FIRST_ADMINISTRATOR,
  type FirstAuthority,
} from '../../../domain/authority/first-authority.ts';
import type { Division } from '../../../domain/calendar/working-calendar.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { DIVISIONS_IN_WORDS, emailAddress } from '../../../domain/schemas/common.ts';
import { textOf, wrongIn } from '../administration/council-form.ts';
import { type FilledForm, type FormField, readForm } from '../forms/form.ts';

const ADDRESSES = ['email', 'directorEmail', 'chiefExecutiveEmail'] as const;

/** What is asked of a council that is set up. */
const QUESTIONS = {
  council: {
    kind: 'line',
    label: 'What is the council called?',
    hint: 'As it stands in its letters, for example Anyborough Council',
    missing: 'Enter what the council is called',
  },
  division: {
    kind: 'choice',
    label: 'Whose bank holidays count?',
    missing: 'Choose whose bank holidays count',
    choices: DIVISIONS_IN_WORDS,
  },
  email: {
    kind: 'line',
    label: 'Your email address',
    hint: 'You become the administrator: you set up the rest, and get the mail that nobody else can receive. For example name@council.example.org',
    missing: 'Enter your email address',
  },
  title: {
    kind: 'line',
    label: 'What is your role called?',
    hint: `For example ${FIRST_ADMINISTRATOR}`,
    missing: 'Enter what your role is called',
  },
  directorEmail: {
    kind: 'line',
    label: 'Email address of the Director of Children’s Services',
    hint: 'Leave it empty where you don’t have it to hand: their mail comes to you meanwhile.',
    optional: true,
  },
  chiefExecutiveEmail: {
    kind: 'line',
    label: 'Email address of the Chief Executive',
    optional: true,
  },
} as const satisfies Record<string, Omit<FormField, 'name'>>;

export const FIELDS: readonly FormField[] = namesOf(QUESTIONS).map((name) => ({ name, ...QUESTIONS[name] }));

/** What somebody has answered; with the council that it makes where all of it can be used. */
export function answersIn(fields: Record<string, unknown>): FilledForm & { first?: FirstAuthority } {
  const filled = readForm(FIELDS, fields);
  const said = (name: keyof typeof QUESTIONS) => textOf(filled.values, name);
  const problem = (name: keyof typeof QUESTIONS, text: string): void =>
    void filled.problems.push(wrongIn({ name, ...QUESTIONS[name] }, text));
  const council = said('council');
  if (council !== undefined && councilShortName(council) === '')
    problem('council', 'Enter a name with letters in it, for example Anyborough Council');
  const division = namesOf(DIVISIONS_IN_WORDS).find((each) => each === said('division'));
  if (said('division') !== undefined && division === undefined) problem('division', QUESTIONS.division.missing);
  for (const name of ADDRESSES) {
    const address = said(name);
    if (address !== undefined && !emailAddress.safeParse(address).success)
      problem(name, 'Enter an email address, like name@council.example.org');
  }
  const [title, email] = [said('title'), said('email')];
  if (filled.problems.length > 0 || council === undefined || title === undefined || email === undefined) return filled;
  return {
    ...filled,
    first: {
      name: council,
      division: division as Division,
      administrator: { title, email },
      director: said('directorEmail'),
      chiefExecutive: said('chiefExecutiveEmail'),
    },
  };
}
