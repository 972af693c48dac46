import { calendarOf } from '../../domain/lifecycle/state.ts';
import { htmlValidator } from '../support/html-validator.ts';
import { describe, expect, test } from 'vitest';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import { loadConstitution } from '../../client/files/rules.ts';
import { renderDocument } from '../../client/web/render.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import { keyDecisionTest } from '../../domain/decisions/key-decision.ts';
import { recordDocument } from '../../domain/decisions/record-document.ts';
import { recordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import { decisionStanding } from '../../domain/decisions/standing.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { startOf } from '../support/facts.ts';
import { Story } from '../../domain/preview/story.ts';

const administrator = { id: 'x', role: 'democratic-services' };
const member = { id: 'y', role: 'scrutiny-chair' };
const WINDOW = 'call-in-window/agree-plan';

// Taken at Cabinet on Tuesday 10 May 2016, published the next day: five working days end on Wednesday 18 May.
const decide: Command = {
  name: 'decide',
  payload: {
    id: 'agree-plan',
    title: 'Agree the improvement plan',
    body: 'cabinet',
    takenOn: '2016-05-10',
    publishedOn: '2016-05-11',
    key: false,
    urgent: false,
  },
};
const callIn: Command = {
  name: 'callIn',
  payload: { decision: 'agree-plan', by: 'five members', reasons: 'scrutiny was not consulted' },
};
const at = (instant: string) => new Story(startOf(), '2016-02-19T10:00:00.000Z').until(instant);

test('what was still to be told about a window is not told once the decision is called in', () => {
  const passOn: Command = { name: 'reassign', payload: { milestone: WINDOW, to: 'chief-executive' } };
  const story = at('2016-05-11T19:00:00.000Z').command(decide, administrator).command(passOn, administrator);
  const told = (each: Story) =>
    each.to('chief-executive@anyborough.example.org').flatMap((mail) => mail.notices.map(({ milestone }) => milestone));
  expect(told(story.command(callIn, member).until('2016-05-13T17:00:00.000Z'))).not.toContain(WINDOW);
});

test('a decision opens a window of five working days after its publication', () => {
  const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator);
  expect(story.milestones[WINDOW]).toMatchObject({
    due: '2016-05-18',
    dueAt: '2016-05-18T23:00:00.000Z',
    status: 'open',
  });
});

test('a window that nobody uses closes of itself, and its watcher is told from when the decision holds', () => {
  const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator).until('2016-05-20T12:00:00.000Z');
  expect(story.state.ended[WINDOW]?.status).toBe('completed');
  const told = story.to('democratic-services@anyborough.example.org').at(-1);
  expect(told?.day).toBe('2016-05-19');
  expect(told?.notices[0]?.text).toBe(
    'The window closed with no call-in: the decision can be implemented from Thursday 19 May 2016.',
  );
});

test('a call-in reaches director and watcher at once, and scrutiny has fifteen working days', () => {
  const story = at('2016-05-11T10:00:00.000Z')
    .command(decide, administrator)
    .until('2016-05-18T14:30:00.000Z')
    .command(callIn, member);
  expect(
    story.mails.filter((mail) => mail.at === '2016-05-18T14:30:00.000Z').map((mail) => mail.recipient.email),
  ).toEqual(['democratic-services@anyborough.example.org', 'director@anyborough.example.org']);
  // 15 working days after 18 May: 30 May is the spring bank holiday.
  expect(story.milestones['call-in-window/agree-plan-review']?.due).toBe('2016-06-09');
});

test('a call-in at night waits for the morning', () => {
  const story = at('2016-05-11T10:00:00.000Z')
    .command(decide, administrator)
    .until('2016-05-17T21:00:00.000Z')
    .command(callIn, member);
  expect(story.mails.some((mail) => mail.at >= '2016-05-17T21:00:00.000Z')).toBe(false);
  story.until('2016-05-18T10:00:00.000Z');
  expect(story.to('director@anyborough.example.org').at(-1)?.at).toBe('2016-05-18T07:00:00.000Z');
});

