import { expect, test, describe } from 'vitest';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';

const START = '2016-02-19T10:00:00.000Z';
const OWNER = 'head-of-service@anyborough.example.org';
const PLAN = 'plan-submission/written-action-plan';
const days = (story: Story, email: string) =>
  story.to(email).map((mail) => `${mail.day} ${mail.notices.map((notice) => notice.kind).join('+')}`);

describe('a plan that nobody submits', () => {
  test('reminds its owner, then goes up the chain, each on its day', () => {
    const story = new Story(startOf(), START).until('2016-08-05T12:00:00.000Z');
    expect(story.milestones[PLAN]?.due).toBe('2016-06-30');
    expect(days(story, OWNER)).toEqual([
      '2016-02-19 started',
      // By the stricter reading it is due on 2 June: 20, 10, 5, 2 and 0 working days before that.
      '2016-05-04 stricter',
      '2016-05-18 stricter',
      '2016-05-25 stricter',
      '2016-05-31 stricter',
      '2016-06-02 stricter',
      '2016-06-16 reminder',
      '2016-06-23 reminder',
      '2016-06-28 reminder',
      '2016-06-30 due-today',
    ]);
    expect(days(story, 'assistant-director@anyborough.example.org')).toEqual([
      '2016-06-03 stricter-passed',
      '2016-07-01 escalation',
    ]);
    expect(days(story, 'director@anyborough.example.org')).toEqual(['2016-07-07 escalation']);
    expect(days(story, 'chief-executive@anyborough.example.org')).toEqual([
      '2016-07-14 escalation',
      '2016-07-21 escalation',
      '2016-07-28 escalation',
      '2016-08-04 escalation',
    ]);
  });

  test('is recorded as missed once, at midnight at the end of its day', () => {
    const story = new Story(startOf(), START).until('2016-08-05T12:00:00.000Z');
    const missed = story.entries.filter((entry) => entry.kind === 'milestone-missed');
    expect(missed.map((entry) => entry.at)).toEqual(['2016-06-30T23:00:00.000Z']);
  });
});

test('a submitted plan is silent from that moment on', () => {
  const story = new Story(startOf(), START).until('2016-06-20T09:00:00.000Z');
  story.command({ name: 'submit', payload: { milestone: PLAN } }, { id: 'x', role: 'head-of-service' });
  const before = story.mails.length;
  story.until('2017-01-01T00:00:00.000Z');
  expect(story.mails.length).toBe(before);
  expect(story.milestones[PLAN]?.status).toBe('submitted');
});

test('starting long after the due date sends one mail to each person', () => {
  const story = new Story(startOf(), '2016-07-15T10:00:00.000Z');
  const byDay = story.mails.map((mail) => `${mail.recipient.email} ${mail.day}`);
  expect(new Set(byDay).size).toBe(byDay.length);
  expect(story.to(OWNER)).toHaveLength(1);
});

test('nothing is sent at night, at weekends or on bank holidays', () => {
  const story = new Story(startOf({ commitments: [{ rule: 'cabinet-update' }] }), '2016-03-26T03:00:00.000Z').until(
    '2018-01-05T12:00:00.000Z',
  );
  const others = story.mails.filter((mail) => mail.recipient.email !== 'democratic-services@anyborough.example.org');
  expect(others[0]?.day).toBe('2016-03-29');
  for (const mail of others) expect(mail.at).toMatch(/T0[789]:/);
  expect(others.length).toBeGreaterThan(20);
});
