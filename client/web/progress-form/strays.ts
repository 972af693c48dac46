import type { Typed } from '../../../register/form-drafts.ts';
import type { FormProblem } from '../forms/form.ts';
import { fieldsOf, NO_CHANGE, type TypedField } from './fields.ts';
import type { OwnWork } from './own-actions.ts';
import type { Answer } from './read-answers.ts';

/** Actions and measures by their names, as far as something typed has to know of them. */
export interface Theirs {
  actions: readonly Pick<OwnWork['actions'][number], 'name'>[];
  measures: readonly Pick<OwnWork['measures'][number], 'id'>[];
}

const KINDS: Record<TypedField['of'], { among: string; because: string; namesIn(theirs: Theirs): string[] }> = {
  action: {
    among: 'your open actions',
    because: 'somebody has ended it, put it on hold or passed it on',
    namesIn: ({ actions }) => actions.map(({ name }) => name),
  },
  measure: {
    among: 'your measures',
    because: 'it was taken out of the plan, or is another’s now',
    namesIn: ({ measures }) => measures.map(({ id }) => id),
  },
};

/** What was typed about something that stood on the form, and is theirs to report on no more: each with all that was typed. */
export function straysIn(theirs: Theirs, typed: Typed): FormProblem[] {
  const strays = new Map<string, { of: TypedField['of']; name: string; words: string[] }>();
  for (const { of, name, words } of fieldsOf(typed)) {
    if (KINDS[of].namesIn(theirs).includes(name)) continue;
    const key = `${of} ${name}`;
    const before = strays.get(key)?.words ?? [];
    strays.set(key, { of, name, words: [...before, words === NO_CHANGE ? 'no change' : words] });
  }
  return [...strays.values()].map(({ of, name, words }) => ({
    text: `“${name}” is not among ${KINDS[of].among} any more: ${KINDS[of].because}. What you entered about it was not sent: ${words.join('; ')}`,
  }));
}

/** What is left of what was typed when some answers have been taken. */
export function typedBut(typed: Typed, taken: readonly Pick<Answer, 'command' | 'name'>[]): Typed {
  const gone = new Set(taken.map(({ command, name }) => `${command === 'progress' ? 'action' : 'measure'} ${name}`));
  const sent = new Set(fieldsOf(typed).flatMap(({ of, name, field }) => (gone.has(`${of} ${name}`) ? [field] : [])));
  return Object.fromEntries(Object.entries(typed).filter(([field]) => !sent.has(field)));
}