test.each<[string, string, Command[], Command, typeof member, string]>([
  ['one second after the window closed', '2016-05-18T23:00:01.000Z', [decide], callIn, member, 'window-closed'],
  ['twice', '2016-05-12T10:00:00.000Z', [decide, callIn], callIn, administrator, 'duplicate'],
  [
    'by an officer',
    '2016-05-12T10:00:00.000Z',
    [decide],
    callIn,
    { id: 'z', role: 'head-of-service' },
    'not-permitted',
  ],
])('a call-in %s is refused', (_how, instant, before, command, actor, code) => {
  const story = at('2016-05-11T10:00:00.000Z');
  story.command(before[0] ?? decide, administrator).until(instant);
  for (const each of before.slice(1)) story.command(each, administrator);
  expect(() => story.command(command, actor)).toThrow(expect.objectContaining({ name: 'Refusal', code }) as Refusal);
});

test('a window is said to be open until it closes, or until the decision is called in', () => {
  const open = (story: Story) =>
    viewOf(story.state, story.now).decisions.map(({ standing }) => [standing.open, standing.closesAt !== null]);
  const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator);
  expect(open(story)).toEqual([[true, true]]);
  expect(open(story.until('2016-05-12T10:00:00.000Z').command(callIn, member))).toEqual([[false, true]]);
  const unused = at('2016-05-11T10:00:00.000Z').command(decide, administrator).until('2016-05-18T23:00:00.000Z');
  expect(open(unused)).toEqual([[false, true]]);
});

test('the last second of the window is inside it', () => {
  const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator).until('2016-05-18T22:59:59.000Z');
  expect(story.command(callIn, member).state.facts.inspection.callIns).toHaveLength(1);
});

test.each<[string, object, string]>([
  ['published before it was taken', { publishedOn: '2016-05-09' }, 'wrong-date'],
  ['taken in the future', { takenOn: '2016-05-12', publishedOn: '2016-05-12' }, 'wrong-date'],
  ['urgent without reasons', { urgent: true }, 'missing-reason'],
  ['by a body nobody knows', { body: 'parliament' }, 'unknown-role'],
])('a decision %s is refused', (_how, change, code) => {
  const story = at('2016-05-11T10:00:00.000Z');
  const changed = {
    name: 'decide',
    payload: { ...decide.payload, ...change },
  } as Command;
  expect(() => story.command(changed, administrator)).toThrow(expect.objectContaining({ code }) as Refusal);
});

