import type { CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { commands } from '../../../domain/schemas/commands.ts';
import { issueSentence } from '../../issue-sentence.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { inOrderAsked, othersWrong } from '../forms/others-wrong.ts';
import { actingRole } from '../forms/offered.ts';
import { tried } from '../forms/filled-command.ts';
import { type FilledForm, type FormField, hrefOf, readForm, type Values } from '../forms/form.ts';
import { actionFields, measureFields, NO_CHANGE } from './fields.ts';
import type { OwnWork } from './own-actions.ts';

/** The commands that the form gives. */
export type SentCommand = 'progress' | 'recordMeasure';

/** What was entered about one action or measure. */
export interface Answer {
  command: SentCommand;
  /** The name of the action or measure, and its title. */
  name: string;
  title: string;
  /** What the command is about: the id of a duty; '' for the inspection. */
  about: string;
  fields: FormField[];
  filled: FilledForm;
  /** Undefined where nothing was entered, or it can't be used. */
  payload: CommandPayload<SentCommand> | undefined;
}

/** What was entered, one answer for each action and measure about which something was; what can't be used has its problems. */
export function readAnswers(work: OwnWork, body: Record<string, unknown>, email: string): Answer[] {
  const actions = work.actions.map(({ name, duty }) =>
    answer(work, email, {
      ...{ command: 'progress' as const, name, title: duty.title, about: duty.id, fields: actionFields(name) },
      filled: readForm(actionFields(name), body),
    }),
  );
  const measures = work.measures.map(({ id, title }) =>
    answer(work, email, {
      ...{ command: 'recordMeasure' as const, name: id, title, about: '', fields: measureFields(id) },
      filled: readForm(measureFields(id), body),
    }),
  );
  return [...actions, ...measures].filter(({ filled }) => Object.keys(filled.typed).length > 0);
}

/** The same answer for each of some actions: that nothing has changed. */
export function noChangeOn(work: OwnWork, names: readonly string[]): Answer[] {
  return work.actions
    .filter(({ name }) => names.includes(name))
    .map(({ name, duty }) => ({
      ...{ command: 'progress', name, title: duty.title, about: duty.id, fields: actionFields(name) },
      filled: { values: {}, typed: {}, problems: [] },
      payload: { milestone: duty.id, noChange: true },
    }));
}

/** The same with all that is wrong with each: what can't be used in one field hides nothing of another. */
export async function withAllWrong(work: OwnWork, answers: readonly Answer[], email: string): Promise<Answer[]> {
  const { authority, inspection } = work.running.facts;
  const beside = { today: localDate(work.running.view.now), authority, inspection };
  return Promise.all(
    answers.map(async (each) => {
      const { fields, filled } = each;
      const more = await othersWrong(fields, filled, beside, (values) => {
        const other: FilledForm = { values, typed: filled.typed, problems: [] };
        answer(work, email, { ...each, filled: other });
        return other.problems;
      });
      const problems = inOrderAsked(fields, [...filled.problems, ...more]);
      return { ...each, filled: { ...filled, problems } };
    }),
  );
}

function answer(work: OwnWork, email: string, read: Omit<Answer, 'payload'>): Answer {
  const { command, filled, fields } = read;
  if (Object.keys(filled.typed).length === 0) return { ...read, payload: undefined };
  const schema = commands[command];
  const parsed = schema.safeParse(command === 'progress' ? progressIn(read) : measureIn(read));
  const told = new Set(filled.problems.map(({ field }) => field));
  for (const issue of parsed.error?.issues ?? []) {
    const field = fields.find((each) => each.name === fieldOf(read, issue.path[0])) ?? fields[0];
    if (field === undefined || told.has(field.name)) continue;
    told.add(field.name);
    filled.problems.push({ text: issueSentence(issue, field.label), href: hrefOf(field), field: field.name });
  }
  if (parsed.data === undefined || filled.problems.length > 0) return { ...read, payload: undefined };
  const payload: CommandPayload<SentCommand> = parsed.data;
  const refusal = refusalOf(work, email, command, payload, read.about);
  if (refusal === undefined) return { ...read, payload };
  const field = fields.find((each) => each.name === fieldOf(read, refusal.field)) ?? fields[0];
  filled.problems.push({
    text: refusal.message,
    ...(field === undefined ? {} : { href: hrefOf(field), field: field.name }),
  });
  return { ...read, payload: undefined };
}

/** The name under which a field of a payload stands on the page. */
const fieldOf = ({ command, name }: Omit<Answer, 'payload'>, field: PropertyKey | undefined): string =>
  `${command === 'progress' ? '' : 'measure-'}${String(field)}--${name}`;

const said = (values: Values, field: string): object => {
  const value = values[field];
  return value === undefined ? {} : { [field.slice(0, field.indexOf('--'))]: value };
};

function progressIn({ about, fields, filled: { values } }: Omit<Answer, 'payload'>): object {
  const rating = values[fields[0]?.name ?? ''];
  const others = fields.slice(1).map(({ name }) => said(values, name));
  return {
    milestone: about,
    ...(rating === undefined ? {} : rating === NO_CHANGE ? { noChange: true } : { rating }),
    ...(Object.assign({}, ...others) as object),
  };
}

function measureIn({ name, fields, filled: { values } }: Omit<Answer, 'payload'>): object {
  const [value, on] = fields.map((field) => values[field.name]);
  return { measure: name, ...(value === undefined ? {} : { value }), ...(on === undefined ? {} : { on }) };
}

/** In which role somebody gives a command of the form. */
export const roleFor = ({ membership, running }: OwnWork, command: CommandName, about: string): string =>
  actingRole(membership, running, command, about).role;

/** What the inspection would say against it now; undefined where it would take it. */
function refusalOf(
  work: OwnWork,
  email: string,
  command: SentCommand,
  payload: CommandPayload<SentCommand>,
  about: string,
): Refusal | undefined {
  const result = tried(work.running, command, payload, { id: email, role: roleFor(work, command, about) });
  return 'refusal' in result ? result.refusal : undefined;
}
