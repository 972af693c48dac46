import { expect, test } from 'vitest';
import { requireRole } from '../../domain/authority/roles.ts';
import { someOf } from '../../domain/some-of.ts';
import { largeStart } from '../support/large.ts';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
])('%j in a sentence', (names, words) => expect(someOf(names, 3)).toBe(words));

test('a role that a council of 500 does not have is refused in a sentence that can be read', () => {
  const { authority } = largeStart({ actions: 1, roles: 500 }).facts;
  expect(() => requireRole(authority, 'mayor', undefined)).toThrow(/Its roles: chief-executive, .* and 480 more\.$/);
});
