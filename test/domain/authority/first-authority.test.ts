import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FIRST_ADMINISTRATOR, firstAuthority } from '../../../domain/authority/first-authority.ts';
import { divisions } from '../../../domain/calendar/working-calendar.ts';
import { authority } from '../../../domain/schemas/authority.ts';
import { firstFiles } from '../../../client/files/first-files.ts';

const email = 'democratic-services@anyborough.example.org';
const of = { name: 'Anyborough Council', administrator: { title: FIRST_ADMINISTRATOR, email } };

describe('a council that is set up on a page', () => {
  it.each(divisions)('is the one that the first file makes, of %s', (division) => {
    const { authority: text } = firstFiles({ council: of.name, division, email }, '/tmp');
    const byFile = authority.parse(parse(text));
    const id = 'democratic-services';
    const roles = byFile.roles.map((role) => (role.id === id ? { ...role, id: 'democratic-services-manager' } : role));
    expect(firstAuthority({ ...of, division })).toEqual({
      ...byFile,
      roles,
      chain: { ...byFile.chain, administrator: 'democratic-services-manager' },
    });
  });

  it('has an administrator beside those at its head, whatever their own role is called', () => {
    const made = firstAuthority({
      ...of,
      division: 'scotland',
      administrator: { title: 'Director', email },
      director: 'director@anyborough.example.org',
    });
    expect(made.chain).toEqual({
      director: 'director',
      chiefExecutive: 'chief-executive',
      administrator: 'director-2',
    });
    expect(made.roles.map(({ id, email: held }) => [id, held])).toEqual([
      ['chief-executive', undefined],
      ['director', 'director@anyborough.example.org'],
      ['assistant-director', undefined],
      ['head-of-service', undefined],
      ['director-2', email],
    ]);
  });
});
