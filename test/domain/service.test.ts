import { expect, test } from 'vitest';
import { serviceOf } from '../../domain/authority/service.ts';
import { council } from '../support/facts.ts';

const role = (id: string, reportsTo?: string) => ({
  ...{ id, title: id, capacity: 'owner' as const },
  ...(reportsTo === undefined ? {} : { reportsTo }),
});
const authority = {
  ...council,
  roles: [
    role('chief'),
    role('director', 'chief'),
    role('safeguarding', 'director'),
    role('team-a', 'safeguarding'),
    role('early-help', 'director'),
    role('lawyer', 'chief'),
  ],
  partners: [
    {
      id: 'nhs',
      name: 'NHS',
      lead: 'safeguarding',
      chain: { head: 'nurse' },
      roles: [role('nurse'), role('clerk', 'nurse')],
    },
  ],
} as typeof council;

test.each<[string, string[], string[]]>([
  [
    'a team’s own manager has the team, and the partner for which they answer',
    ['safeguarding'],
    ['safeguarding', 'team-a', 'nurse', 'clerk'],
  ],
  ['whoever nobody answers to has their own', ['lawyer'], ['lawyer']],
  [
    'a director has all below, however far',
    ['director'],
    ['director', 'safeguarding', 'team-a', 'early-help', 'nurse', 'clerk'],
  ],
  ['of several roles it is all of theirs', ['early-help', 'lawyer'], ['early-help', 'lawyer']],
  ['who holds none has none', [], []],
])('%s', (_what, roles, service) => {
  expect([...serviceOf(authority, roles)].toSorted()).toEqual(service.toSorted());
});
