import { describe, expect, test } from 'vitest';
import { managerOf } from '../../domain/authority/roles.ts';
import { roleAtStep } from '../../domain/plan/ladder.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { council } from '../support/facts.ts';

/** The tests' council with other reporting lines, as a file from before circles were refused may have them. */
const withLines = (lines: Record<string, string>): Authority => ({
  ...council,
  roles: council.roles.map((role) => ({ ...role, reportsTo: lines[role.id] ?? role.reportsTo })),
});

describe('who somebody answers to', () => {
  test.each([
    ['the role above', {}, 'team-manager', 'head-of-service'],
    ['nobody, at the top', {}, 'chief-executive', undefined],
    ['nobody, where a role answers to itself', { 'team-manager': 'team-manager' }, 'team-manager', undefined],
    ['nobody, where a junior answers back', { 'head-of-service': 'team-manager' }, 'head-of-service', undefined],
    [
      'nobody, anywhere in a circle of three',
      { 'assistant-director': 'team-manager' },
      'assistant-director',
      undefined,
    ],
    [
      'whoever is named, where the circle is further up',
      { director: 'assistant-director' },
      'team-manager',
      'head-of-service',
    ],
  ])('%s', (_what, lines, role, manager) => {
    expect(managerOf(withLines(lines), role)?.id).toBe(manager);
  });

  test('what is late in a circle goes to the administrator, never to a junior or to its owner', () => {
    const circle = withLines({ 'head-of-service': 'team-manager' });
    for (const owner of ['head-of-service', 'team-manager'])
      expect(roleAtStep(circle, owner, 'manager')).toBe('democratic-services');
    expect(roleAtStep(council, 'team-manager', 'manager')).toBe('head-of-service');
  });
});
