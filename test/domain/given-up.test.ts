import { describe, expect, test } from 'vitest';
import { Story } from '../../domain/preview/story.ts';
import { consequencesOf } from '../../domain/revisions/consequences.ts';
import { edited, putting, splitting, type Step, withdrawingAction } from '../../domain/revisions/steps.ts';
import { givenUpInWords } from '../../domain/revisions/given-up.ts';
import { apply } from '../../domain/commands/apply.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import type { Action } from '../../domain/schemas/plan.ts';
import { consequencesShown } from '../../client/web/forms/consequences.ts';
import { tried } from '../../client/web/forms/filled-command.ts';
import { runningFrom } from '../../client/web/inspections.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { example } from '../support/example.ts';

const ADMINISTRATOR = { id: 'x', role: 'democratic-services' };
const reason = 'the team has gone';

const action = (id: string, parts: object = {}): Action => {
  const [made] = inspectionSchema.shape.actions
    .unwrap()
    .parse([{ ...{ id, title: `Action ${id}`, owner: 'head-of-early-help', due: '2016-06-30' }, ...parts }]);
  if (made === undefined) throw new Error('one action');
  return made;
};

/** The only action of recommendation 1; two of 2; one of 3, which its theme names for it; one of 4 that is counted from a decision. */
const ACTIONS = [
  action('one', { recommendations: ['r1'] }),
  ...['two-a', 'two-b'].map((id) => action(id, { recommendations: ['r2'] })),
  action('three', { theme: 'practice' }),
  action('four', {
    recommendations: ['r4'],
    due: { n: 2, unit: 'month', convention: 'after', from: 'decision-taken', decision: 'd1' },
  }),
];

const theme = (id: string, recommendations: string[]) => ({
  ...{ id, title: id, officer: 'head-of-early-help', recommendations },
});

function story(): Story {
  const start = example('middlesbrough-2016', { received: '2016-02-19' });
  const inspection = {
    ...start.facts.inspection,
    recommendations: ['r1', 'r2', 'r3', 'r4'].map((id) => ({ id, text: `The text of ${id}.` })),
    themes: [theme('practice', ['r3']), theme('others', ['r1', 'r2', 'r4'])],
    actions: ACTIONS,
    commitments: [],
    measures: [],
  };
  const facts = { ...start.facts, inspection };
  const taken = {
    id: 'd1',
    title: 'Close the team',
    body: 'executive',
    takenOn: '2016-02-22',
    key: false,
    urgent: false,
  };
  return new Story({ ...start, facts }, '2016-02-22T10:00:00.000Z').command(
    { name: 'decide', payload: taken },
    ADMINISTRATOR,
  );
}

const publish = (told: Story) => told.command({ name: 'publishDecision', payload: { decision: 'd1' } }, ADMINISTRATOR);
const duty = (id: string) => `improvement-actions/${id}`;
const waive = (id: string): Command => ({ name: 'waive', payload: { milestone: duty(id), reason } });
const revise = (told: Story, step: Step): Command => ({
  name: 'revise',
  payload: { edits: edited(told.state.facts.inspection, [], step, reason), reason },
});
const part = (id: string, recommendations: string[]) => ({ id, title: id, due: '2016-07-29', recommendations });

/** What is said before it is given; of a revision the same wherever it is looked at. */
function said(told: Story, command: Command): string[] {
  const { state, now } = told;
  const warnings = givenUpInWords(state, apply(state, command, ADMINISTRATOR, now), now);
  if (command.name === 'revise')
    expect(consequencesOf(state, command.payload, { actor: ADMINISTRATOR, now }).givenUp).toEqual(warnings);
  else {
    const running = runningFrom(state, viewOf(state, now));
    const outcome = tried(running, command.name, command.payload, ADMINISTRATOR);
    if ('refusal' in outcome) throw outcome.refusal;
    expect(consequencesShown(running, '', outcome)).toMatchObject({ warnings });
  }
  return warnings;
}

const NOTHING_FOR = (n: number) => [
  `Recommendation ${n} would be left with no action that answers it: add one to the plan.`,
];

describe('a recommendation that would be left with no action is named before', () => {
  const WAYS: [string, (told: Story) => Command, string[]][] = [
    ['its only action no longer applies', () => waive('one'), NOTHING_FOR(1)],
    ['its only action is withdrawn', (told) => revise(told, withdrawingAction('one')), NOTHING_FOR(1)],
    [
      'its only action is put under another',
      (told) => revise(told, putting('action', action('one', { recommendations: ['r2'] }))),
      NOTHING_FOR(1),
    ],
    [
      'its only action is split, and no part answers it',
      (told) =>
        revise(
          told,
          splitting(
            'one',
            ['a', 'b'].map((id) => part(id, ['r2'])),
          ),
        ),
      NOTHING_FOR(1),
    ],
    [
      'its only action is merged into another of another',
      (told) => revise(told, withdrawingAction('one', 'two-a')),
      NOTHING_FOR(1),
    ],
    ['the only action under its theme no longer applies', () => waive('three'), NOTHING_FOR(3)],
    ['one of two no longer applies', () => waive('two-a'), []],
    ['one of two is withdrawn', (told) => revise(told, withdrawingAction('two-b')), []],
    [
      'its only action is split into parts of which one answers it',
      (told) => revise(told, splitting('one', [part('a', ['r1']), part('b', ['r2'])])),
      [],
    ],
    [
      'its only action gets another date',
      (told) => revise(told, putting('action', action('one', { recommendations: ['r1'], due: '2016-08-31' }))),
      [],
    ],
  ];

  test.each(WAYS)('%s', (_way, command, warnings) => {
    const told = story();
    expect(said(told, command(told))).toEqual(warnings);
  });

  test('the other of two that no longer applies; what is done answers it still', () => {
    const told = story().command(waive('two-a'), ADMINISTRATOR);
    expect(said(told, waive('two-b'))).toEqual(NOTHING_FOR(2));
    const done = story().command({ name: 'complete', payload: { milestone: duty('two-a') } }, ADMINISTRATOR);
    expect(said(done, waive('two-b'))).toEqual([]);
  });
});

describe('an action is not given up unsaid while the decision that it rests on can be called in', () => {
  const GIVEN_UP: [string, (told: Story) => Command][] = [
    ['it no longer applies', () => waive('four')],
    ['it is withdrawn', (told) => revise(told, withdrawingAction('four'))],
  ];
  const ofDecision = (told: Story, command: Command) => said(told, command).filter((each) => each.includes('decision'));

  test.each(GIVEN_UP)('%s', (_way, command) => {
    const open = publish(story());
    expect(ofDecision(open, command(open))).toEqual([
      expect.stringMatching(
        /^“Action four” rests on the decision “Close the team”\. Its call-in window is open until /,
      ),
    ]);
    open
      .until('2016-02-23T10:00:00.000Z')
      .command(
        { name: 'callIn', payload: { decision: 'd1', by: 'five members', members: 5, reasons: 'cost' } },
        ADMINISTRATOR,
      );
    expect(ofDecision(open, command(open))).toEqual([expect.stringContaining('It was called in on ')]);
    const closed = publish(story()).until('2016-03-07T10:00:00.000Z');
    expect(ofDecision(closed, command(closed))).toEqual([]);
  });

  test('another action of the plan is given up, or this one is split', () => {
    const open = publish(story());
    expect(ofDecision(open, waive('one'))).toEqual([]);
    expect(
      ofDecision(
        open,
        revise(
          open,
          splitting(
            'four',
            ['a', 'b'].map((id) => part(id, ['r4'])),
          ),
        ),
      ),
    ).toEqual([]);
  });
});
