import { describe, expect, test } from 'vitest';
import { requireRole } from '../../../domain/authority/roles.ts';
import { apply } from '../../../domain/commands/apply.ts';
import { milestoneOf } from '../../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { formNamed, inParticular } from '../../../client/web/forms/command-form.ts';
import { offered } from '../../../client/web/forms/offered.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { ACTION, by, copyOf, story } from '../../support/every-command.ts';

const PLAN = 'plan-submission/written-action-plan';
/** Its owner's manager accepts it. */
const ACCEPTED = 'improvement-actions/standard';
const HANDS_IN = ['submit', 'complete'] as const;
type HandsIn = (typeof HANDS_IN)[number];

const { state, now } = copyOf(story()).until('2016-02-29T14:00:00.000Z');
const running = runningFrom(state, viewOf(state, now));
const membershipOf = (role: string) => ({
  authority: state.facts.authority,
  roles: [requireRole(state.facts.authority, role, undefined)],
});
const offers = (duty: string, role: string) =>
  offered({ subject: 'milestone', id: duty }, running, membershipOf(role)).flatMap(({ name }) =>
    HANDS_IN.filter((each) => each === name),
  );
const after = (name: HandsIn, duty: string, role: string) =>
  milestoneOf(apply(state, { name, payload: { milestone: duty } }, by(role), now), duty);

const meaning = (name: HandsIn, duty: string, role: string): string => {
  const form = formNamed(name);
  if (form === undefined) throw new Error(`no form ${name}`);
  return inParticular(form, duty, running, role).explain;
};

const CASES: [what: string, duty: string, role: string, offered: HandsIn[], means: RegExp][] = [
  ['nobody has to accept it', ACTION, 'team-manager', ['complete'], /^Say that it is done\. Nobody has to accept it\./],
  [
    'somebody above the owner has to',
    ACCEPTED,
    'team-manager',
    ['submit'],
    /^Hand it to Head of Service, who accepts it or/,
  ],
  ['the same, by an administrator', ACCEPTED, 'democratic-services', ['submit'], /^Hand it to Head of Service/],
  ['whoever has to accept it says so', ACCEPTED, 'head-of-service', ['complete'], /done, and that you accept it\./],
  [
    'it goes to the inspectorate',
    PLAN,
    'director',
    ['submit', 'complete'],
    /^Say that it (has been sent to|is done, and).* Ofsted/,
  ],
];

describe('a duty is handed in by one button, or by two that do not do the same', () => {
  test.each(CASES)('%s', (_what, duty, role, expected, means) => {
    expect(offers(duty, role)).toEqual(expected);
    for (const name of expected) expect(meaning(name, duty, role)).toMatch(means);
    const [submitted, completed] = HANDS_IN.map((name) => after(name, duty, role)?.status);
    expect(submitted === completed).toBe(expected.length === 1);
    // What is not offered, by an address or a program, means what it does.
    const meanings = HANDS_IN.map((name) => meaning(name, duty, role));
    expect(new Set(meanings).size).toBe(expected.length);
  });

  test.each([
    ['the inspectorate', PLAN, 'director'],
    ['somebody of the council, who looks at it', ACCEPTED, 'head-of-service'],
  ])('what was submitted to %s is accepted, not marked as done', (_whom, duty, role) => {
    const made = apply(state, { name: 'submit', payload: { milestone: duty } }, by('democratic-services'), now);
    const names = offered({ subject: 'milestone', id: duty }, runningFrom(made, viewOf(made, now)), membershipOf(role));
    const possible = names.map(({ name }) => name);
    expect(possible).toContain('accept');
    for (const name of HANDS_IN) expect(possible).not.toContain(name);
  });

  test.each<[what: string, name: HandsIn, duty: string, role: string, done: string]>([
    ['done', 'complete', ACTION, 'team-manager', 'It is marked as done.'],
    [
      'to somebody of the council',
      'submit',
      ACCEPTED,
      'team-manager',
      'It is submitted, and waits for Head of Service to accept it or send it back.',
    ],
    [
      'to the inspectorate',
      'submit',
      PLAN,
      'director',
      'It is submitted, and waits for Ofsted to accept it or send it back.',
    ],
    ['and accepted with it', 'complete', ACCEPTED, 'head-of-service', 'It is marked as done.'],
  ])('what is said once it is handed in: %s', (_what, name, duty, role, done) => {
    const form = formNamed(name);
    const made = apply(state, { name, payload: { milestone: duty } }, by(role), now);
    const said = form && inParticular(form, duty, runningFrom(made, viewOf(made, now))).done;
    expect(said).toBe(done);
  });
});
