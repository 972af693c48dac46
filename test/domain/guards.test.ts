import { describe, expect, test } from 'vitest';
import { namesOf } from '../../domain/closed-table.ts';
import { apply } from '../../domain/commands/apply.ts';
import type { Milestone, MilestoneStatus } from '../../domain/milestone/milestone.ts';
import { Story } from '../../domain/preview/story.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { type Command, MILESTONE_COMMANDS, type MilestoneCommand } from '../../domain/commands/commands.ts';
import type { MilestoneCommandDefinition } from '../../domain/commands/definition.ts';
import { refusalIn } from '../support/refusals.ts';
import { calendar, factsOf, startOf } from '../support/facts.ts';

// Guards that a change could take away without another test minding: each is held here by what it must refuse.

const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const parts = {
  actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
};
const as = (role: string): Actor => ({ id: 'someone', role });
const ADMINISTRATOR = as('democratic-services');
const story = (at = '2016-02-22T10:00:00.000Z') => new Story(startOf(parts), '2016-02-22T10:00:00.000Z').until(at);
const refusal = (run: () => unknown): { code: string; message: string } =>
  refusalIn(run) ?? { code: 'accepted', message: '' };
const kindsTo = (told: Story, role: string): string[] =>
  told
    .to(`${role}@anyborough.example.org`)
    .flatMap((mail) => mail.notices)
    .filter((notice) => notice.milestone === ACTION)
    .map((notice) => notice.kind);

/** Each command about a milestone, as it is accepted while the duty is open, on hold, or asked for. */
const ALL: { [N in MilestoneCommand['name']]: Extract<MilestoneCommand, { name: N }>['payload'] } = {
  submit: { milestone: ACTION },
  complete: { milestone: ACTION },
  accept: { milestone: ACTION },
  sendBack: { milestone: ACTION, to: '2016-06-10', reason: 'too thin' },
  progress: { milestone: ACTION, rating: 'green' },
  extend: { milestone: ACTION, to: '2016-06-10', reason: 'more time' },
  requestExtension: { milestone: ACTION, to: '2016-06-10', reason: 'more time' },
  declineExtension: { milestone: ACTION, reason: 'no' },
  hold: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-03-10' },
  release: { milestone: ACTION },
  waive: { milestone: ACTION, reason: 'gone' },
  reassign: { milestone: ACTION, to: 'head-of-service' },
  acknowledge: { milestone: ACTION, promisedOn: '2016-03-10' },
};
const every = Object.entries(ALL).map(([name, payload]) => ({ name, payload }) as MilestoneCommand);

describe('an ended duty', () => {
  const open = story().milestones[ACTION] as Milestone;
  // With everything about it that a command could take hold of: what is wrong with it is that it has ended.
  const full: Milestone = {
    ...open,
    hold: { reason: 'waiting', reviewOn: '2016-03-01', since: '2016-02-22T10:00:00.000Z', workingDaysLeft: 5 },
    extensionRequested: { to: '2016-06-10', reason: 'x', by: 'team-manager', at: '2016-02-22T10:00:00.000Z' },
  };
  const context = { actor: ADMINISTRATOR, now: '2016-02-22T10:00:00.000Z', facts: factsOf(parts), calendar, seq: 1 };
  const step = (milestone: Milestone, { name, payload }: MilestoneCommand) =>
    (MILESTONE_COMMANDS[name] as unknown as MilestoneCommandDefinition).step(milestone, payload, context);
  const ends = {
    completed: 'is done',
    missed: 'was missed',
    waived: 'no longer applies',
    lapsed: 'is no longer needed',
    unfinished: 'was not finished when the inspection was closed',
  } satisfies Partial<Record<MilestoneStatus, string>>;

  test.each(every)('is not to be asked to $name', (command) => {
    for (const status of namesOf(ends))
      expect(refusal(() => step({ ...full, status }, command))).toMatchObject({
        code: 'wrong-state',
        message: `"Audit of case files" ${ends[status]}; nothing more can be done to it.`,
      });
  });

  test('stays ended in the moment before it is put away', () => {
    const done = apply(
      story().state,
      { name: 'complete', payload: { milestone: ACTION } },
      ADMINISTRATOR,
      '2016-02-22T10:00:00.000Z',
    );
    expect(done.kept[ACTION]?.status).toBe('completed');
    for (const command of every)
      expect(refusal(() => apply(done, command, as('team-manager'), '2016-02-22T10:00:00.000Z')).code).not.toBe(
        'accepted',
      );
  });
});

