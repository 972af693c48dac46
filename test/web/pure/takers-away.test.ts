import { expect, test } from 'vitest';
import { takersAway } from '../../../client/web/administration/takers-away.ts';
import { withAway } from '../../../domain/authority/change/people.ts';
import { council } from '../../support/facts.ts';

const away = withAway(council, 'team-manager@anyborough.example.org', {
  ...{ from: '2026-12-01', until: '2026-12-11', delegate: 'head-of-service' },
});
const of = (from: string, today = '2026-12-04', ...takers: string[]) => takersAway(away, { from, takers }, today);

test('whoever takes work and is away is named, with who reads their mail meanwhile', () => {
  expect(of('director', '2026-12-04', 'team-manager', 'team-manager')).toEqual([
    'Team Manager is away: Head of Service reads their mail until Friday 11 December 2026. Choose somebody who is there, or another stand-in.',
  ]);
});

test('where the leaver stands in for them, that is said', () => {
  expect(of('head-of-service', '2026-12-04', 'team-manager')[0]).toContain(
    'Head of Service, whose work is being passed on, reads their mail',
  );
});

test('nothing is said of those who are there, or back', () => {
  expect(of('director', '2026-12-04', 'assistant-director')).toEqual([]);
  expect(of('director', '2026-12-12', 'team-manager')).toEqual([]);
});
