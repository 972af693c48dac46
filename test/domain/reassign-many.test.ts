import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { actionLines } from '../../domain/progress/action-lines.ts';
import { seriesIn } from '../../domain/progress/series.ts';
import { Story } from '../../domain/preview/story.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { refusalSentence } from '../support/refusals.ts';
import { calendar, startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const NEXT_DAY = '2016-02-23T10:00:00.000Z';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const LEAVER = 'head-of-service';
const NEW = 'team-manager';

/** Head of Service has a theme with an action, an action of another theme, a strand, a promise and a training. */
const begun = () => {
  const start = startOf({
    owners: { 'plan-submission': LEAVER, 'cabinet-updates': 'assistant-director' },
    themes: [
      { id: 'so-1', title: 'Early help', officer: LEAVER },
      { id: 'so-2', title: 'Permanence', officer: 'director' },
    ],
    actions: [
      { id: 'audit', title: 'Audit', theme: 'so-1', due: '2016-04-29' },
      { id: 'survey', title: 'Survey', theme: 'so-2', owner: LEAVER, due: '2016-05-31' },
      { id: 'other', title: 'Other', theme: 'so-2', due: '2016-05-31' },
      { id: 'done', title: 'Done', owner: LEAVER, due: '2016-03-31' },
    ],
    commitments: [
      { rule: 'cabinet-update' },
      { rule: 'member-briefing', owner: LEAVER, every: { n: 1, unit: 'month' } },
    ],
    training: [{ id: 'session', title: 'Session', on: '2016-04-12', owner: LEAVER }],
    decisions: [{ id: 'd0', title: 'Agree', takenOn: '2016-02-22', publishedOn: '2016-02-22', properOfficer: LEAVER }],
  });
  const rules = [...start.facts.rules.slice(0, 1), ...resolveRules(loadRulePack('commitments'))];
  return new Story({ ...start, facts: { ...start.facts, rules } }, NOW)
    .command({ name: 'complete', payload: { milestone: 'improvement-actions/done' } }, administrator)
    .until(NEXT_DAY);
};

const give = (story: Story, payload: Partial<CommandPayload<'reassignMany'>> = {}, actor = administrator) =>
  story.command({ name: 'reassignMany', payload: { from: LEAVER, to: NEW, ...payload } }, actor);
const ownedBy = (story: Story, role: string) =>
  Object.values(story.milestones)
    .filter(({ owner }) => owner === role)
    .map(({ id }) => id)
    .sort();

describe('a leaver’s whole work', () => {
  test('goes to the new owner: what is open, and what is planned later', () => {
    const story = begun();
    const before = ownedBy(story, LEAVER);
    expect(before).toEqual([
      'improvement-actions/audit',
      'improvement-actions/survey',
      'member-briefings/member-briefing-1',
      'member-briefings/member-briefing-2',
      'other-reporting/training-session-attendance',
      'other-reporting/training-session-invitation',
      'plan-submission/written-action-plan',
    ]);
    give(story, { reason: 'She has left' });
    expect([ownedBy(story, LEAVER), ownedBy(story, NEW)]).toEqual([[], before]);
    const { inspection } = story.state.facts;
    expect(JSON.stringify(inspection).match(/head-of-service/g)).toHaveLength(1);
    // Who signed a record that is out is what has happened.
    expect(inspection.decisions[0]?.properOfficer).toBe(LEAVER);
    // No mark is needed where the facts say it.
    expect(story.state.kept['improvement-actions/audit']?.passedTo).toBeUndefined();
    story.until('2016-06-01T10:00:00.000Z');
    expect(milestoneOf(story.state, 'member-briefings/member-briefing-5')?.owner).toBe(NEW);
  });

  test('leaves what was done with whom it was done by, an action of a theme too, and names who reported what is open', () => {
    const story = begun().command(
      { name: 'complete', payload: { milestone: 'improvement-actions/audit' } },
      administrator,
    );
    const said = { milestone: 'improvement-actions/survey', rating: 'amber', text: 'Half of them have come.' };
    story.command({ name: 'progress', payload: said }, { id: 'y', role: LEAVER }).until('2016-02-25T10:00:00.000Z');
    const lines = () =>
      Object.fromEntries(
        actionLines(viewOf(story.state, story.now), seriesIn(story.entries), calendar, (role) => role).map((each) => [
          each.title,
          each,
        ]),
      );
    expect(lines()['Survey']).toMatchObject({ owner: LEAVER, said: 'Tue 23 February 2016: Half of them have come.' });
    give(story).until('2016-02-26T10:00:00.000Z');
    expect([lines()['Done']?.owner, lines()['Audit']?.owner]).toEqual([LEAVER, LEAVER]);
    expect(lines()['Survey']).toMatchObject({
      owner: NEW,
      rating: 'Amber, on Tue 23 February 2016, head-of-service',
      said: 'Tue 23 February 2016, head-of-service: Half of them have come.',
    });
    // Nor does a revision of the plan write anew who did it.
    const item = { id: 'so-1', title: 'Early help', officer: 'director', recommendations: [] };
    const officer = { kind: 'put' as const, what: 'theme' as const, item };
    story.command({ name: 'revise', payload: { edits: [officer], reason: 'x' } }, administrator);
    expect(lines()['Audit']?.owner).toBe(LEAVER);
  });

  test('is told to the new owner in one mail, and to nobody else', () => {
    const story = give(begun(), { reason: 'She has left' }).until('2016-02-25T10:00:00.000Z');
    const told = story.mails.filter(({ notices }) => notices.some(({ kind }) => kind === 'reassigned'));
    expect(told.map(({ recipient, notices }) => [recipient.email, notices.length])).toEqual([
      ['team-manager@anyborough.example.org', 7],
    ]);
    expect(told[0]?.notices[0]?.text).toBe('Passed on from Head of Service: She has left.');
  });

  test('stands on record as one sentence, and an entry a duty', () => {
    const story = begun();
    const from = story.entries.length;
    give(story, { reason: 'She has left' });
    const entries = story.entries.slice(from);
    expect(entries.map(({ kind }) => kind)).toEqual([
      'work-reassigned',
      'plan-revised',
      ...Array.from({ length: 7 }, () => 'milestone-owner-changed'),
    ]);
    expect(entries[0]?.text).toBe(
      'The work of Head of Service was passed to Team Manager: 7 duties; named anew on file: the line of duties plan-submission, the promise member-briefing, the theme "Early help", the action "Survey", the action "Done", should it be opened again and 1 more, by Democratic Services Manager: She has left.',
    );
    expect(story.state.facts.revision).toBe(2);
    expect(entries[1]?.text).toMatch(
      /^Plan revised \(revision 2\): .*Action "Survey", owner: Team Manager, was Head of Service/,
    );
    expect(entries.slice(2).every(({ row }) => row?.owner === NEW)).toBe(true);
  });

  test('and a file made of it names the new owner, without a difference', () => {
    const passed = begun().command(
      { name: 'reassign', payload: { milestone: 'improvement-actions/other', to: LEAVER } },
      administrator,
    );
    const { state, entries } = give(passed);
    expect(milestoneOf(state, 'improvement-actions/other')).toMatchObject({ owner: NEW, passedTo: NEW });
    const { inspection, differences } = asFile(state, viewOf(state, NEXT_DAY), entries, NEXT_DAY);
    expect(differences).toEqual([]);
    expect(inspection.actions.map(({ owner }) => owner)).toEqual([undefined, NEW, undefined, NEW]);
  });

  test('once more, there is nothing left to pass on', () => {
    expect(refusalSentence(() => give(give(begun())))).toBe(
      'Nothing of that belongs to Head of Service here: there is nothing to pass on.',
    );
  });

  test('an action that had ended is opened again for the new owner', () => {
    const { state } = give(begun())
      .until('2016-02-25T10:00:00.000Z')
      .command({ name: 'reopen', payload: { milestone: 'improvement-actions/done', reason: 'not so' } }, administrator);
    expect(milestoneOf(state, 'improvement-actions/done')?.owner).toBe(NEW);
  });

  test('a line of duties that is theirs because nobody is named is the new owner’s from then on', () => {
    const start = startOf({ owners: {}, commitments: [{ rule: 'cabinet-update' }] });
    const story = new Story(start, NOW);
    give(story, { from: 'director', strand: 'cabinet-updates' });
    expect(story.state.facts.inspection.owners).toEqual({ 'cabinet-updates': NEW });
    expect(milestoneOf(story.state, 'plan-submission/written-action-plan')?.owner).toBe('director');
    story.until('2016-09-01T10:00:00.000Z');
    expect(milestoneOf(story.state, 'cabinet-updates/cabinet-update-3')?.owner).toBe(NEW);
  });
});

describe('a part of it', () => {
  test('by strand', () => {
    const story = give(begun(), { strand: 'member-briefings' });
    expect(ownedBy(story, NEW)).toEqual(['member-briefings/member-briefing-1', 'member-briefings/member-briefing-2']);
    expect(story.state.facts.inspection.themes[0]?.officer).toBe(LEAVER);
  });

  test('by theme', () => {
    const story = give(begun(), { theme: 'so-1' });
    expect(ownedBy(story, NEW)).toEqual(['improvement-actions/audit']);
    expect(story.state.facts.inspection.themes.map(({ officer }) => officer)).toEqual([NEW, 'director']);
    expect(story.state.facts.inspection.actions[1]?.owner).toBe(LEAVER);
  });

  test('by name: an action changes hands in the plan; of a cycle and a theme only the duty that is named', () => {
    const milestones = ['survey', 'audit', 'member-briefing-1'];
    const story = give(begun(), { milestones });
    expect(ownedBy(story, NEW)).toEqual([
      'improvement-actions/audit',
      'improvement-actions/survey',
      'member-briefings/member-briefing-1',
    ]);
    const { themes, actions, commitments } = story.state.facts.inspection;
    expect([themes[0]?.officer, actions[1]?.owner, commitments[1]?.owner]).toEqual([LEAVER, NEW, LEAVER]);
  });
});

describe('what makes no sense is refused', () => {
  test.each([
    ['a role that is not there', { to: 'nobody' }, /has no role "nobody"/],
    ['somebody who never was', { from: 'nobody' }, /has no role "nobody"/],
    ['to themselves', { to: LEAVER }, /can’t be passed to the same role/],
    ['a theme that is not there', { theme: 'so-3' }, /has no theme "so-3"; did you mean "so-1"/],
    ['a duty that is not there', { milestones: ['none'] }, /has no milestone "none"/],
    ['a duty that has ended', { milestones: ['done'] }, /"Done" is done/],
    ['somebody else’s duty', { milestones: ['other'] }, /belongs to Director of Children’s Services, not to Head of/],
    ['a theme of which nothing is theirs', { from: 'assistant-director', theme: 'so-1' }, /Nothing of that belongs to/],
  ] as const)('%s', (_what, payload, sentence) => {
    expect(refusalSentence(() => give(begun(), payload as never))).toMatch(sentence);
  });

  test('of an inspection that is closed, and to whoever may not', () => {
    const waive = (milestone: string) => ({ name: 'waive' as const, payload: { milestone, reason: 'agreed' } });
    const closed = begun()
      .command(waive('plan-submission/written-action-plan'), administrator)
      .command(waive('call-in-window/d0'), administrator)
      .command(
        {
          name: 'close',
          payload: { reason: 'all is done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
        },
        administrator,
      );
    expect(refusalSentence(() => give(closed))).toMatch(/nothing more can be done to it/);
    expect(refusalSentence(() => give(begun(), {}, { id: 'y', role: NEW }))).toBe(
      'Team Manager may not give a role’s work to somebody else. Managers and administrators may.',
    );
  });
});

test('a role that leaves the council’s file while it owns something is kept, with what and by which command it goes', () => {
  const { authority } = begun().state.facts;
  const without = { ...authority, roles: authority.roles.filter(({ id }) => id !== LEAVER && id !== NEW) };
  const apply = (story: Story) =>
    refusalSentence(() => story.command({ name: 'changeAuthority', payload: { authority: without } }, administrator));
  expect(apply(begun())).toBe(
    'The file no longer has the role "head-of-service" (Head of Service), which owns "Written update to all members, no. 1", "Invite members: Session", "Record attendance: Session", "Written update to all members, no. 2", "Audit" and 6 more. Pass its work on first, with: duecourse reassign-many --from head-of-service --to ROLE anyborough/test; or leave the role in the file without an address.',
  );
  expect(apply(give(begun(), { to: 'director' }))).toBe('accepted');
});