describe('who may say that a statutory duty no longer applies', () => {
  test.each([
    ['director', 'accepted', 'accepted'],
    ['chief-executive', 'accepted', 'accepted'],
    ['democratic-services', 'accepted', 'accepted'],
    // The owner's own manager, and a manager besides.
    ['assistant-director', 'not-permitted', 'accepted'],
    ['head-of-service', 'not-permitted', 'accepted'],
    ['team-manager', 'not-permitted', 'not-permitted'],
    ['scrutiny-chair', 'not-permitted', 'not-permitted'],
  ])('%s: a statutory one %s, one of the council’s own %s', (role, statutory, own) => {
    const waives = (milestone: string): Command => ({ name: 'waive', payload: { milestone, reason: 'gone' } });
    expect(refusal(() => story().command(waives(PLAN), as(role))).code).toBe(statutory);
    expect(refusal(() => story().command(waives(ACTION), as(role))).code).toBe(own);
  });
});

describe('a hold of a statutory duty', () => {
  const held = () =>
    story('2016-05-31T10:00:00.000Z').command(
      { name: 'hold', payload: { milestone: PLAN, reason: 'the DfE decides', reviewOn: '2016-07-29' } },
      ADMINISTRATOR,
    );
  const dates = ({ milestones }: Story) => {
    const { due, dueAt, dueVersion } = milestones[PLAN] as Milestone;
    return { due, dueAt, dueVersion };
  };
  const law = { due: '2016-06-30', dueAt: '2016-06-30T23:00:00.000Z', dueVersion: 1 };

  test.each(['2016-06-13T10:00:00.000Z', '2016-07-11T10:00:00.000Z'])(
    'released on %s, its date is that of the law',
    (at) => {
      const told = held().until(at);
      expect(dates(told)).toEqual(law);
      expect(dates(told.command({ name: 'release', payload: { milestone: PLAN } }, ADMINISTRATOR))).toEqual(law);
    },
  );
});

describe('a hold of one of the council’s own', () => {
  test('that is released to the day on which it was due anyway has not moved', () => {
    // Held on Monday 22 February with 47 working days to go; on 29 February 42 are left to the same Friday 29 April.
    const told = story()
      .command(
        { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-03-10' } },
        ADMINISTRATOR,
      )
      .until('2016-02-29T10:00:00.000Z')
      .command({ name: 'release', payload: { milestone: ACTION, workingDays: 42 } }, ADMINISTRATOR);
    expect(told.milestones[ACTION]).toMatchObject({ due: '2016-04-29', dueVersion: 1, status: 'open' });
    expect(told.milestones[ACTION]?.movedFrom).toBeUndefined();
  });
});

describe('a submitted duty', () => {
  const awaited = { actions: parts.actions.map((each) => ({ ...each, acceptedBy: { role: 'director' } })) };
  const submitted = () =>
    new Story(startOf(awaited), '2016-02-22T10:00:00.000Z').command(
      { name: 'submit', payload: { milestone: ACTION } },
      as('team-manager'),
    );

  test.each([
    ['extend', 'given a later date'],
    ['requestExtension', 'given a later date'],
    ['hold', 'put on hold'],
    ['acknowledge', 'promised by a date'],
  ] as const)('is not to be asked to %s', (name, what) => {
    const command = { name, payload: ALL[name] } as Command;
    // Its owner may ask for more time and promise; its director for the rest.
    const actor = as(name === 'extend' || name === 'hold' ? 'director' : 'team-manager');
    expect(refusal(() => story().command(command, actor)).code).toBe('accepted');
    expect(refusal(() => submitted().command(command, actor))).toMatchObject({
      code: 'wrong-state',
      message: `"Audit of case files" is submitted, so it can't be ${what}.`,
    });
  });
});

describe('a date that has passed already', () => {
  // Due on Friday 29 April, and still open on Friday 20 May.
  const late = () => story('2016-05-20T10:00:00.000Z');

  test.each([
    ['2016-05-10', 'wrong-date'],
    ['2016-05-20', 'wrong-date'],
    ['2016-05-21', 'accepted'],
  ])('an overdue duty is extended to %s: %s', (to, code) => {
    for (const [name, actor] of [
      ['extend', ADMINISTRATOR],
      ['requestExtension', as('team-manager')],
    ] as const) {
      const payload = { milestone: ACTION, to, reason: 'more time' };
      expect(refusal(() => late().command({ name, payload }, actor)).code).toBe(code);
    }
  });

  test.each([
    ['2016-04-27', 'wrong-date'],
    ['2016-04-28', 'accepted'],
    ['2016-04-29', 'accepted'],
    ['2016-04-30', 'wrong-date'],
  ])('on the day before it is due it is promised for %s: %s', (promisedOn, code) => {
    const command: Command = { name: 'acknowledge', payload: { milestone: ACTION, promisedOn } };
    const before = () => story('2016-04-28T12:00:00.000Z');
    expect(refusal(() => before().command(command, as('team-manager'))).code).toBe(code);
    // Once it is late, nothing is paused any more.
    expect(refusal(() => late().command(command, as('team-manager'))).code).toBe('wrong-date');
  });

  test.each([
    ['2016-05-20', 'wrong-date'],
    ['2016-05-21', 'accepted'],
  ])('its hold is to be reviewed on %s: %s', (reviewOn, code) => {
    const command: Command = { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn } };
    expect(refusal(() => late().command(command, ADMINISTRATOR)).code).toBe(code);
  });
});

