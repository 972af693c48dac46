import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { recordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestoneOf, milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { Story } from '../../domain/preview/story.ts';
import { asked } from '../../domain/questions/questions.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-23T10:00:00.000Z';
const as = (role: string): Actor => ({ id: 'somebody', role });
const administrator = as('democratic-services');
const WINDOW = 'call-in-window/d0';
const REVIEW = 'call-in-window/d0-review';

/** A decision published today, whose window is open to Tuesday 1 March, and a question of a member. */
function begun(): Story {
  const start = startOf({
    commitments: [{ rule: 'member-briefing' }],
    decisions: [{ id: 'd0', title: 'Adopt the plan', takenOn: '2016-02-22', publishedOn: '2016-02-23', key: false }],
    questions: [{ id: 'q0', askedOn: '2016-02-22', by: 'ward 1', text: 'How many?' }],
    actions: [
      {
        id: 'a',
        title: 'Follow it up',
        owner: 'team-manager',
        due: { n: 10, unit: 'working-day', from: 'decision-taken' },
      },
    ],
  });
  const rules = [...start.facts.rules, ...resolveRules(loadRulePack('commitments'))];
  return new Story({ ...start, facts: { ...start.facts, rules } }, NOW);
}

const give = (story: Story, command: Command, actor = administrator): Story => story.command(command, actor);
const callIn = (story: Story): Story =>
  give(story, { name: 'callIn', payload: { decision: 'd0', by: 'five members', reasons: 'the costs' } });
const withdrawDecision = (story: Story, actor = administrator): Story =>
  give(story, { name: 'withdrawDecision', payload: { decision: 'd0', reason: 'It is the schools’ plan.' } }, actor);
const withdrawCallIn = (story: Story, actor = administrator): Story =>
  give(story, { name: 'withdrawCallIn', payload: { decision: 'd0', reason: 'Two names were forged.' } }, actor);
const withdrawQuestion = (story: Story, actor = administrator): Story =>
  give(story, { name: 'withdrawQuestion', payload: { question: 'q0', reason: 'It was asked twice.' } }, actor);
const pending = ({ state }: Story): string[] =>
  milestonesOf(state)
    .filter(isPending)
    .map(({ id }) => id);
const toldOf = (story: Story, milestone: string, since: string): string[] =>
  story.mails
    .filter(({ at }) => at >= since)
    .flatMap(({ recipient, notices }) =>
      notices
        .filter((each) => each.milestone === milestone)
        .map(({ kind, text }) => `${recipient.roles[0]?.id} ${kind}: ${text}`),
    );

describe('a decision that was recorded by mistake', () => {
  test('what it started lapses, owners are told once, its record says so and nothing is deleted', () => {
    const story = begun();
    expect(pending(story)).toEqual(expect.arrayContaining([WINDOW, 'improvement-actions/a']));
    withdrawDecision(story.until('2016-02-24T10:00:00.000Z')).until('2016-03-10T10:00:00.000Z');
    expect(pending(story).filter((id) => id.includes('d0') || id.startsWith('improvement'))).toEqual([]);
    expect(toldOf(story, 'improvement-actions/a', '2016-02-24T10:00:00.000Z')).toEqual([
      'team-manager withdrawn: Nobody has to do it any more, because the decision "Adopt the plan" was withdrawn.',
    ]);
    expect(toldOf(story, WINDOW, '2016-02-24T10:00:00.000Z')).toHaveLength(1);
    const { facts } = story.state;
    expect(facts.inspection.decisions).toMatchObject([{ id: 'd0', withdrawn: 'It is the schools’ plan.' }]);
    const record = recordOfDecision(facts, 'd0', calendarOf(story.state), story.now);
    expect(record?.standing).toMatchObject({ open: false, from: null });
    expect(record?.parts.find(({ heading }) => heading === 'What became of it')?.text).toMatch(
      /The decision was withdrawn: It is the schools’ plan\.$/,
    );
    expect(story.entries.find(({ kind }) => kind === 'decision-withdrawn')).toMatchObject({
      text: 'The decision "Adopt the plan" was withdrawn by Democratic Services Manager: It is the schools’ plan.',
      data: { decision: 'd0', reason: 'It is the schools’ plan.' },
    });
  });

  test('takes its call-in with it, and nothing can be done to either', () => {
    const story = withdrawDecision(callIn(begun()));
    expect(pending(story).filter((id) => id.includes('d0'))).toEqual([]);
    const refused = '"Adopt the plan" was withdrawn: It is the schools’ plan.';
    expect(refusalSentence(() => withdrawDecision(story))).toBe(refused);
    expect(refusalSentence(() => withdrawCallIn(story))).toBe(refused);
    expect(refusalSentence(() => callIn(story))).toBe(refused);
    const payload = { decision: 'd0', outcome: 'refer-back' } as const;
    expect(refusalSentence(() => give(story, { name: 'resolveCallIn', payload }))).toBe(refused);
    const again = { id: 'd0', title: 'Adopt', takenOn: '2016-02-22', key: false, urgent: false };
    expect(refusalSentence(() => give(story, { name: 'decide', payload: again }))).toMatch(/is already recorded/);
    // Its record goes on telling how it was called in.
    const record = recordOfDecision(story.state.facts, 'd0', calendarOf(story.state), story.now);
    const textOf = (name: string) => record?.parts.find(({ heading }) => heading === name)?.text;
    expect(textOf('What became of it')).toMatch(
      /^Published on .*\. Called in on .* Scrutiny has not considered it yet\. The decision was withdrawn: It is the schools’ plan\.$/,
    );
    expect(textOf('Date and time by which call-in must be executed')).toBe('None: the decision was withdrawn');
  });
});

describe('a call-in that was recorded by mistake', () => {
  test('while its window is not over, that is open again to the same end, and closes of itself', () => {
    const story = callIn(begun());
    expect(pending(story)).toContain(REVIEW);
    expect(pending(story)).not.toContain(WINDOW);
    withdrawCallIn(story.until('2016-02-24T10:00:00.000Z'));
    expect(pending(story)).toContain(WINDOW);
    expect(pending(story)).not.toContain(REVIEW);
    expect(milestoneOf(story.state, WINDOW)).toMatchObject({ due: '2016-03-01', dueVersion: 2 });
    story.until('2016-03-02T10:00:00.000Z');
    const record = recordOfDecision(story.state.facts, 'd0', calendarOf(story.state), story.now);
    expect(record?.standing).toMatchObject({ open: false, from: '2016-03-02' });
    expect(record?.parts.find(({ heading }) => heading === 'What became of it')?.text).toContain(
      'A call-in by five members, received on Tuesday 23 February 2016, was withdrawn: Two names were forged.',
    );
    expect(story.entries.filter(({ kind }) => kind === 'window-closed')).toHaveLength(1);
  });

  test('whoever heard of it hears that it is none, once', () => {
    const story = withdrawCallIn(callIn(begun()).until('2016-02-24T10:00:00.000Z')).until('2016-02-26T12:00:00.000Z');
    const text =
      'The call-in of "Adopt the plan" was withdrawn by Democratic Services Manager: Two names were forged. The call-in window is open again, until midnight at the end of Tuesday 1 March 2016.';
    expect(toldOf(story, WINDOW, '2016-02-24T10:00:00.000Z').sort()).toEqual([
      `democratic-services decision: ${text}`,
      `director decision: ${text}`,
    ]);
    expect(toldOf(story, REVIEW, '2016-02-24T10:00:00.000Z')).toHaveLength(1);
  });

  test('once the window is over, it stays so, and the decision can be implemented', () => {
    const story = callIn(begun()).until('2016-03-08T10:00:00.000Z');
    withdrawCallIn(story).until('2016-03-10T12:00:00.000Z');
    expect(pending(story).filter((id) => id.includes('d0'))).toEqual([]);
    expect(refusalSentence(() => give(story, { name: 'implement', payload: { decision: 'd0' } }))).toBe('accepted');
    // The director and the administrator heard of the call-in; the duty that goes carries it to both.
    expect(toldOf(story, REVIEW, '2016-03-08T10:00:00.000Z').map((each) => each.split(' ')[0])).toEqual(
      expect.arrayContaining(['democratic-services', 'director']),
    );
  });

  test('takes what scrutiny made of it with it; called in anew, its duties have names of their own', () => {
    const story = callIn(begun());
    give(story, { name: 'resolveCallIn', payload: { decision: 'd0', outcome: 'refer-back' } });
    withdrawCallIn(story.until('2016-02-25T12:00:00.000Z'));
    expect(pending(story)).toContain(WINDOW);
    callIn(story.until('2016-02-26T12:00:00.000Z'));
    expect(pending(story)).toContain(`${REVIEW}-2`);
    expect(refusalSentence(() => callIn(story))).toMatch(/has already been called in/);
    give(story, { name: 'resolveCallIn', payload: { decision: 'd0', outcome: 'no-further-action' } });
    expect(pending(story).filter((id) => id.includes('d0'))).toEqual([]);
    expect(story.state.facts.inspection.callIns).toMatchObject([
      { withdrawn: 'Two names were forged.', resolution: { outcome: 'refer-back' } },
      { resolution: { outcome: 'no-further-action' } },
    ]);
  });

  test('of what has not been called in there is none', () => {
    expect(refusalSentence(() => withdrawCallIn(begun()))).toBe('"Adopt the plan" has not been called in.');
    expect(refusalSentence(() => withdrawCallIn(withdrawCallIn(callIn(begun()))))).toBe(
      '"Adopt the plan" has not been called in.',
    );
  });
});

describe('a question that was recorded by mistake', () => {
  const answer: Command = { name: 'answer', payload: { question: 'q0', text: 'Eleven.' } };

  test('nobody owes an answer, its owner is told once, and its words stay on record', () => {
    const story = withdrawQuestion(begun().until('2016-02-24T10:00:00.000Z')).until('2016-03-10T10:00:00.000Z');
    expect(pending(story)).not.toContain('member-briefings/question-q0');
    expect(toldOf(story, 'member-briefings/question-q0', '2016-02-24T10:00:00.000Z')).toEqual([
      'director withdrawn: Nobody has to do it any more, because question q0 was withdrawn.',
    ]);
    expect(asked(story.state.facts)).toMatchObject([{ id: 'q0', withdrawn: 'It was asked twice.' }]);
    expect(story.entries.some(({ kind, data }) => kind === 'question-asked' && data['text'] === 'How many?')).toBe(
      true,
    );
    expect(refusalSentence(() => give(story, answer))).toBe('Question q0 was withdrawn: It was asked twice.');
    expect(refusalSentence(() => withdrawQuestion(story))).toBe('Question q0 was withdrawn: It was asked twice.');
  });

  test('its answer does not go to members any more', () => {
    const told = (story: Story): boolean =>
      story
        .until('2016-06-01T10:00:00.000Z')
        .mails.some(({ notices }) => notices.some(({ text }) => text?.includes('question of members') === true));
    expect(told(give(begun(), answer))).toBe(true);
    expect(told(withdrawQuestion(give(begun(), answer)))).toBe(false);
  });

  test('the next one has a number of its own', () => {
    const story = withdrawQuestion(begun());
    give(story, { name: 'ask', payload: { by: 'ward 2', text: 'Why?' } });
    expect(asked(story.state.facts).map(({ id }) => id)).toEqual(['q0', 'q2']);
  });
});

test.each([
  ['withdrawDecision', withdrawDecision],
  ['withdrawCallIn', (story: Story, actor?: Actor) => withdrawCallIn(callIn(story), actor)],
  ['withdrawQuestion', withdrawQuestion],
] as const)('%s: managers and administrators may, nobody else', (_name, withdraw) => {
  for (const role of ['team-manager', 'head-of-service', 'scrutiny-chair'])
    expect(refusalSentence(() => withdraw(begun(), as(role)))).toMatch(/Managers and administrators may\.$/);
  for (const role of ['assistant-director', 'director', 'democratic-services'])
    expect(refusalSentence(() => withdraw(begun(), as(role)))).toBe('accepted');
});

test('what was withdrawn is in the file that is made of it, and started again nothing follows from it', () => {
  const story = withdrawQuestion(withdrawDecision(callIn(begun()))).until('2016-02-26T10:00:00.000Z');
  const { inspection, differences } = asFile(story.state, viewOf(story.state, story.now), story.entries, story.now);
  expect(differences).toEqual([]);
  expect(inspection).toMatchObject({
    decisions: [{ withdrawn: 'It is the schools’ plan.' }],
    questions: [{ text: 'How many?', withdrawn: 'It was asked twice.' }],
  });
  const start = { ...startOf(), facts: { ...story.state.facts, questions: [], inspection } };
  const again = new Story(start, story.now);
  expect(pending(again).filter((id) => id.includes('d0') || id.includes('q0'))).toEqual([]);
});
