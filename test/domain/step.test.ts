import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { startOf } from '../support/facts.ts';
import { refusalIn } from '../support/refusals.ts';
import { Story } from '../../domain/preview/story.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const UPDATE = 'cabinet-updates/cabinet-update-1';
const ACTION = 'improvement-actions/audit';
const parts = {
  commitments: [{ rule: 'cabinet-update' }],
  actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
};
const as = (role: string): Actor => ({ id: 'someone', role });
const story = (at = START) => new Story(startOf(parts), START).until(at);
const refusal = (run: () => unknown): string => refusalIn(run)?.code ?? 'accepted';

describe('who may do what', () => {
  const cases: [string, Command['name'], string, string][] = [
    ['the owner', 'complete', 'team-manager', 'accepted'],
    ["the owner's manager", 'complete', 'head-of-service', 'accepted'],
    ['the director', 'complete', 'director', 'accepted'],
    ['an administrator', 'complete', 'democratic-services', 'accepted'],
    ['a colleague', 'complete', 'vacant-post', 'not-permitted'],
    ['a member', 'complete', 'scrutiny-chair', 'not-permitted'],
    ['nobody the authority knows', 'complete', 'mayor', 'unknown-role'],
    ['the owner', 'waive', 'team-manager', 'not-permitted'],
    ['the owner', 'reassign', 'team-manager', 'not-permitted'],
    ["the owner's manager", 'reassign', 'head-of-service', 'accepted'],
    ['the owner', 'acknowledge', 'team-manager', 'accepted'],
    ['an administrator', 'acknowledge', 'democratic-services', 'not-permitted'],
    ['the owner', 'requestExtension', 'team-manager', 'accepted'],
    ["the owner's manager, who may grant it", 'requestExtension', 'head-of-service', 'not-permitted'],
    ['a colleague', 'requestExtension', 'vacant-post', 'not-permitted'],
    ['the owner', 'extend', 'team-manager', 'not-permitted'],
    ['the owner', 'declineExtension', 'team-manager', 'not-permitted'],
  ];
  const payloads: Partial<Record<Command['name'], object>> = {
    waive: { reason: 'no longer needed' },
    reassign: { to: 'assistant-director' },
    acknowledge: { promisedOn: '2016-04-20' },
    requestExtension: { to: '2016-06-10', reason: 'the auditor is ill' },
    extend: { to: '2016-06-10', reason: 'the auditor is ill' },
    declineExtension: { reason: 'there is another auditor' },
  };
  test.each(cases)('%s asks to %s as %s: %s', (_who, name, role, expected) => {
    const command = { name, payload: { milestone: ACTION, ...payloads[name] } } as Command;
    expect(refusal(() => story().command(command, as(role)))).toBe(expected);
  });
});

