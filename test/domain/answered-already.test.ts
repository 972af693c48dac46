import { describe, expect, test } from 'vitest';
import type { Command, CommandName } from '../../domain/commands/commands.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { apply } from '../../domain/commands/apply.ts';
import { Story } from '../../domain/preview/story.ts';
import { refusalSentence } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

// What is asked for is answered once: whoever answers it after somebody else is told who has, and how.

const NOW = '2016-02-22T10:00:00.000Z';
const LATER = '2016-02-22T11:00:00.000Z';
const AUDIT = 'improvement-actions/audit';
const [OWNER, FIRST, SECOND] = ['team-manager', 'head-of-service', 'democratic-services'];
const MEMBER = 'scrutiny-chair';

type Given = [name: CommandName, role: string, payload?: object];
const commandOf = (name: CommandName, payload: object): Command => ({ name, payload }) as Command;

function story(acceptedBy?: object): Story {
  const action = { id: 'audit', title: 'Audit', owner: OWNER, due: '2016-04-29' };
  return new Story(startOf({ actions: [{ ...action, ...(acceptedBy === undefined ? {} : { acceptedBy }) }] }), NOW);
}
/** With the real pack's rule by which members' questions are answered. */
function withQuestions(): Story {
  const given = startOf({ commitments: [{ rule: 'member-briefing', owner: FIRST }] });
  const rules = [...given.facts.rules.slice(0, 1), ...resolveRules(loadRulePack('commitments'))];
  return new Story({ ...given, facts: { ...given.facts, rules } }, NOW);
}
const give = (to: Story, ...[name, role, payload = {}]: Given): Story =>
  to.command(commandOf(name, { milestone: AUDIT, ...payload }), { id: role, role });
const requested = (to = story()) => give(to, 'requestExtension', OWNER, { to: '2016-06-10', reason: 'ill' });
const submitted = (to = story({ role: FIRST })) => give(to, 'complete', OWNER);

const grant = { to: '2016-06-10', reason: 'agreed', asked: NOW };
const decline = { reason: 'promised', asked: NOW };
const back = { reason: 'No sample.', to: '2016-05-13', asked: NOW };

const GRANTED =
  'The later date asked for "Audit" was already granted by Head of Service on Monday 22 February 2016: it is due on Friday 10 June 2016.';
const DECLINED =
  'The later date asked for "Audit" was already declined by Head of Service on Monday 22 February 2016: it is due on Friday 29 April 2016.';
const ACCEPTED =
  /^"Audit" is done \((accepted )?by Head of Service on Monday 22 February 2016\); nothing more can be done to it\.$/;
const BACK =
  '"Audit" was sent back by Head of Service on Monday 22 February 2016 (No sample): it has not been submitted again yet.';

