import { describe, expect, test } from 'vitest';
import { Story } from '../../domain/preview/story.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { startOf } from '../support/facts.ts';

const MEMBER = { id: 'x', role: 'scrutiny-chair' };
const DIRECTOR = { id: 'x', role: 'director' };
const DIRECTOR_MAIL = 'director@anyborough.example.org';
const Q1 = 'member-briefings/question-q1';
const FIRST = 'member-briefings/member-briefing-1';

/** With monthly briefings from 19 February 2016 on, by the real pack. */
function story(parts: Record<string, unknown> = {}, at = '2016-02-22T10:00:00.000Z'): Story {
  const given = startOf({ commitments: [{ rule: 'member-briefing', owner: 'head-of-service' }], ...parts });
  const rules = [...given.facts.rules.slice(0, 1), ...resolveRules(loadRulePack('commitments'))];
  return new Story({ ...given, facts: { ...given.facts, rules } }, at);
}
const asks = (text = 'How many social workers have left?') =>
  ({ name: 'ask', payload: { by: 'ward 3 A', text } }) as const;
const answers = (question = 'q1', text = 'Eleven, of whom nine were agency staff.') =>
  ({ name: 'answer', payload: { question, text } }) as const;

test('a question goes to the director, due ten working days after it was asked, with its text', () => {
  const told = story().until('2016-03-01T12:00:00.000Z').command(asks(), MEMBER).until('2016-03-02T12:00:00.000Z');
  // Ten working days after Tuesday 1 March 2016: Tuesday 15 March.
  expect(told.milestones[Q1]).toMatchObject({ due: '2016-03-15', owner: 'director', status: 'open' });
  const mail = told.to(DIRECTOR_MAIL).at(-1);
  expect(mail?.notices.find((notice) => notice.milestone === Q1)?.text).toBe(
    'A member asks: How many social workers have left?',
  );
});

test('who asked is kept with the inspection and is not in the record', () => {
  const told = story().until('2016-03-01T12:00:00.000Z').command(asks(), MEMBER);
  expect(told.state.facts.questions?.[0]?.by).toBe('ward 3 A');
  expect(JSON.stringify(told.entries)).not.toContain('ward 3 A');
});

test('the answer meets it, and the owner of the next briefing alone is told to take it along, until it has gone', () => {
  const told = story()
    .until('2016-03-01T12:00:00.000Z')
    .command(asks(), MEMBER)
    .until('2016-03-08T12:00:00.000Z')
    .command(answers(), DIRECTOR);
  expect(told.entries.find((entry) => entry.kind === 'question-answered')?.row).toMatchObject({
    milestone: Q1,
    status: 'completed',
  });
  // The first briefing is due on Monday 21 March (19 March is a Saturday); 5 working days before is Monday 14 March.
  told.until('2016-03-14T12:00:00.000Z');
  const text = (milestone: string) =>
    told.mails
      .filter((mail) => mail.day === '2016-03-14')
      .flatMap((mail) => mail.notices)
      .find((notice) => notice.milestone === milestone)?.text;
  expect(text(FIRST)).toMatch(/^It is to hold the answer to 1 question of members \(q1\)\./);
  told.command({ name: 'submit', payload: { milestone: FIRST } }, { id: 'x', role: 'head-of-service' });
  expect(told.state.facts.questions?.[0]).toMatchObject({ reportedIn: FIRST });
  const before = told.mails.length;
  told.until('2016-04-30T12:00:00.000Z');
  expect(JSON.stringify(told.mails.slice(before))).not.toContain('question of members');
});

test('what is answered after a briefing has gone waits for the one after it', () => {
  const told = story().until('2016-03-01T12:00:00.000Z').command(asks(), MEMBER);
  told.command({ name: 'submit', payload: { milestone: FIRST } }, { id: 'x', role: 'head-of-service' });
  told.command(answers(), DIRECTOR);
  expect(told.state.facts.questions?.[0]?.reportedIn).toBeUndefined();
  told.until('2016-04-13T12:00:00.000Z');
  told.command(
    { name: 'complete', payload: { milestone: 'member-briefings/member-briefing-2' } },
    { id: 'x', role: 'head-of-service' },
  );
  expect(told.state.facts.questions?.[0]?.reportedIn).toBe('member-briefings/member-briefing-2');
});

test('a question not answered in time goes up the chain like every duty', () => {
  const told = story().until('2016-03-01T12:00:00.000Z').command(asks(), MEMBER).until('2016-03-16T12:00:00.000Z');
  const escalated = told.to('chief-executive@anyborough.example.org').flatMap((mail) => mail.notices);
  expect(escalated.filter((notice) => notice.milestone === Q1).map((notice) => notice.kind)).toEqual(['escalation']);
});

describe('is refused:', () => {
  const asked = () => story().until('2016-03-01T12:00:00.000Z').command(asks(), MEMBER);

  test.each([
    [
      'an answer to nothing',
      answers('q9'),
      DIRECTOR,
      /This inspection has no question "q9"; did you mean "q1"\? There are: q1/,
    ],
    [
      'a second question of the same name',
      { name: 'ask', payload: { id: 'q1', by: 'x', text: 'x' } },
      MEMBER,
      /already/,
    ],
    ['a question by an officer', asks(), { id: 'x', role: 'team-manager' }, /may not ask a question as a member/],
    ['an answer by a member', answers(), MEMBER, /may not answer a member's question/],
    [
      'its completion without an answer',
      { name: 'complete', payload: { milestone: Q1 } },
      DIRECTOR,
      /give the answer itself/,
    ],
    [
      'a question of tomorrow',
      { name: 'ask', payload: { by: 'x', text: 'x', on: '2016-03-02' } },
      MEMBER,
      /in the future/,
    ],
  ] as const)('%s', (_what, command, actor, message) => {
    const told = asked();
    const before = told.state;
    expect(() => told.command(command, actor)).toThrow(message);
    expect(told.state).toBe(before);
  });

  test('a second answer', () => {
    expect(() => asked().command(answers(), DIRECTOR).command(answers(), DIRECTOR)).toThrow(/already answered/);
  });

  test('a question where the rules say nothing of questions', () => {
    const old = new Story(startOf(), '2016-02-22T10:00:00.000Z');
    expect(() => old.command(asks(), MEMBER)).toThrow(/do not say by when/);
  });
});
