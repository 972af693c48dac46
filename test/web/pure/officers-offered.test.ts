import { describe, expect, test } from 'vitest';
import { loadAuthorityFile } from '../../../client/files/load.ts';
import type { FormSubject } from '../../../client/web/administration/council-form.ts';
import { councilForm } from '../../../client/web/administration/forms.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';

const COUNCIL = loadAuthorityFile('examples/authorities/middlesbrough.yaml');
const COUNCILLORS = ['lead-member', 'scrutiny-chair'];

/** The roles that a field of a form of the administration offers. */
function offered(form: string, field: string, authority: Authority = COUNCIL, about = ''): string[] {
  const subject = { authority, about, home: '', today: '2026-11-27' } as FormSubject;
  const fields = councilForm(form)?.fields(subject) ?? [];
  const choices = fields.find(({ name }) => name === field)?.choices ?? {};
  return Object.keys(choices).filter((id) => id !== '');
}

describe('councillors are offered where a councillor is asked for, and nowhere else', () => {
  test.each<[string, string, string?]>([
    ['chain', 'director'],
    ['chain', 'chiefExecutive'],
    ['chain', 'administrator'],
    ['later-dates', 'beyond'],
    ['change-body', 'officer', 'executive'],
    ['add-partner', 'lead'],
  ])('%s, %s: the council’s officers', (form, field, about) => {
    const officers = COUNCIL.roles.map(({ id }) => id).filter((id) => !COUNCILLORS.includes(id));
    expect(offered(form, field, COUNCIL, about)).toEqual(officers);
  });

  test('the lead member: the council’s councillors', () => {
    expect(offered('chain', 'leadMember').toSorted()).toEqual(COUNCILLORS);
  });

  test('whoever stands there by the file may stay, so that opening the form and sending it changes nothing', () => {
    const chain = { ...COUNCIL.chain, director: 'lead-member', leadMember: 'head-of-early-help' };
    const authority = { ...COUNCIL, chain, laterDates: { cap: 2, beyond: 'scrutiny-chair' } };
    expect(offered('chain', 'director', authority)).toContain('lead-member');
    expect(offered('chain', 'leadMember', authority)).toContain('head-of-early-help');
    expect(offered('later-dates', 'beyond', authority)).toContain('scrutiny-chair');
  });
});
