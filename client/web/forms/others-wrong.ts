import { addDays, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldKind } from '../../../domain/commands/fields.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Inspection } from '../../../domain/schemas/inspection.ts';
import { choicesOf, type FilledForm, type FormField, type FormProblem, type Values } from './form.ts';

/** What a form's fields are read beside. */
export interface Beside {
  today: CivilDate;
  /** Whose roles and bodies there are. */
  authority?: Authority | undefined;
  inspection?: Pick<Inspection, 'measures'> | undefined;
}

type StandIns = (field: FormField, beside: Beside) => readonly unknown[];

const none: StandIns = () => [];
/** One that a sentence can quote. */
const lines: StandIns = () => ['…'];
const choices: StandIns = (field, { authority, inspection }) =>
  choicesOf(field, authority, inspection)
    .map(({ value }) => value)
    .filter((value) => value !== '')
    .filter((_value, index, { length }) => index < 2 || index === length - 1);

/** Beside today: some days to come, and one that has been, in days. */
const OTHER_DAYS = [45, 150, -10];

/** What might stand in a field in place of what can't be used; none where nobody could make that up. */
const STAND_INS: Record<FieldKind, StandIns> = {
  line: lines,
  text: lines,
  lines: () => [['…']],
  link: () => ['https://www.example.org/x', 'https://www.example.org/another'],
  slug: () => ['x', 'another'],
  time: () => ['09:00', '17:00'],
  date: (_field, { today }) => [today, ...OTHER_DAYS.map((n) => addDays(today, n))],
  number: ({ min = 0, max = min + 1 }) => [min, min + 1, max],
  percent: () => [0, 1, 100],
  amount: () => [1, 2],
  yes: () => [true, false],
  choice: choices,
  several: (field, beside) => choices(field, beside).map((each) => [each]),
  role: choices,
  body: choices,
  rating: choices,
  measure: choices,
  roles: (field, beside) => choices(field, beside).map((each) => [each]),
  measures: none,
  appendices: () => [[]],
  milestone: none,
  decision: none,
  id: none,
  question: none,
  session: none,
  messageId: none,
  milestones: none,
  authority: none,
  constitution: none,
  published: none,
  edits: none,
  instrument: none,
  framework: none,
  homes: none,
};

/** What might be entered in place of all that can't be used, a few times over. */
function madeUp(fields: readonly FormField[], told: ReadonlySet<string | undefined>, beside: Beside): Values[] {
  const each = fields
    .filter(({ name }) => told.has(name))
    .map((field) => {
      const made = STAND_INS[field.kind](field, beside);
      return { name: field.name, made: field.optional === true ? [undefined, ...made] : made };
    });
  if (each.some(({ made }) => made.length === 0)) return [];
  const times = Math.max(0, ...each.map(({ made }) => made.length));
  return Array.from({ length: times }, (_time, at) =>
    Object.fromEntries(each.map(({ name, made }) => [name, made[at % made.length]])),
  );
}

/** What each answer says of fields that nothing is said of yet. An answer about what was made up says nothing. */
function agreed(answers: readonly FormProblem[][], told: ReadonlySet<string | undefined>): FormProblem[] {
  const isNew = ({ field }: FormProblem) => field !== undefined && !told.has(field);
  const [first, ...others] = answers.filter((found) => found.length === 0 || found.some(isNew));
  return (first ?? []).filter(
    (each) =>
      isNew(each) &&
      others.every((found) => found.some(({ field, text }) => field === each.field && text === each.text)),
  );
}

/**
 * What is wrong with a form beside what is told of it already, so that all is said at once: it is looked at with something
 * else in the fields that can't be used, and what is wrong whatever stands there is wrong by itself.
 *
 * @param judge the first that it finds wrong, or all
 */
export async function othersWrong(
  fields: readonly FormField[],
  { values, problems }: Pick<FilledForm, 'values' | 'problems'>,
  beside: Beside,
  judge: (values: Values) => Promise<FormProblem[]> | FormProblem[],
): Promise<FormProblem[]> {
  const found: FormProblem[] = [];
  for (;;) {
    const told = new Set([...problems, ...found].map(({ field }) => field));
    if (told.size === 0 || told.has(undefined)) return found;
    const made = madeUp(fields, told, beside);
    const more = agreed(await Promise.all(made.map(async (each) => judge({ ...values, ...each }))), told);
    if (more.length === 0) return found;
    found.push(...more);
  }
}

/** Problems in the order in which their fields are asked. */
export function inOrderAsked(fields: readonly FormField[], problems: readonly FormProblem[]): FormProblem[] {
  const placeOf = ({ field }: FormProblem): number => fields.findIndex(({ name }) => name === field);
  return problems.toSorted((a, b) => placeOf(a) - placeOf(b));
}
