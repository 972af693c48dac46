import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { dateTyped, type FormField, type FormProblem, type Values } from '../forms/form.ts';
import { type CouncilForm, type FormSubject, textOf, wrongIn } from './council-form.ts';

export type ElectionPeriod = NonNullable<Authority['preElectionPeriods']>[number];

const back = ({ home }: FormSubject): string => `${home}/elections`;

/** A period is named by its days, `2027-03-24--2027-05-06`: of two elections on one day the periods may begin together. */
export const periodName = ({ from, until }: ElectionPeriod): string => `${from}--${until}`;

const periodsOf = ({ preElectionPeriods = [] }: Authority): readonly ElectionPeriod[] => preElectionPeriods;
const periodOf = ({ authority, about }: FormSubject): ElectionPeriod | undefined =>
  periodsOf(authority).find((each) => periodName(each) === about);

const UNTIL: FormField = {
  name: 'until',
  kind: 'date',
  label: 'Last day',
  hint: 'That of the poll.',
  missing: 'Enter the last day',
};

const FIELDS: FormField[] = [
  {
    name: 'election',
    kind: 'line',
    label: 'Which election it is before',
    missing: 'Enter which election it is before',
    hint: 'For example local elections of 6 May 2027',
  },
  {
    name: 'from',
    kind: 'date',
    label: 'First day',
    hint: 'That of the notice of election.',
    missing: 'Enter the first day',
  },
  UNTIL,
];

const periodIn = (values: Values): ElectionPeriod => ({
  from: textOf(values, 'from') ?? '',
  until: textOf(values, 'until') ?? '',
  election: textOf(values, 'election') ?? '',
});

function wrongPeriod(values: Values, subject: FormSubject): FormProblem[] {
  const period = periodIn(values);
  const { from, until } = period;
  if (until < from)
    return [wrongIn(UNTIL, `Last day: ${formatDate(until)} is before the first day, ${formatDate(from)}`)];
  const others = periodsOf(subject.authority).filter((each) => each !== periodOf(subject));
  const same = others.find((each) => periodName(each) === periodName(period));
  return same === undefined
    ? []
    : [{ text: `There is a period on just these days already, before the ${same.election}: change that one` }];
}

/** The file with other periods, in their order; without the key where there is none. */
function withPeriods(
  { preElectionPeriods: _before, ...authority }: Authority,
  periods: readonly ElectionPeriod[],
): Authority {
  if (periods.length === 0) return authority;
  return { ...authority, preElectionPeriods: periods.toSorted((a, b) => (a.from < b.from ? -1 : 1)) };
}

export const addElection: CouncilForm = {
  title: 'Add a period before an election',
  explain:
    'Councils take care then with what they publish. No date moves by it: you see what is to be published within it, and so does whoever starts an inspection.',
  fields: () => FIELDS,
  wrong: wrongPeriod,
  edited: ({ authority }, values) => withPeriods(authority, [...periodsOf(authority), periodIn(values)]),
  back,
  done: 'The period is added.',
};

export const changeElection: CouncilForm = {
  title: 'Change a period before an election',
  explain: 'No date moves by it: you see what is to be published within it.',
  fields: (subject) => (periodOf(subject) === undefined ? undefined : FIELDS),
  present(subject) {
    const period = periodOf(subject);
    return {
      election: period?.election ?? '',
      ...dateTyped('from', period?.from),
      ...dateTyped('until', period?.until),
    };
  },
  wrong: wrongPeriod,
  edited: (subject, values) =>
    withPeriods(
      subject.authority,
      periodsOf(subject.authority).map((each) => (each === periodOf(subject) ? periodIn(values) : each)),
    ),
  back,
  done: 'The period is changed.',
};

export const removeElection: CouncilForm = {
  title: 'Remove a period before an election',
  explain: 'Nobody is warned any more of what is to be published within it.',
  fields: (subject) => (periodOf(subject) === undefined ? undefined : []),
  edited: (subject) =>
    withPeriods(
      subject.authority,
      periodsOf(subject.authority).filter((each) => each !== periodOf(subject)),
    ),
  back,
  done: 'The period is removed.',
};
