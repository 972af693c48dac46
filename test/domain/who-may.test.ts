import { describe, expect, test } from 'vitest';
import {
  ABOVE_OWNER,
  LATER_DATES,
  MANAGERS_ONLY,
  type May,
  mustBePermitted,
  NOT_FOR_ONESELF,
  OWNER_AND_ABOVE,
} from '../../domain/commands/may.ts';
import { Refusal } from '../../domain/refusal.ts';
import { factsOf } from '../support/facts.ts';

const ABOVE: May = { capacities: [], above: true };
const OWNER: May = { capacities: [], owner: true };

/** What the role is answered: 'accepted', or why not. */
function answer(may: May, role: string, owner?: string): string {
  try {
    mustBePermitted(
      may,
      'grant a later date for it',
      { id: 'someone', role },
      factsOf(),
      owner === undefined ? undefined : { owner },
    );
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-permitted') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('above an owner stand those up the line, and the director and chief executive whatever the line', () => {
  const roles = factsOf().authority.roles.map((role) => role.id);
  test.each([
    ['team-manager', ['chief-executive', 'director', 'assistant-director', 'head-of-service']],
    ['assistant-director', ['chief-executive', 'director']],
    // They answer to nobody on file.
    ['vacant-post', ['chief-executive', 'director']],
    ['scrutiny-chair', ['chief-executive', 'director']],
    ['director', ['chief-executive']],
    ['chief-executive', []],
  ])('%s: %j', (owner, above) => {
    expect(roles.filter((role) => answer(ABOVE, role, owner) === 'accepted')).toEqual(above);
  });

  test('where the line comes back on itself, it ends', () => {
    const facts = factsOf();
    const lines = facts.authority.roles.map((role) =>
      role.id === 'assistant-director' ? { ...role, reportsTo: 'head-of-service' } : role,
    );
    const circle = { ...facts, authority: { ...facts.authority, roles: lines } };
    const ask = (role: string) => () =>
      mustBePermitted(ABOVE, 'x', { id: 's', role }, circle, { owner: 'team-manager' });
    expect(ask('head-of-service')).not.toThrow();
    expect(ask('vacant-post')).toThrow(Refusal);
  });

  test('nobody stands above, or is the owner, where it is about no duty', () => {
    for (const role of roles) {
      expect(answer(ABOVE, role)).not.toBe('accepted');
      expect(answer(OWNER, role)).not.toBe('accepted');
    }
  });

  test('the owner is not above themselves, and those above are not the owner', () => {
    expect(answer(ABOVE, 'team-manager', 'team-manager')).not.toBe('accepted');
    expect(answer(OWNER, 'head-of-service', 'team-manager')).not.toBe('accepted');
    expect(answer(OWNER, 'team-manager', 'team-manager')).toBe('accepted');
  });
});

describe('what lets the owner off is not the owner’s, though they are a manager', () => {
  test.each([
    // A manager grants it to others, and to themselves those above them do.
    ['assistant-director', 'team-manager', 'accepted'],
    [
      'assistant-director',
      'assistant-director',
      'Assistant Director owns it, and may not grant a later date for it for themselves. Those above them and administrators may.',
    ],
    ['director', 'assistant-director', 'accepted'],
    // Nobody is above; and an administrator answers for the whole.
    ['chief-executive', 'chief-executive', 'accepted'],
    ['democratic-services', 'democratic-services', 'accepted'],
  ])('%s of a duty of %s', (role, owner, said) => {
    expect(answer(NOT_FOR_ONESELF, role, owner)).toBe(said);
    expect(answer(LATER_DATES, role, owner)).toBe(said);
    expect(answer(ABOVE_OWNER, role, owner)).toBe('accepted');
  });
});

describe('a refusal says who may', () => {
  test.each<[May, string | undefined, string]>([
    [OWNER_AND_ABOVE, 'team-manager', 'Its owner (Team Manager), those above them, managers and administrators may.'],
    [ABOVE_OWNER, 'team-manager', 'Those above its owner (Team Manager), managers and administrators may.'],
    [MANAGERS_ONLY, undefined, 'Managers and administrators may.'],
    [OWNER, 'team-manager', 'Its owner (Team Manager) may.'],
    [{ capacities: ['administrator'] }, undefined, 'Administrators may.'],
    [
      { capacities: ['administrator'], owner: true, above: true },
      undefined,
      'The owner of the duty, those above them and administrators may.',
    ],
    [ABOVE, undefined, 'Those above the owner of the duty may.'],
    // Somebody whom the council's file no longer has.
    [OWNER, 'former-post', 'Its owner (former-post) may.'],
    [{ capacities: [] }, undefined, 'Nobody may.'],
  ])('%j of %s', (may, owner, who) => {
    expect(answer(may, 'vacant-post', owner)).toBe(`Virtual School Head may not grant a later date for it. ${who}`);
  });
});
