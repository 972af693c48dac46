import { describe, expect, test } from 'vitest';
import type { Command, CommandName } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { action as actionSchema } from '../../domain/schemas/plan.ts';
import { refusalSentence } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const AUDIT = 'improvement-actions/audit';
const OWNER = 'team-manager';
const asked = (months: number, round = 1) => `${AUDIT}--sustained-${round}-after-${months}`;

const action = (parts: object = { sustained: { after: [3, 6] } }) => ({
  ...{ id: 'audit', title: 'Audit', owner: OWNER, due: '2016-04-29' },
  ...parts,
});
const begun = (parts?: object) => new Story(startOf({ actions: [action(parts)] }), NOW);
const give = (story: Story, name: CommandName, payload: object = {}, role = OWNER) =>
  story.command({ name, payload: { milestone: AUDIT, ...payload } } as Command, { id: role, role });
const done = (story = begun()) => give(story, 'complete');
const fallen = (story: Story, months = 3, role = OWNER) =>
  give(story, 'fallBack', { milestone: asked(months), reason: 'Half were late again.', to: '2016-07-29' }, role);
const told = ({ mails }: Story, milestone: string) =>
  mails.flatMap(({ day, recipient, notices }) =>
    notices
      .filter((each) => each.milestone === milestone && each.kind !== 'started')
      .map(({ kind }) => `${day} ${recipient.roles[0]?.id ?? ''} ${kind}`),
  );
const dues = ({ state }: Story) =>
  Object.fromEntries(
    Object.entries(state.kept)
      .filter(([id]) => id.startsWith(AUDIT))
      .map(([id, { due, status = 'open' }]) => [id, `${due} ${status}`]),
  );

describe('what was done and is to be asked about again', () => {
  test('is asked of its owner after as many months as the plan says, and reminded as any duty', () => {
    const story = done().until('2016-03-01T10:00:00.000Z');
    expect(dues(story)).toEqual({ [asked(3)]: '2016-05-23 open', [asked(6)]: '2016-08-22 open' });
    expect(story.milestone(asked(3))).toMatchObject({
      owner: OWNER,
      title: 'Does it still hold after 3 months? Audit',
    });
    expect(story.milestone(asked(3))?.explanation[0]).toBe('It was done on Monday 22 February 2016.');
    expect(told(story.until('2016-05-25T12:00:00.000Z'), asked(3))).toEqual([
      '2016-05-16 team-manager reminder',
      '2016-05-23 team-manager due-today',
      '2016-05-24 head-of-service escalation',
    ]);
  });

  test('holds: it is marked as done, and the action stays as it was', () => {
    const story = give(done().until('2016-05-20T10:00:00.000Z'), 'complete', { milestone: asked(3) }).until(
      '2016-05-24T12:00:00.000Z',
    );
    expect(story.state.ended).toMatchObject({ [AUDIT]: { status: 'completed' }, [asked(3)]: { status: 'completed' } });
    expect(dues(story)).toEqual({ [asked(6)]: '2016-08-22 open' });
  });

  test('has fallen back: it is open again by a new date with the reason, and is asked about anew once it is done', () => {
    const story = fallen(done().until('2016-05-20T10:00:00.000Z'));
    expect(dues(story)).toEqual({ [AUDIT]: '2016-07-29 open' });
    expect(story.state.ended).toMatchObject({ [asked(3)]: { status: 'completed' }, [asked(6)]: { status: 'lapsed' } });
    expect(story.entries.map(({ text }) => text)).toContain(
      'Audit: opened again by Team Manager, because it had fallen back, due Friday 29 July 2016: Half were late again.',
    );
    expect(told(story.until('2016-05-24T12:00:00.000Z'), AUDIT)).toEqual(['2016-05-23 team-manager reopened']);
    const again = done(story.until('2016-06-01T10:00:00.000Z'));
    expect(Object.keys(dues(again.until('2016-06-02T12:00:00.000Z')))).toEqual([asked(3, 2), asked(6, 2)]);
  });

  test('is asked of the role that the plan names, else as the council says for all; an empty list is never', () => {
    const named = done(begun({ sustained: { after: [3], askedOf: 'head-of-service' } }));
    expect(named.milestone(asked(3))?.owner).toBe('head-of-service');
    const start = startOf({ actions: [action({})] });
    const council = { ...start.facts.authority, sustained: { after: [6] } };
    const withCouncils = (parts: object) =>
      done(
        new Story(
          { ...start, facts: { ...startOf({ actions: [action(parts)] }).facts, authority: council } },
          NOW,
        ).until('2016-02-22T11:00:00.000Z'),
      );
    expect(Object.keys(dues(withCouncils({})))).toContain(asked(6));
    expect(Object.keys(dues(withCouncils({ sustained: { after: [] } })))).not.toContain(asked(6));
    expect(done(begun({})).state.facts.holding).toBeUndefined();
  });

  test('that has to be accepted is asked about from its acceptance on', () => {
    const submitted = done(begun({ sustained: { after: [3] }, acceptedBy: { role: 'director' } }));
    expect(submitted.milestone(asked(3))).toBeUndefined();
    const accepted = give(submitted.until('2016-03-01T10:00:00.000Z'), 'accept', {}, 'director');
    expect(accepted.milestone(asked(3))?.due).toBe('2016-06-01');
  });

  test('and is opened again by somebody above: nobody is asked any more', () => {
    const story = give(done().until('2016-03-01T10:00:00.000Z'), 'reopen', { reason: 'a slip' }, 'director');
    expect(dues(story)).toEqual({ [AUDIT]: '2016-04-29 open' });
  });

  test('stands in a file made of it, with what has been answered', () => {
    const story = give(done().until('2016-05-20T10:00:00.000Z'), 'complete', { milestone: asked(3) });
    const { inspection, differences } = asFile(story.state, viewOf(story.state, story.now), story.entries, story.now);
    expect([inspection.happened.map(({ milestone }) => milestone), differences]).toEqual([[AUDIT, asked(3)], []]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['of an action itself', () => give(done(), 'fallBack', { reason: 'x', to: '2016-07-29' }), /is done|does not ask/],
    [
      'of what is open',
      () => give(begun(), 'fallBack', { reason: 'x', to: '2016-07-29' }),
      /does not ask whether something still holds/,
    ],
    ['twice', () => fallen(fallen(done())), /has no milestone|is done/],
    [
      'to a day that is over',
      () => give(done(), 'fallBack', { milestone: asked(3), reason: 'x', to: '2016-02-22' }),
      /not in the future/,
    ],
    [
      'beyond the calendar',
      () => give(done(), 'fallBack', { milestone: asked(3), reason: 'x', to: '2150-01-01' }),
      /is beyond/,
    ],
    ['by a member', () => fallen(done(), 3, 'scrutiny-chair'), /may not say that it has fallen back/],
  ])('%s is refused', (_what, run, sentence) => {
    expect(refusalSentence(run)).toMatch(sentence);
  });

  test.each([[[6, 3]], [[3, 3]], [[0]], [[61]]])('after %j months is a mistake in the file', (after) => {
    expect(actionSchema.safeParse(action({ sustained: { after } })).success).toBe(false);
  });
});
