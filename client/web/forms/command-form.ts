import { shortName } from '../../../domain/authority/change/short-name.ts';
import { mapTable } from '../../../domain/closed-table.ts';
import { COMMAND_NAMES, type CommandName, definitionOf } from '../../../domain/commands/commands.ts';
import type { Choice, Chosen } from '../../../domain/commands/choices.ts';
import type { Subject } from '../../../domain/commands/definition.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { measuresOfDuty } from '../../../domain/measures/of-duty.ts';
import { type FormField, inputOf, type Values } from './form.ts';

/** A form behind which one command stands. */
export interface CommandForm {
  name: CommandName;
  subject: Subject;
  /** What the button on the page before says. */
  title: string;
  /** What it means, before somebody fills it in. */
  explain: string;
  /** What it asks whatever there is on the inspection: {@link formFor} has all of it. */
  fields: FormField[];
  /** What is said once it is done. */
  done: string;
  /** What can't be taken back. */
  warning?: string | undefined;
}

/** The form of every command that does not set its form aside. */
export const COMMAND_FORMS: readonly CommandForm[] = COMMAND_NAMES.flatMap((name) => {
  const { form, subject, title, help, fields, choosing = [], done, warning } = definitionOf(name);
  if (form !== 'offered') return [];
  const chosen = new Set(choosing.flatMap(({ fills }) => fills));
  const shown = Object.entries(fields)
    .map(([field, each]) => ({ name: field, ...each }))
    .filter((each) => !chosen.has(each.name) && each.aside === undefined);
  const untyped = shown.find((each) => inputOf(each) === 'none');
  if (untyped !== undefined)
    throw new Error(
      `nobody can type ${untyped.name} of ${name}: set the form aside, choose it by its title, or give it a kind that is typed`,
    );
  return [{ name, subject, title, explain: help, fields: shown, done, warning }];
});

export const formNamed = (name: string | undefined): CommandForm | undefined =>
  COMMAND_FORMS.find((form) => form.name === name);

/**
 * The form as it stands for an inspection: what a person chooses of what is there comes first, by its title.
 *
 * @param about the id of its subject; '' for the inspection itself
 */
export function formFor(form: CommandForm, state: LifecycleState, about: string): CommandForm {
  const { choosing = [] } = definitionOf(form.name);
  const chosen = choosing.flatMap((each) => chosenField(each, state) ?? []);
  const measures = form.fields.some(({ kind }) => kind === 'measures')
    ? measuresOfDuty(state.facts.inspection, about)
    : [];
  const taken = state.facts.inspection.decisions.map(({ id }) => id);
  const rest = form.fields.flatMap((field): FormField[] => {
    if (field.madeOf !== undefined) return [madeOf(field, taken)];
    if (field.kind === 'measures') return measures.length === 0 ? [] : [{ ...field, hint: '', boxes: measures }];
    return field.withMeasures === true && measures.length === 0 ? [] : [field];
  });
  return { ...form, fields: [...chosen, ...rest] };
}

/**
 * The form with what it means for its subject, and what is said once it is done, where that is otherwise from one to the other.
 *
 * @param role in which it would be given; undefined where nobody can give it, or it has been given
 */
export function inParticular(form: CommandForm, about: string, { state, view }: Running, role?: string): CommandForm {
  const { means, doneOf } = definitionOf(form.name);
  const given = role === undefined ? undefined : { actor: { id: 'board', role }, now: view.now };
  const explain = given === undefined ? undefined : means?.(about, state, given);
  const done = doneOf?.(about, state);
  return {
    ...form,
    ...(explain === undefined ? {} : { explain }),
    ...(done === undefined ? {} : { done }),
  };
}

/** What an inspection keeps, and what follows from it. */
interface Running {
  state: LifecycleState;
  view: Pick<LifecycleView, 'now'>;
}

const madeOf = (field: FormField, taken: readonly string[]): FormField => ({
  ...field,
  ...{ optional: true, taken, hint: `${field.hint ?? ''} Left empty, it is made of the title.`.trim() },
});

/** The field by which it is chosen; none where there is one thing alone, which needs no name. */
function chosenField({ fills, label, hint, optional, among }: Chosen, state: LifecycleState): FormField | undefined {
  const choices = among(state);
  const [only] = choices;
  if (only === undefined || (choices.length === 1 && Object.keys(only.payload).length === 0)) return undefined;
  return {
    ...{ name: fills[0] ?? '', kind: 'choice', label, fills },
    ...(hint === undefined ? {} : { hint }),
    ...(optional === undefined ? {} : { optional }),
    choices: Object.fromEntries(choices.map((each) => [valueOf(each), each.title])),
  };
}

/** A choice as the value of a form's field: what it fills, as an address writes it. */
export const valueOf = ({ payload }: Choice): string =>
  new URLSearchParams(mapTable(payload, String)).toString() || OWN;

/** What needs no name among things that have one. */
const OWN = '-';

/** What was filled in, as the command's payload. @param about the id of the form's subject */
export function payloadIn({ name, subject, fields: asked }: CommandForm, values: Values, about: string): unknown {
  const { fields } = definitionOf(name);
  const said = { ...values };
  for (const field of asked) {
    const chosen = said[field.name];
    if (field.fills === undefined || typeof chosen !== 'string') continue;
    delete said[field.name];
    for (const [filled, text] of new URLSearchParams(chosen === OWN ? '' : chosen))
      if (field.fills.includes(filled)) said[filled] = fields[filled]?.kind === 'number' ? Number(text) : text;
  }
  for (const { name: made, madeOf: from = '', taken = [] } of asked) {
    const words = said[from];
    if (said[made] === undefined && typeof words === 'string') said[made] = shortName(words, taken);
  }
  return subject === 'inspection' ? said : { ...said, [subject]: about };
}