describe('what becomes of a decision', () => {
  const step = (name: string, payload: object): Command =>
    ({ name, payload: { decision: 'agree-plan', ...payload } }) as Command;
  const called = () =>
    at('2016-05-11T10:00:00.000Z')
      .command(decide, administrator)
      .until('2016-05-16T10:00:00.000Z')
      .command(callIn, member);
  const implement = (on?: string) => step('implement', on === undefined ? {} : { on });

  test('it can be implemented from the working day after its window closed, and not before', () => {
    const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator).until('2016-05-18T12:00:00.000Z');
    // Published on Wednesday 11 May 2016; the fifth working day after it is Wednesday 18 May, to midnight.
    expect(() => story.command(implement(), administrator)).toThrow(
      /can't be implemented: Its call-in window is open until midnight at the end of Wednesday 18 May 2016; with no call-in it can be implemented from Thursday 19 May 2016 on/,
    );
    story.until('2016-05-19T09:00:00.000Z');
    expect(() => story.command(implement('2016-05-18'), administrator)).toThrow(
      /it can be implemented from Thursday 19 May 2016 on/,
    );
    story.command(implement(), administrator);
    expect(story.state.facts.inspection.decisions[0]?.implementedOn).toBe('2016-05-19');
    expect(() => story.command(implement(), administrator)).toThrow(/already implemented on Thursday 19 May 2016/);
  });

  test('called in, it waits for scrutiny; with no further action it can be implemented that day', () => {
    const story = called();
    expect(() => story.command(implement(), administrator)).toThrow(/scrutiny has not considered it yet/);
    story
      .until('2016-06-01T12:00:00.000Z')
      .command(step('resolveCallIn', { outcome: 'no-further-action' }), administrator);
    expect(story.entries.find((entry) => entry.kind === 'call-in-resolved')?.row).toMatchObject({
      milestone: 'call-in-window/agree-plan-review',
      status: 'completed',
    });
    story.command(implement(), administrator);
    expect(story.state.facts.inspection.decisions[0]?.implementedOn).toBe('2016-06-01');
  });

  test('referred back, the decision maker has so many working days, is told at once, and what they decide holds', () => {
    const story = called();
    const constitution = { ...story.state.facts.constitution } as NonNullable<typeof story.state.facts.constitution>;
    constitution.callIn = {
      ...constitution.callIn,
      reconsiderWithin: { n: 7, unit: 'working-day', convention: 'after' },
    };
    story.state = { ...story.state, facts: { ...story.state.facts, constitution } };
    story
      .until('2016-06-01T12:00:00.000Z')
      .command(step('resolveCallIn', { outcome: 'refer-back', reasons: 'No costs.' }), administrator);
    // Seven working days after Wednesday 1 June 2016: Friday 10 June.
    expect(story.milestones['call-in-window/agree-plan-reconsideration']).toMatchObject({
      due: '2016-06-10',
      owner: 'director',
    });
    expect(story.to('director@anyborough.example.org').at(-1)).toMatchObject({ day: '2016-06-01' });
    expect(() => story.command(implement(), administrator)).toThrow(/has not been dealt with yet/);
    story.until('2016-06-08T12:00:00.000Z').command(step('reconsider', { outcome: 'amended' }), administrator);
    expect(story.milestones['call-in-window/agree-plan-reconsideration']?.status ?? 'completed').toBe('completed');
    story.command(implement(), administrator);
    expect(story.state.facts.inspection.decisions[0]?.implementedOn).toBe('2016-06-08');
  });

  test('withdrawn, it never is', () => {
    const story = called().until('2016-06-01T12:00:00.000Z');
    story.command(step('resolveCallIn', { outcome: 'refer-to-council' }), administrator);
    story.command(step('reconsider', { outcome: 'withdrawn' }), administrator);
    expect(() => story.command(implement(), administrator)).toThrow(/It was withdrawn on Wednesday 1 June 2016/);
  });

  test.each<[string, Command, RegExp]>([
    [
      'resolved though it was not called in',
      step('resolveCallIn', { outcome: 'refer-back' }),
      /has not been called in/,
    ],
    ['reconsidered though nobody referred it', step('reconsider', { outcome: 'confirmed' }), /has not been called in/],
    ['published twice', step('publishDecision', {}), /already published/],
  ])('%s is refused', (_what, command, message) => {
    const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator);
    expect(() => story.command(command, administrator)).toThrow(message);
  });

  test('its review is met by what scrutiny resolved alone', () => {
    expect(() =>
      called().command({ name: 'complete', payload: { milestone: 'call-in-window/agree-plan-review' } }, administrator),
    ).toThrow(/met by recording what happened/);
  });
});

describe('a decision whose record is not published', () => {
  const unpublished = () => {
    const { publishedOn: _later, ...decision } = decide.payload as Record<string, unknown>;
    return { name: 'decide', payload: decision } as Command;
  };

  test('is to be published in time; then its window starts', () => {
    const story = at('2016-05-11T10:00:00.000Z');
    const constitution = story.state.facts.constitution;
    if (constitution === null) throw new Error('the tests have a constitution');
    const within = {
      ...constitution,
      callIn: {
        ...constitution.callIn,
        publishWithin: { n: 2, unit: 'working-day' as const, convention: 'after' as const },
      },
    };
    story.state = { ...story.state, facts: { ...story.state.facts, constitution: within } };
    story.command(unpublished(), administrator);
    // Taken on Tuesday 10 May 2016: two working days are Thursday 12 May.
    expect(story.milestones['call-in-window/agree-plan-publication']?.due).toBe('2016-05-12');
    expect(story.milestones['call-in-window/agree-plan']).toBeUndefined();
    expect(() => story.command({ name: 'implement', payload: { decision: 'agree-plan' } }, administrator)).toThrow(
      /has not been published/,
    );
    story
      .until('2016-05-12T10:00:00.000Z')
      .command({ name: 'publishDecision', payload: { decision: 'agree-plan' } }, administrator);
    expect(story.milestones['call-in-window/agree-plan']?.due).toBe('2016-05-19');
    expect(story.milestones['call-in-window/agree-plan-publication']?.status ?? 'completed').toBe('completed');
  });
});

