import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { unansweredRounds } from '../../domain/rounds/unanswered.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { council, startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const ROUND = 'progress-rounds/cabinet-update-1';
const KINDS = ['progress-asked', 'progress-reminded', 'progress-silent'];
const address = (role: string) => `${role}@anyborough.example.org`;

const papers = { officer: 'democratic-services', reportDays: 8 };
const authority = authoritySchema.parse({
  ...council,
  bodies: [{ id: 'cabinet', name: 'Cabinet', meetings: ['2016-06-14', '2016-09-13', '2016-12-13'], papers }],
});
const action = (id: string, owner: string) => ({ id, title: `Action ${id}`, owner, due: '2017-01-31' });
const begun = (
  more: object = {},
  actions = [action('a', 'team-manager'), action('b', 'team-manager'), action('c', 'head-of-service')],
) => {
  const start = startOf({ actions, commitments: [{ rule: 'cabinet-update', body: 'cabinet', round: {} }], ...more });
  return new Story({ ...start, facts: { ...start.facts, authority } }, NOW);
};
const by = (role: string): Actor => ({ id: 'y', role });
const report = (story: Story, id: string, role: string) =>
  story.command({ name: 'progress', payload: { milestone: `improvement-actions/${id}`, rating: 'green' } }, by(role));
/** Who was asked, reminded or told, on which day, and with which words. */
const heard = ({ mails }: Story, role?: string) =>
  mails
    .filter(({ recipient }) => role === undefined || recipient.email === address(role))
    .flatMap(({ day, recipient, notices }) =>
      notices
        .filter(({ kind }) => KINDS.includes(kind))
        .map(({ kind, text }) => [day, recipient.roles[0]?.id, kind, text].join(' | ')),
    );
const of = (story: Story, kind: string) => story.entries.filter((each) => each.kind === kind).map(({ text }) => text);

