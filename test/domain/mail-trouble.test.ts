import { describe, expect, test } from 'vitest';
import { startOf } from '../support/facts.ts';
import { Story } from '../../domain/preview/story.ts';

const START = '2016-02-19T10:00:00.000Z';
const OWNER = 'head-of-service@anyborough.example.org';
const actions = (count: number) => ({
  actions: Array.from({ length: count }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1}`,
    owner: 'head-of-service',
    due: `2016-04-${25 + (index % 5)}`,
  })),
});

test('one owner with 48 actions due the same week gets one mail a day at most', () => {
  const story = new Story(startOf(actions(48)), START).until('2016-04-29T23:00:00.000Z');
  const days = story.to(OWNER).map((mail) => mail.day);
  expect(new Set(days).size).toBe(days.length);
  const told = new Set(story.to(OWNER).flatMap((mail) => mail.notices.map((notice) => notice.milestone)));
  expect(told.size).toBe(49);
});

describe('a mail server that is down for three days', () => {
  test('is followed by one catch-up digest to each person', () => {
    const story = new Story(startOf(actions(10)), START).until('2016-04-20T06:00:00.000Z');
    const before = story.mails.length;
    story.deliver = () => 'delayed';
    story.until('2016-04-25T06:00:00.000Z');
    expect(story.mails.length).toBe(before);
    story.deliver = () => 'sent';
    story.until('2016-04-25T15:00:00.000Z');
    const after = story.mails.slice(before);
    expect(after.map((mail) => mail.recipient.email)).toEqual([OWNER]);
    expect(after[0]?.notices).toHaveLength(10);
  });

  test('nothing is mailed about a duty that was met meanwhile', () => {
    const story = new Story(startOf(actions(2)), START).until('2016-04-22T06:00:00.000Z');
    story.deliver = () => 'delayed';
    story
      .until('2016-04-22T12:00:00.000Z')
      .command(
        { name: 'complete', payload: { milestone: 'improvement-actions/a1' } },
        { id: 'x', role: 'head-of-service' },
      );
    story.deliver = () => 'sent';
    const before = story.mails.length;
    story.until('2016-04-27T12:00:00.000Z');
    const told = story.mails.slice(before).flatMap((mail) => mail.notices.map((notice) => notice.milestone));
    expect(told).toContain('improvement-actions/a2');
    expect(told).not.toContain('improvement-actions/a1');
  });

  test('after five days it is given up: the next in the chain is told', () => {
    const story = new Story(startOf(actions(1)), START).until('2016-04-15T06:00:00.000Z');
    story.deliver = (digest) => (digest.recipient.email === OWNER ? 'delayed' : 'sent');
    story.until('2016-05-04T12:00:00.000Z');
    const told = story
      .to('assistant-director@anyborough.example.org')
      .flatMap((mail) => mail.notices)
      .find((notice) => notice.kind === 'undeliverable');
    expect(told?.text).toContain('could not be delivered to Head of Service');
    expect(story.state.abandoned?.[0]).toMatchObject({
      digest: expect.stringContaining(OWNER) as string,
      reason: expect.stringContaining('for 5 days') as string,
    });
  });
});

test('an address that does not exist: the manager is told once, and two bad addresses do not chase each other', () => {
  const story = new Story(startOf(actions(1)), START).until('2016-03-20T06:00:00.000Z');
  let tries = 0;
  story.deliver = () => {
    tries++;
    return 'undeliverable';
  };
  story.until('2016-05-20T12:00:00.000Z');
  expect(tries).toBeLessThan(40);
});

test('a role that nobody holds: the administrator gets its notices and is told so', () => {
  const story = new Story(
    startOf({ actions: [{ id: 'a1', title: 'Action', owner: 'vacant-post', due: '2016-04-29' }] }),
    START,
  );
  const mail = story.to('democratic-services@anyborough.example.org')[0];
  expect(mail?.recipient.standsInFor).toEqual(['Virtual School Head']);
});