describe('answered by one, and then by another from a page that was open before', () => {
  test.each<[string, () => Story, Given, Given, string | RegExp]>([
    [
      'granted, then granted',
      requested,
      ['extend', FIRST, grant],
      ['extend', SECOND, { ...grant, to: '2016-07-01' }],
      GRANTED,
    ],
    ['granted, then declined', requested, ['extend', FIRST, grant], ['declineExtension', SECOND, decline], GRANTED],
    ['declined, then granted', requested, ['declineExtension', FIRST, decline], ['extend', SECOND, grant], DECLINED],
    [
      'declined, then declined',
      requested,
      ['declineExtension', FIRST, decline],
      ['declineExtension', SECOND, decline],
      DECLINED,
    ],
    [
      'accepted, then accepted',
      submitted,
      ['accept', FIRST, { asked: NOW }],
      ['accept', SECOND, { asked: NOW }],
      ACCEPTED,
    ],
    ['accepted, then sent back', submitted, ['accept', FIRST], ['sendBack', SECOND, back], ACCEPTED],
    ['sent back, then accepted', submitted, ['sendBack', FIRST, back], ['accept', SECOND, { asked: NOW }], BACK],
    ['sent back, then sent back', submitted, ['sendBack', FIRST, back], ['sendBack', SECOND, back], BACK],
    ['done, then done', story, ['complete', FIRST], ['complete', SECOND], ACCEPTED],
    [
      'waived, then done',
      story,
      ['waive', FIRST, { reason: 'gone' }],
      ['complete', SECOND],
      '"Audit" no longer applies (by Head of Service on Monday 22 February 2016); nothing more can be done to it.',
    ],
  ])(
    '%s: it is said by whom and how, in that very moment and once it is put away',
    (_what, begun, first, second, said) => {
      const [name, role, payload = {}] = first;
      const atOnce = (): unknown => {
        const to = begun();
        const between = apply(to.state, commandOf(name, { milestone: AUDIT, ...payload }), { id: role, role }, to.now);
        const [again, by, more = {}] = second;
        return apply(between, commandOf(again, { milestone: AUDIT, ...more }), { id: by, role: by }, to.now);
      };
      for (const run of [atOnce, () => give(give(begun(), ...first), ...second)])
        expect(refusalSentence(run)).toEqual(typeof said === 'string' ? said : expect.stringMatching(said));
    },
  );

  test('a question is answered once', () => {
    const asked = withQuestions().command(commandOf('ask', { id: 'q1', by: 'Ward 3', text: 'When?' }), {
      id: 'm',
      role: MEMBER,
    });
    const answer = (to: Story, role: string) =>
      to.command(commandOf('answer', { question: 'q1', text: 'Soon.' }), { id: role, role });
    expect(refusalSentence(() => answer(answer(asked, 'director'), SECOND))).toBe(
      'Question q1 was already answered on Monday 22 February 2016 by Director of Children’s Services.',
    );
  });

  test('a round of progress is closed once', () => {
    const opened = story().command(commandOf('openRound', { title: 'March', by: '2016-03-11' }), {
      id: 'x',
      role: SECOND,
    });
    const round = Object.keys(opened.state.kept).find((id) => id.startsWith('progress-rounds/'));
    const close = (to: Story) => give(to, 'closeRound', SECOND, { milestone: round, reason: 'enough' });
    expect(refusalSentence(() => close(close(opened)))).toMatch(
      /^"Progress for: March" is done \(by .+ on Monday 22 February 2016\)/,
    );
  });
});

describe('asked for anew', () => {
  test('the answer to an earlier request is none to a later one', () => {
    const again = requested(give(requested(), 'declineExtension', FIRST, decline).until(LATER));
    for (const [name, payload] of [
      ['extend', grant],
      ['declineExtension', decline],
    ] as const)
      expect(refusalSentence(() => give(again, name, SECOND, payload))).toBe(
        'Another date has been asked for "Audit" since: Friday 10 June 2016. Open its page again, and answer that.',
      );
    expect(give(again, 'extend', SECOND, { ...grant, asked: LATER }).milestone(AUDIT)?.due).toBe('2016-06-10');
  });

  test('nor the answer to an earlier submission to a later one', () => {
    const again = submitted(give(submitted(), 'sendBack', FIRST, back).until(LATER));
    for (const [name, payload] of [
      ['accept', { asked: NOW }],
      ['sendBack', back],
    ] as const)
      expect(refusalSentence(() => give(again, name, FIRST, payload))).toBe(
        '"Audit" has been submitted again since. Look at what was given then, and answer that.',
      );
    expect(give(again, 'accept', FIRST, { asked: LATER }).milestone(AUDIT)?.status).toBe('completed');
  });

  test('without a word of which, it is whatever is asked for now; nobody has asked at first', () => {
    expect(give(requested(), 'extend', FIRST, { to: '2016-05-06', reason: 'x' }).milestone(AUDIT)?.due).toBe(
      '2016-05-06',
    );
    expect(give(story(), 'extend', FIRST, { to: '2016-05-06', reason: 'x' }).milestone(AUDIT)?.due).toBe('2016-05-06');
    expect(refusalSentence(() => give(story(), 'declineExtension', FIRST, { reason: 'x' }))).toBe(
      'Nobody has asked for a later date for "Audit".',
    );
  });
});