describe('what was still to be told, and is not so any more, is not told', () => {
  // In the evening, when no mail goes: all that happens by the morning is told together.
  const evening = () => story('2016-03-01T20:00:00.000Z');
  const morning = '2016-03-02T12:00:00.000Z';

  test('a request that was declined is not put to those who could grant it', () => {
    const told = evening()
      .command({ name: 'requestExtension', payload: ALL.requestExtension }, as('team-manager'))
      .command({ name: 'declineExtension', payload: ALL.declineExtension }, ADMINISTRATOR)
      .until(morning);
    expect(kindsTo(told, 'head-of-service')).not.toContain('extension-requested');
    expect(kindsTo(told, 'team-manager')).toContain('extension-declined');
  });

  test('nor is one that was granted', () => {
    const told = evening()
      .command({ name: 'requestExtension', payload: ALL.requestExtension }, as('team-manager'))
      .command({ name: 'extend', payload: ALL.extend }, ADMINISTRATOR)
      .until(morning);
    expect(kindsTo(told, 'head-of-service')).not.toContain('extension-requested');
    expect(kindsTo(told, 'team-manager')).toContain('moved');
  });

  test('a hold that was released is told as released, and no review is asked for', () => {
    const told = evening()
      .command({ name: 'hold', payload: { ...ALL.hold, reviewOn: '2016-03-02' } }, ADMINISTRATOR)
      .command({ name: 'release', payload: { milestone: ACTION } }, ADMINISTRATOR)
      // A second notice of one duty waits for the day after.
      .until('2016-03-03T12:00:00.000Z');
    expect(kindsTo(told, 'team-manager')).toContain('released');
    expect(kindsTo(told, 'team-manager')).not.toContain('held');
    expect(kindsTo(told, 'director')).not.toContain('review-due');
  });

  test('a review that had come, and went before the mail, is not asked for', () => {
    const told = story()
      .command({ name: 'hold', payload: { ...ALL.hold, reviewOn: '2016-03-02' } }, ADMINISTRATOR)
      .until('2016-03-02T06:00:00.000Z');
    expect(told.milestones[ACTION]?.announcements.map((each) => each.kind)).toContain('review-due');
    told.command({ name: 'release', payload: { milestone: ACTION } }, ADMINISTRATOR).until(morning);
    expect(kindsTo(told, 'director')).not.toContain('review-due');
    expect(kindsTo(told, 'team-manager')).not.toContain('review-due');
  });

  test('what was for its owner alone does not go to them once it is another’s', () => {
    const told = evening()
      .command({ name: 'hold', payload: ALL.hold }, ADMINISTRATOR)
      .command({ name: 'reassign', payload: ALL.reassign }, ADMINISTRATOR)
      .until(morning);
    expect(kindsTo(told, 'team-manager')).not.toContain('held');
    expect(kindsTo(told, 'head-of-service')).toContain('reassigned');
  });

  test.each(['complete', 'submit', 'waive'] as const)('nothing is told of it after a %s', (name) => {
    const told = evening()
      .command({ name: 'requestExtension', payload: ALL.requestExtension }, as('team-manager'))
      .command({ name, payload: ALL[name] } as Command, ADMINISTRATOR)
      .until('2016-05-31T12:00:00.000Z');
    expect(kindsTo(told, 'head-of-service')).toEqual([]);
  });
});
