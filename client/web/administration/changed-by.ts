import { capitalised } from '../../../domain/words.ts';
import { mustBeTheirsToChange } from '../../../domain/commands/change-authority.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { checkedAuthority } from '../../files/authority-text.ts';
import { type FileProblem, inPlainWords } from '../../files/file-problems.ts';
import {
  type FilledForm,
  type FormField,
  type FormProblem,
  hrefOf,
  problemOf,
  refusedIn,
  type Values,
} from '../forms/form.ts';
import { inOrderAsked, othersWrong } from '../forms/others-wrong.ts';
import type { CouncilForm, FormSubject } from './council-form.ts';

/** A form of a council's file, as it is asked of a subject. */
export interface AskedOfFile {
  form: CouncilForm;
  fields: FormField[];
  subject: FormSubject;
}

type Parts = Pick<Parameters<CouncilForm['edited']>[2], 'register'> & Parameters<NonNullable<CouncilForm['wrong']>>[2];

/** The file with the change; all that is wrong with it goes to the form's problems, beside the field that it came from. */
export async function changedBy(
  parts: Parts,
  asked: AskedOfFile,
  filled: FilledForm,
  typed: Typed,
): Promise<{ after: Authority | undefined }> {
  const { fields, subject } = asked;
  const made = filled.problems.length > 0 ? undefined : await madeOf(parts, asked, filled.values, typed);
  filled.problems.push(...(made?.problems ?? []));
  if (filled.problems.length === 0) return { after: made?.after };
  const { today, authority } = subject;
  const more = await othersWrong(fields, filled, { today, authority }, async (values) => {
    const { problems } = await madeOf(parts, asked, values, typed);
    return problems;
  });
  filled.problems = inOrderAsked(fields, [...filled.problems, ...more]);
  return { after: undefined };
}

/** What a form makes of the file, or what is wrong with it by the form or by the file's own rules. */
async function madeOf(
  { register, outside }: Parts,
  { form, fields, subject }: AskedOfFile,
  values: Values,
  typed: Typed,
): Promise<{ after?: Authority; problems: FormProblem[] }> {
  const wrong = form.wrong?.(values, subject, { outside }) ?? [];
  if (wrong.length > 0) return { problems: wrong };
  try {
    const { authority, problems } = checkedAuthority(await form.edited(subject, values, { register, typed }));
    if (authority === undefined) return { problems: problems.map((each) => problemIn(each, fields)) };
    mustBeTheirsToChange(subject.authority, authority, subject.actor);
    return { after: authority, problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problems: [refusedIn(fields, error)] };
  }
}

/** What the file's own rules say, in the reader's words. */
function problemIn({ path, expected }: FileProblem, fields: readonly FormField[]): FilledForm['problems'][number] {
  const key = /(\w+)(?:\[\d+\])?$/.exec(path)?.[1];
  const field = fields.find(({ name }) => name === key);
  const plain = inPlainWords(expected);
  if (field === undefined) return { text: capitalised(plain) };
  return { text: problemOf(field, plain), href: hrefOf(field), field: field.name };
}