describe('a round before a body’s papers', () => {
  test('is counted back from the report’s deadline, and says how', () => {
    const { due, owner, opens, explanation } = begun().milestones[ROUND] ?? {};
    // The meeting is on 14 June: eight working days before, 2 June; two before that, 31 May; ten more (a bank holiday), 16 May.
    expect([due, owner, opens]).toEqual(['2016-05-31', 'democratic-services', '2016-05-16']);
    expect(explanation?.slice(0, 2)).toEqual([
      'Update to Cabinet, no. 1 is due on Tuesday 14 June 2016; the report is due with the officer by Thursday 2 June 2016.',
      'Answers are to be there 2 working days before, and owners have 10 working days for them: they are asked on Monday 16 May 2016.',
    ]);
  });

  test('asks each owner in one item of their digest, reminds once, tells the manager, and names who was silent', () => {
    const story = begun().until('2016-06-03T10:00:00.000Z');
    expect(heard(story)).toEqual([
      '2016-05-16 | head-of-service | progress-asked | Please say by Tuesday 31 May 2016 how your open action stands: “Action c”.',
      '2016-05-16 | team-manager | progress-asked | Please say by Tuesday 31 May 2016 how your 2 open actions stand: “Action a”, “Action b”.',
      '2016-05-25 | head-of-service | progress-reminded | Please say by Tuesday 31 May 2016 how your open action stands: “Action c”.',
      '2016-05-25 | team-manager | progress-reminded | Please say by Tuesday 31 May 2016 how your 2 open actions stand: “Action a”, “Action b”.',
      '2016-06-01 | assistant-director | progress-silent | Head of Service did not answer on 1 action: “Action c”.',
      '2016-06-01 | head-of-service | progress-silent | Team Manager did not answer on 2 actions: “Action a”, “Action b”.',
    ]);
    expect(of(story, 'round-closed')).toEqual([
      'Progress for: Update to Cabinet, no. 1: Team Manager did not answer on 2 actions: “Action a”, “Action b”. Head of Service did not answer on 1 action: “Action c”.',
    ]);
    expect(unansweredRounds(viewOf(story.state, story.now), story.entries, '2016-05-01', (role) => role)).toEqual([
      'Progress for: Update to Cabinet, no. 1: Team Manager did not answer on 2 actions: “Action a”, “Action b”.',
      'Progress for: Update to Cabinet, no. 1: Head of Service did not answer on 1 action: “Action c”.',
    ]);
  });

  test('asks nobody for what they have answered, and closes once all have', () => {
    const story = begun().until('2016-05-17T10:00:00.000Z');
    report(story, 'a', 'team-manager');
    report(story, 'c', 'head-of-service');
    story.until('2016-05-26T10:00:00.000Z');
    expect(heard(story).slice(2)).toEqual([
      '2016-05-25 | team-manager | progress-reminded | Please say by Tuesday 31 May 2016 how your open action stands: “Action b”.',
    ]);
    const said = { milestone: 'improvement-actions/a', noChange: true };
    story.command({ name: 'progress', payload: said }, by('team-manager'));
    expect(milestoneOf(story.state, ROUND)?.status).toBe('open');
    report(story, 'b', 'team-manager');
    expect(of(story, 'round-closed')).toEqual([
      'Progress for: Update to Cabinet, no. 1: Everybody who was asked has answered.',
    ]);
    expect(heard(story.until('2016-07-01T10:00:00.000Z')).slice(3)).toEqual([]);
  });

  test('calls nobody silent before the day by which they are asked to answer: it says how many answers have come', () => {
    const story = begun().until('2016-05-17T10:00:00.000Z');
    const unanswered = () =>
      unansweredRounds(viewOf(story.state, story.now), story.entries, '2016-05-01', (role) => role);
    const [asked] = unanswered();
    expect(asked).toBe(
      'Progress for: Update to Cabinet, no. 1: answers are due by Tuesday 31 May 2016: on 0 of 3 actions they have come.',
    );
    report(story, 'a', 'team-manager');
    expect(unanswered()).toEqual([asked?.replace('0 of 3', '1 of 3')]);
    story.until('2016-05-31T22:00:00.000Z');
    expect(unanswered().join(' ')).not.toContain('did not answer');
    expect(
      unansweredRounds(viewOf(story.state, '2016-06-01T09:00:00.000Z'), story.entries, '2016-05-01', (role) => role),
    ).toEqual(expect.arrayContaining([expect.stringContaining('did not answer')]));
  });

  test('answered in the night between question and mail, the question is not sent', () => {
    const story = begun().until('2016-05-15T23:30:00.000Z');
    expect(of(story, 'progress-asked')).toHaveLength(1);
    report(story, 'c', 'head-of-service');
    expect(heard(story.until('2016-05-17T10:00:00.000Z'), 'head-of-service')).toEqual([]);
  });

  test('goes on with the cycle, and leaves nothing behind in the state', () => {
    const story = begun().until('2016-12-14T10:00:00.000Z');
    expect(of(story, 'progress-asked').map((text) => text.split(':')[1])).toHaveLength(3);
    expect(Object.keys(story.state.ended).filter((id) => id.startsWith('progress-rounds/'))).toEqual([]);
  });

  test('does not name who was not asked: held actions, and a round whose time has passed at the start', () => {
    const story = begun({}, [action('a', 'team-manager')]);
    const hold = { milestone: 'improvement-actions/a', reason: 'x', reviewOn: '2016-07-01' };
    story.command({ name: 'hold', payload: hold }, administrator).until('2016-06-03T10:00:00.000Z');
    expect(heard(story)).toEqual([]);
    expect(of(story, 'round-closed')).toEqual([
      'Progress for: Update to Cabinet, no. 1: Everybody who was asked has answered.',
    ]);
    const start = begun().state;
    const late = new Story({ ...startOf({}), facts: start.facts }, '2016-06-03T10:00:00.000Z');
    expect(of(late, 'round-closed')).toEqual(['Progress for: Update to Cabinet, no. 1: Nobody was asked in time.']);
  });

  test('a person of two roles hears of the actions of both, once', () => {
    const roles = authority.roles.map((role) =>
      role.id === 'head-of-service' ? { ...role, email: address('team-manager') } : role,
    );
    const start = startOf({
      actions: [action('a', 'team-manager'), action('c', 'head-of-service')],
      commitments: [{ rule: 'cabinet-update', body: 'cabinet', round: {} }],
    });
    const story = new Story({ ...start, facts: { ...start.facts, authority: { ...authority, roles } } }, NOW);
    expect(heard(story.until('2016-05-17T10:00:00.000Z')).map((each) => each.split(' | ')[3])).toEqual([
      'Please say by Tuesday 31 May 2016 how your 2 open actions stand: “Action a”, “Action c”.',
    ]);
  });
});

