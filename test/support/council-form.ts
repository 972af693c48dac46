import type { CouncilForm, FormSubject } from '../../client/web/administration/council-form.ts';
import { type FilledForm, readForm } from '../../client/web/forms/form.ts';
import { barredBy } from '../../platform/outside/barred.ts';
import type { Authority } from '../../domain/schemas/authority.ts';

/** As an operator leaves it. */
export const outside = { barred: barredBy('public') };
const TODAY = '2026-11-27';

/** What a form of the administration is about, where nobody has signed in. */
export const subjectOf = (authority: Authority, about = ''): FormSubject => ({
  ...{ authority, about, number: 1, keptAt: `${TODAY}T09:00:00.000Z`, today: TODAY, home: '/administration/x' },
  actor: { id: 'administrator@example.org', role: authority.chain.administrator },
});

/** What somebody typed into it, and what is wrong with that. */
export function filled(form: CouncilForm, typed: Record<string, string>, authority: Authority, about = ''): FilledForm {
  const subject = subjectOf(authority, about);
  const fields = form.fields(subject);
  if (fields === undefined) throw new Error(`${form.title}: there is no ${about}`);
  const read = readForm(fields, typed);
  if (read.problems.length === 0) read.problems.push(...(form.wrong?.(read.values, subject, { outside }) ?? []));
  return read;
}

/** The file that a form makes of another, without a register; @throws where what was typed is wrong */
export function madeBy(form: CouncilForm, typed: Record<string, string>, authority: Authority, about = ''): Authority {
  const { values, problems } = filled(form, typed, authority, about);
  if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('; '));
  const none = new Proxy({} as Parameters<CouncilForm['edited']>[2], {
    get: () => {
      throw new Error('it asks the register');
    },
  });
  const after = form.edited(subjectOf(authority, about), values, none);
  if (after instanceof Promise) throw new Error('it asks somebody else');
  return after;
}
