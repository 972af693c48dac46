import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { type May, mustBePermitted } from '../../domain/commands/may.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { pageOf } from '../../activities/mail/page.ts';
import { refusalSentence } from '../support/refusals.ts';
import { factsOf, startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const AUDIT = 'improvement-actions/audit';
const OWNER = 'head-of-service';
const BESIDE = 'team-manager';

const begun = (parts: Record<string, unknown> = {}) =>
  new Story(
    startOf({
      themes: [{ id: 'so-1', title: 'Early help', officer: OWNER, with: [BESIDE] }],
      actions: [
        { id: 'audit', title: 'Audit', theme: 'so-1', due: '2016-04-29' },
        { id: 'alone', title: 'Alone', theme: 'so-1', with: [], due: '2016-04-29' },
        { id: 'own', title: 'Own', theme: 'so-1', owner: BESIDE, with: ['director', BESIDE], due: '2016-04-29' },
      ],
      commitments: [{ rule: 'cabinet-update', with: ['democratic-services'] }],
      ...parts,
    }),
    NOW,
  );
const share = (story: Story, payload: Partial<CommandPayload<'reassign'>>, actor = administrator) =>
  story.command({ name: 'reassign', payload: { milestone: AUDIT, ...payload } }, actor);
const besideOf = (story: Story, id: string) => milestoneOf(story.state, id)?.beside;

describe('roles beside an owner', () => {
  test('stand in the file: an action’s own, else its theme’s; a promise’s; never the owner', () => {
    const story = begun();
    expect(
      [AUDIT, 'improvement-actions/alone', 'improvement-actions/own', 'cabinet-updates/cabinet-update-1'].map((id) =>
        besideOf(story, id),
      ),
    ).toEqual([[BESIDE], undefined, ['director'], ['democratic-services']]);
    const entry = story.entries.find(({ milestone }) => milestone === AUDIT);
    expect(entry?.row?.beside).toEqual([BESIDE]);
  });

  test('hear what the owner hears, and that they are beside them; nothing goes up to them when it is late', () => {
    // Late by 20 working days.
    const story = begun().until('2016-05-31T10:00:00.000Z');
    const toldOf = (role: string) =>
      story
        .to(`${role}@anyborough.example.org`)
        .flatMap(({ notices }) => notices)
        .filter(({ milestone }) => milestone === AUDIT)
        .map(({ kind, step }) => `${kind} ${step}`);
    expect(toldOf(BESIDE)).toEqual([
      'started beside',
      'reminder beside',
      'reminder beside',
      'reminder beside',
      'reminder beside',
      'due-today beside',
    ]);
    expect(toldOf(OWNER)).toEqual(
      toldOf(BESIDE).map((each) => each.replace('beside', each.startsWith('started') ? 'null' : 'owner')),
    );
    const [first] = story.to(`${BESIDE}@anyborough.example.org`);
    const page = first === undefined ? undefined : pageOf(first, 1);
    expect(page?.notices.find(({ title }) => title === 'Audit')?.because).toBe(
      'This inspection has just been started in duecourse. The duty belongs to Head of Service, who leads on it; you are beside them.',
    );
  });

  test('hear of what is done to it: its date, a hold, a new owner', () => {
    const story = begun()
      .command({ name: 'extend', payload: { milestone: AUDIT, to: '2016-06-10', reason: 'illness' } }, administrator)
      .until('2016-02-24T10:00:00.000Z');
    share(story, { to: 'vacant-post' }).until('2016-02-26T10:00:00.000Z');
    const kinds = story
      .to(`${BESIDE}@anyborough.example.org`)
      .flatMap(({ notices }) => notices)
      .filter(({ milestone }) => milestone === AUDIT)
      .map(({ kind }) => kind);
    expect(kinds).toEqual(['started', 'moved', 'reassigned']);
  });
});

describe('who is beside the owner is changed', () => {
  test('by those above: the new one is told, and who is not any more hears nothing more', () => {
    const story = share(begun().until('2016-02-23T10:00:00.000Z'), { with: ['vacant-post'], reason: 'More hands' });
    expect(milestoneOf(story.state, AUDIT)).toMatchObject({ owner: OWNER, beside: ['vacant-post'] });
    expect(story.entries.at(-1)?.text ?? '').toBe(
      'Audit: beside the owner now: Virtual School Head, by Democratic Services Manager.',
    );
    story.until('2016-05-10T10:00:00.000Z');
    const told = story.mails.flatMap(({ recipient, notices, day }) =>
      notices
        .filter(({ milestone }) => milestone === AUDIT && day > '2016-02-23')
        .map((each) => ({ to: recipient.email, ...each })),
    );
    expect(told.some(({ to }) => to.startsWith(BESIDE))).toBe(false);
    expect(told.find(({ kind }) => kind === 'reassigned')?.text).toBe(
      'You are beside Head of Service now: More hands.',
    );
  });

  test('to nobody; and with a new owner at once', () => {
    expect(besideOf(share(begun(), { alone: true }), AUDIT)).toBeUndefined();
    const both = share(begun(), { to: BESIDE, with: [OWNER, 'director'] });
    expect(milestoneOf(both.state, AUDIT)).toMatchObject({ owner: BESIDE, beside: [OWNER, 'director'] });
    // Who was beside the owner and is it now is not beside themselves.
    expect(milestoneOf(share(begun(), { to: BESIDE }).state, AUDIT)).not.toHaveProperty('beside');
  });

  test.each([
    ['neither owner nor others', {}, /^Say who the new owner is/],
    ['both at once', { alone: true, with: [BESIDE] }, /not both\.$/],
    ['who is there already', { with: [BESIDE] }, /is on file already; nothing changes\.$/],
    ['nobody, where nobody is', { milestone: 'improvement-actions/alone', alone: true }, /nothing changes\.$/],
    ['a role that is not there', { with: ['nobody'] }, /has no role "nobody"/],
  ] as const)('not: %s', (_what, payload, sentence) => {
    expect(refusalSentence(() => share(begun(), payload as never))).toMatch(sentence);
  });

  test('an end keeps it for whoever opens it again; a file made of it says so', () => {
    const story = share(begun(), { with: ['director'] });
    const at = story.now;
    const { inspection, differences } = asFile(story.state, viewOf(story.state, at), story.entries, at);
    expect([inspection.happened.map((each) => each.with), differences]).toEqual([[['director']], []]);
    story
      .command({ name: 'complete', payload: { milestone: AUDIT } }, administrator)
      .until('2016-03-01T10:00:00.000Z')
      .command({ name: 'reopen', payload: { milestone: AUDIT, reason: 'not so' } }, administrator);
    expect(besideOf(story, AUDIT)).toEqual(['director']);
  });
});

describe('what they may', () => {
  test('is what a command grants to them, and nothing that is the owner’s alone', () => {
    const may = (granted: May) => () =>
      mustBePermitted(granted, 'report on it', { id: 'x', role: BESIDE }, factsOf(), {
        owner: OWNER,
        beside: [BESIDE],
      });
    expect(may({ capacities: [], owner: true, beside: true })).not.toThrow();
    expect(refusalSentence(may({ capacities: [], owner: true, above: true }))).toBe(
      'Team Manager may not report on it. Its owner (Head of Service) and those above them may.',
    );
    const other = () =>
      mustBePermitted(
        { capacities: ['manager'], owner: true, beside: true, above: true },
        'report on it',
        { id: 'x', role: 'vacant-post' },
        factsOf(),
        { owner: OWNER, beside: [BESIDE] },
      );
    expect(refusalSentence(other)).toBe(
      'Virtual School Head may not report on it. Its owner (Head of Service), those beside them, those above them and managers may.',
    );
  });

  test('is to report on it', () => {
    const report = (role: string) =>
      refusalSentence(() =>
        begun().command(
          { name: 'progress', payload: { milestone: AUDIT, percent: 40, text: 'Half way' } },
          { id: 'x', role },
        ),
      );
    expect([report(BESIDE), report('vacant-post')]).toEqual([
      'accepted',
      'Virtual School Head may not report on its progress. Its owner (Head of Service), those beside them, those above them, managers and administrators may.',
    ]);
  });

  test('is to bring evidence', () => {
    const bring = (role: string) =>
      refusalSentence(() =>
        begun().command(
          {
            name: 'addEvidence',
            payload: { milestone: AUDIT, title: 'Minutes', link: 'https://anyborough.example.org/minutes' },
          },
          { id: 'x', role },
        ),
      );
    expect([bring(BESIDE), bring('vacant-post')]).toEqual([
      'accepted',
      expect.stringMatching(/may not add evidence to it/),
    ]);
  });

  test('to end it is the lead’s, and of those above', () => {
    const give = (role: string) =>
      refusalSentence(() => begun().command({ name: 'complete', payload: { milestone: AUDIT } }, { id: 'x', role }));
    expect(give(BESIDE)).toMatch(
      /^Team Manager may not mark it as done\. Its owner \(Head of Service\), those above them/,
    );
    expect(give(OWNER)).toBe('accepted');
  });
});

test('a leaver is replaced beside owners as well, in the plan and where somebody has set it', () => {
  const story = share(begun(), { milestone: 'improvement-actions/alone', with: [BESIDE, 'director'] });
  story.command({ name: 'reassignMany', payload: { from: BESIDE, to: 'vacant-post' } }, administrator);
  expect(besideOf(story, AUDIT)).toEqual(['vacant-post']);
  expect(story.state.kept[AUDIT]?.sharedWith).toBeUndefined();
  expect(besideOf(story, 'improvement-actions/alone')).toEqual(['vacant-post', 'director']);
  expect(JSON.stringify([story.state.facts.inspection, story.state.kept])).not.toContain(`"${BESIDE}"`);
  const { inspection, differences } = asFile(story.state, viewOf(story.state, story.now), story.entries, story.now);
  expect([inspection.themes[0]?.with, differences]).toEqual([['vacant-post'], []]);
});