describe('a round by hand', () => {
  const open = (story: Story, payload = { by: '2016-03-04', title: 'the board' }, actor = administrator) =>
    story.command({ name: 'openRound', payload }, actor);
  const round = 'progress-rounds/round-1';
  const give = (story: Story, command: Command, actor = administrator) => story.command(command, actor);

  test('asks at once; postponed, it asks again by the new date and reminds before that', () => {
    const story = open(begun()).until('2016-02-29T10:00:00.000Z');
    give(story, { name: 'postponeRound', payload: { milestone: round, to: '2016-03-11', reason: 'half term' } });
    story.until('2016-03-15T10:00:00.000Z');
    expect(heard(story, 'team-manager').map((each) => each.split(' | ').slice(0, 3).join(' '))).toEqual([
      '2016-02-23 team-manager progress-asked',
      '2016-03-01 team-manager progress-asked',
      '2016-03-08 team-manager progress-reminded',
    ]);
    expect(heard(story, 'team-manager')[1]).toContain('by Friday 11 March 2016');
    expect(of(story, 'round-closed')).toHaveLength(1);
  });

  test('closed by hand, it names who was silent, and tells no manager', () => {
    const story = open(begun()).until('2016-02-24T10:00:00.000Z');
    give(story, { name: 'closeRound', payload: { milestone: round, reason: 'the board is off' } });
    story.until('2016-03-15T10:00:00.000Z');
    expect(heard(story).filter((each) => each.includes('silent'))).toEqual([]);
    expect(of(story, 'round-closed')[0]).toContain('Closed by hand: the board is off.');
    expect(unansweredRounds(viewOf(story.state, story.now), story.entries, '2016-02-01', (role) => role)).toHaveLength(
      2,
    );
  });

  test('closed by hand before anybody was asked, it blames nobody; and one is not opened twice for the same', () => {
    const story = open(begun());
    const { title = '' } = story.state.facts.inspection.rounds?.[0] ?? {};
    expect(refusalSentence(() => give(story, { name: 'openRound', payload: { by: '2016-03-31', title } }))).toContain(
      `Progress is asked for "${title}" already`,
    );
    give(story, { name: 'closeRound', payload: { milestone: round, reason: 'opened twice' } });
    expect(of(story, 'round-closed')[0]).toContain('Nobody had been asked yet. Closed by hand: opened twice.');
    expect(unansweredRounds(viewOf(story.state, story.now), story.entries, '2016-02-01', (role) => role)).toEqual([]);
    // Once it is closed, it may be asked for again.
    expect(refusalSentence(() => give(story, { name: 'openRound', payload: { by: '2016-03-31', title } }))).toBe(
      'accepted',
    );
  });

  test.each<[string, Command, Actor, string]>([
    [
      'in the past',
      { name: 'openRound', payload: { by: '2016-02-22', title: 'x' } },
      administrator,
      "Answers can't be there by Monday 22 February 2016",
    ],
    [
      'by an owner',
      { name: 'openRound', payload: { by: '2016-03-04', title: 'x' } },
      by('team-manager'),
      'Team Manager may not ask for progress.',
    ],
    [
      'of a duty',
      { name: 'closeRound', payload: { milestone: 'improvement-actions/a', reason: 'x' } },
      administrator,
      '"Action a" is a duty, and no round',
    ],
    [
      'earlier',
      { name: 'postponeRound', payload: { milestone: round, to: '2016-03-03', reason: 'x' } },
      administrator,
      'is not after the present one',
    ],
    [
      'beyond its meeting',
      { name: 'postponeRound', payload: { milestone: ROUND, to: '2016-06-14', reason: 'x' } },
      administrator,
      'Answers by Tuesday 14 June 2016 come too late',
    ],
    [
      'as if it were a duty',
      { name: 'complete', payload: { milestone: round } },
      administrator,
      'close it by hand where it is over',
    ],
    [
      'by a hold',
      { name: 'hold', payload: { milestone: round, reason: 'x', reviewOn: '2016-03-01' } },
      administrator,
      "can't be paused",
    ],
    [
      'by an extension',
      { name: 'extend', payload: { milestone: round, to: '2016-03-11', reason: 'x' } },
      administrator,
      'by postponing the round',
    ],
    [
      'by a report',
      { name: 'progress', payload: { milestone: round, percent: 1 } },
      administrator,
      'Progress is reported on actions',
    ],
  ])('is refused %s', (_what, command, actor, sentence) => {
    expect(refusalSentence(() => give(open(begun()), command, actor))).toContain(sentence);
  });

  test('is refused where nobody could be asked, and twice closed', () => {
    expect(refusalSentence(() => open(begun({}, [])))).toBe('There is no open action whose owner could be asked.');
    const closed = { name: 'closeRound', payload: { milestone: round, reason: 'x' } } as const;
    expect(refusalSentence(() => give(give(open(begun()), closed), closed))).toContain('is done');
  });
});