describe('the constitutions on file', () => {
  // Published on a day; the window closes at an instant, UTC.
  test.each([
    ['bracknell-forest', '2016-05-11', '2016-05-18T23:00:00.000Z', 'five working days, to midnight'],
    [
      'gloucestershire',
      '2016-05-27',
      '2016-06-06T23:00:00.000Z',
      'over Monday 30 May, a bank holiday: 31 May, 1, 2, 3, 6 June',
    ],
    [
      'east-sussex',
      '2016-05-16',
      '2016-05-20T15:00:00.000Z',
      'its own example: published on a Monday, 4pm on the Friday',
    ],
    ['isle-of-wight', '2006-04-05', '2006-04-12T23:00:00.000Z', 'five working days, to midnight, before Good Friday'],
    ['central-bedfordshire', '2016-05-11', '2016-05-19T11:00:00.000Z', 'midday on the eighth day'],
    [
      'middlesbrough',
      '2025-05-02',
      '2025-05-12T23:00:00.000Z',
      'as observed: published 2 May, effective 13 May, over the bank holiday of 5 May',
    ],
    ['stockton-on-tees', '2010-10-29', '2010-11-06T00:00:00.000Z', 'the paper: midnight on Friday 5 November'],
  ])('%s: published on %s, closes at %s (%s)', (id, publishedOn, closesAt) => {
    const story = at('2016-05-11T10:00:00.000Z');
    const decision = { id: 'd', title: 'D', takenOn: publishedOn, publishedOn, key: false, urgent: false };
    const facts = {
      ...story.state.facts,
      constitution: loadConstitution(id, publishedOn),
      inspection: { ...story.state.facts.inspection, decisions: [decision] },
    };
    expect(
      decisionStanding(
        decision,
        facts,
        createCalendar(loadBankHolidays('england-and-wales')),
        '2004-01-01T00:00:00.000Z',
      ).closesAt,
    ).toBe(closesAt);
  });

  test('Bracknell Forest: too few members are refused', () => {
    const story = at('2016-05-11T10:00:00.000Z');
    story.state = {
      ...story.state,
      facts: { ...story.state.facts, constitution: loadConstitution('bracknell-forest') },
    };
    story.command(decide, administrator);
    const few = {
      name: 'callIn',
      payload: { ...callIn.payload, members: 2 },
    } as Command;
    expect(() => story.command(few, member)).toThrow(
      /needs the chair of the commission with two of its members, or any five members; here are 2/,
    );
  });

  test.each([
    ['2011-08-18', 75_000, 1, true, /£75,000, and the threshold is £75,000/],
    ['2011-08-18', 74_999, 1, false, /below the threshold/],
    ['2016-05-10', 149_999, 1, false, /£149,999 is below the threshold of £150,000/],
    ['2016-05-10', 0, 2, true, /affects 2 wards/],
  ])('Middlesbrough: on %s, £%d and %d wards: key is %s', (takenOn, cost, wards, key, why) => {
    const found = keyDecisionTest({ takenOn, cost, wards }, loadConstitution('middlesbrough'));
    expect(found?.key).toBe(key);
    expect(found?.why).toMatch(why);
  });
});

test('the record of a decision is the proforma’s, in Markdown and as a page that is valid and runs nothing', async () => {
  const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator);
  const facts = story.state.facts;
  const nasty = '<script>alert(1)</script> **not bold** [x](javascript:y)';
  const [first] = facts.inspection.decisions;
  const decisions = first === undefined ? [] : [{ ...first, resolved: nasty, properOfficer: 'democratic-services' }];
  const record = recordOfDecision(
    { ...facts, inspection: { ...facts.inspection, decisions } },
    'agree-plan',
    calendarOf(story.state),
    story.now,
  );
  if (record === undefined) throw new Error('there is such a decision');
  expect(record.parts.map((part) => part.heading)).toEqual([
    'Title of item/report',
    'Record of the decision',
    'Reasons for the decision',
    'Alternative options considered and rejected',
    'Declared conflicts of interest',
    'Details of any dispensations',
    'Key decision',
    'Date and time by which call-in must be executed',
    'Who can call in',
    'What became of it',
    'Proper officer',
  ]);
  expect(record.parts[7]?.text).toBe('By no later than midnight at the end of Wednesday 18 May 2016');
  expect(record.parts.at(-1)?.text).toBe('Democratic Services Manager');
  expect(documentAsMarkdown(recordDocument(record))).toContain('\\<script\\>alert(1)\\</script\\> \\*\\*not bold');
  const html = renderDocument(recordDocument(record));
  expect(html).not.toContain('<script>');
  const report = await htmlValidator({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
  }).validateString(html);
  expect(report.results.flatMap((result) => result.messages.map((each) => `${each.ruleId}: ${each.message}`))).toEqual(
    [],
  );
});