describe('what makes no sense is refused', () => {
  const administrator = as('democratic-services');
  const cases: [string, Command[], string][] = [
    [
      'submitting twice',
      [
        { name: 'submit', payload: { milestone: PLAN } },
        { name: 'submit', payload: { milestone: PLAN } },
      ],
      'wrong-state',
    ],
    [
      'completing twice',
      [
        { name: 'complete', payload: { milestone: ACTION } },
        { name: 'complete', payload: { milestone: ACTION } },
      ],
      'wrong-state',
    ],
    [
      'completing in the future',
      [{ name: 'complete', payload: { milestone: ACTION, on: '2016-03-01' } }],
      'wrong-date',
    ],
    [
      'extending a statutory date',
      [{ name: 'extend', payload: { milestone: PLAN, to: '2016-08-01', reason: 'more time' } }],
      'statutory-date',
    ],
    [
      'extending to an earlier date',
      [{ name: 'extend', payload: { milestone: ACTION, to: '2016-04-28', reason: 'less time' } }],
      'wrong-date',
    ],
    [
      'asking for a later statutory date',
      [{ name: 'requestExtension', payload: { milestone: PLAN, to: '2016-08-01', reason: 'more time' } }],
      'not-permitted',
    ],
    [
      'declining what nobody asked for',
      [{ name: 'declineExtension', payload: { milestone: ACTION, reason: 'no' } }],
      'wrong-state',
    ],
    ['releasing what is not held', [{ name: 'release', payload: { milestone: ACTION } }], 'wrong-state'],
    [
      'holding with a review in the past',
      [{ name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-02-19' } }],
      'wrong-date',
    ],
    [
      'holding twice',
      [
        { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-03-01' } },
        { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-03-01' } },
      ],
      'wrong-state',
    ],
    [
      'completing what is held',
      [
        { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-03-01' } },
        { name: 'complete', payload: { milestone: ACTION } },
      ],
      'wrong-state',
    ],
    [
      'giving a statutory duty days on release',
      [
        { name: 'hold', payload: { milestone: PLAN, reason: 'waiting', reviewOn: '2016-03-01' } },
        { name: 'release', payload: { milestone: PLAN, workingDays: 100 } },
      ],
      'statutory-date',
    ],
    [
      'reassigning to a role nobody knows',
      [{ name: 'reassign', payload: { milestone: ACTION, to: 'mayor' } }],
      'unknown-role',
    ],
    [
      'reassigning to its owner',
      [{ name: 'reassign', payload: { milestone: ACTION, to: 'team-manager' } }],
      'wrong-state',
    ],
    [
      'an unknown milestone',
      [{ name: 'complete', payload: { milestone: 'improvement-actions/none' } }],
      'unknown-milestone',
    ],
    [
      'calling in an unknown decision',
      [{ name: 'callIn', payload: { decision: 'none', by: 'five members', reasons: 'cost' } }],
      'unknown-decision',
    ],
    [
      'closing while a statutory duty is open',
      [
        {
          name: 'close',
          payload: { reason: 'done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
        },
      ],
      'duties-open',
    ],
    [
      'anything once it is closed',
      [
        { name: 'waive', payload: { milestone: PLAN, reason: 'agreed with Ofsted' } },
        {
          name: 'close',
          payload: { reason: 'done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
        },
        { name: 'complete', payload: { milestone: ACTION } },
      ],
      'inspection-closed',
    ],
  ];
  test.each(cases)('%s', (_what, commands, expected) => {
    const running = story();
    const last = commands.at(-1);
    for (const command of commands.slice(0, -1)) running.command(command, administrator);
    if (last === undefined) throw new Error('no command');
    const before = JSON.stringify(running.state);
    expect(refusal(() => running.command(last, administrator))).toBe(expected);
    expect(JSON.stringify(running.state)).toBe(before);
  });
});

describe('asking for a later date', () => {
  const asked = () =>
    story('2016-03-01T10:00:00.000Z').command(
      { name: 'requestExtension', payload: { milestone: ACTION, to: '2016-06-10', reason: 'the auditor is ill' } },
      as('team-manager'),
    );
  const told = (running: Story, email: string) =>
    running
      .to(email)
      .flatMap((mail) => mail.notices)
      .filter((notice) => notice.kind === 'extension-requested' || notice.kind === 'extension-declined');

  test('moves nothing; who may grant it is told, with the reason, and it is on record', () => {
    const running = asked();
    expect(running.milestones[ACTION]).toMatchObject({
      due: '2016-04-29',
      dueVersion: 1,
      extensionRequested: { to: '2016-06-10', reason: 'the auditor is ill', by: 'team-manager' },
    });
    running.until('2016-03-02T12:00:00.000Z');
    const [notice] = told(running, 'head-of-service@anyborough.example.org');
    expect(notice?.text).toContain('asks for it to be due on Friday 10 June 2016: the auditor is ill');
    expect(told(running, 'team-manager@anyborough.example.org')).toEqual([]);
    const entry = running.entries.find((each) => each.kind === 'extension-requested');
    expect(entry?.data).toMatchObject({ to: '2016-06-10', due: '2016-04-29' });
  });

  test('granted, the date moves and the request is gone', () => {
    const running = asked().command(
      { name: 'extend', payload: { milestone: ACTION, to: '2016-06-10', reason: 'agreed' } },
      as('head-of-service'),
    );
    expect(running.milestones[ACTION]?.due).toBe('2016-06-10');
    expect(running.milestones[ACTION]?.extensionRequested).toBeUndefined();
  });

  test('declined, the date stays, its owner is told why, and may ask again', () => {
    const running = asked()
      .until('2016-03-02T12:00:00.000Z')
      .command(
        { name: 'declineExtension', payload: { milestone: ACTION, reason: 'there is another auditor' } },
        as('head-of-service'),
      )
      .until('2016-03-03T12:00:00.000Z');
    expect(running.milestones[ACTION]?.due).toBe('2016-04-29');
    expect(running.milestones[ACTION]?.extensionRequested).toBeUndefined();
    const [notice] = told(running, 'team-manager@anyborough.example.org');
    expect(notice?.text).toContain('A later date was declined: there is another auditor');
    const again = { milestone: ACTION, to: '2016-05-20', reason: 'the other one is ill as well' };
    running.command({ name: 'requestExtension', payload: again }, as('team-manager'));
    expect(running.milestones[ACTION]?.extensionRequested?.to).toBe('2016-05-20');
  });

  test('once it is done, nothing is left to grant', () => {
    const running = asked().command({ name: 'complete', payload: { milestone: ACTION } }, as('team-manager'));
    running.until('2016-03-02T12:00:00.000Z');
    expect(told(running, 'head-of-service@anyborough.example.org')).toEqual([]);
  });
});

describe('dates that a person moves', () => {
  test('an extension moves the date, the notices and the explanation', () => {
    const running = story().command(
      { name: 'extend', payload: { milestone: ACTION, to: '2016-06-10', reason: 'the auditor was ill' } },
      as('head-of-service'),
    );
    const action = running.milestones[ACTION];
    expect(action).toMatchObject({
      due: '2016-06-10',
      dueAt: '2016-06-10T23:00:00.000Z',
      dueVersion: 2,
      movedFrom: { due: '2016-04-29' },
    });
    expect(action?.explanation[0]).toBe(
      'Moved from Friday 29 April 2016 to Friday 10 June 2016, because it was extended: the auditor was ill.',
    );
    running.until('2016-05-20T12:00:00.000Z');
    // 20 working days before 10 June is 12 May: 30 May is a bank holiday.
    expect(running.to('team-manager@anyborough.example.org').map((mail) => mail.day)).toEqual([
      '2016-02-19',
      '2016-02-22',
      '2016-05-12',
    ]);
  });

  test('a hold stops the clock of a date of the council’s own: the working days left are left again on release', () => {
    const running = story('2016-04-15T10:00:00.000Z').command(
      { name: 'hold', payload: { milestone: ACTION, reason: 'a decision is awaited', reviewOn: '2016-05-03' } },
      as('director'),
    );
    // Ten working days from 15 to 29 April; released on 9 May they end on 23 May.
    running
      .until('2016-05-09T10:00:00.000Z')
      .command({ name: 'release', payload: { milestone: ACTION } }, as('director'));
    expect(running.milestones[ACTION]?.due).toBe('2016-05-23');
    expect(running.entries.some((entry) => entry.kind === 'milestone-missed')).toBe(false);
  });

  test('a statutory date never moves with a hold, and is missed all the same', () => {
    const running = story('2016-06-01T10:00:00.000Z').command(
      { name: 'hold', payload: { milestone: PLAN, reason: 'the DfE decides', reviewOn: '2016-08-01' } },
      as('director'),
    );
    running.until('2016-07-08T12:00:00.000Z');
    expect(running.milestones[PLAN]).toMatchObject({ due: '2016-06-30', missed: true, status: 'held' });
    const owner = running
      .to('head-of-service@anyborough.example.org')
      .filter((mail) => mail.day > '2016-06-02' && mail.notices.some((notice) => notice.milestone === PLAN));
    expect(owner.map((mail) => mail.day)).toEqual(['2016-06-30']);
  });

  test('a hold is brought up on its review day, once', () => {
    const running = story().command(
      { name: 'hold', payload: { milestone: UPDATE, reason: 'the DfE decides', reviewOn: '2016-03-08' } },
      as('director'),
    );
    running.until('2016-04-08T12:00:00.000Z');
    const reviews = running.mails.filter((mail) => mail.notices.some((notice) => notice.kind === 'review-due'));
    expect(reviews.map((mail) => `${mail.day} ${mail.recipient.email}`).sort()).toEqual([
      '2016-03-08 assistant-director@anyborough.example.org',
      '2016-03-08 director@anyborough.example.org',
    ]);
  });
});

describe('a promise', () => {
  test('pauses reminders until it passes, and the chain not at all', () => {
    const running = story('2016-04-12T09:00:00.000Z').command(
      { name: 'acknowledge', payload: { milestone: ACTION, promisedOn: '2016-04-28', note: 'Two wards are left.' } },
      as('team-manager'),
    );
    running.until('2016-05-20T12:00:00.000Z');
    const reminders = running.mails.filter((mail) =>
      mail.notices.some(({ milestone, kind }) => milestone === ACTION && (kind === 'reminder' || kind === 'due-today')),
    );
    // Ten, five and two working days before it fall into the pause; on the day itself it is told.
    expect(reminders.map((mail) => mail.day)).toEqual(['2016-04-01', '2016-04-29']);
    expect(running.entries.find(({ kind }) => kind === 'milestone-acknowledged')?.text).toMatch(
      /promised for Thursday 28 April 2016; reminders pause until then\. Two wards are left\.$/,
    );
    expect(running.milestones[ACTION]?.acknowledged?.note).toBe('Two wards are left.');
    const escalations = running.mails.filter((mail) =>
      mail.notices.some((notice) => notice.milestone === ACTION && notice.kind === 'escalation'),
    );
    expect(escalations.map((mail) => `${mail.day} ${mail.recipient.roles[0]?.id}`)).toEqual([
      '2016-05-03 head-of-service',
      '2016-05-09 director',
      '2016-05-16 chief-executive',
    ]);
  });
});
