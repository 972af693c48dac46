import { expect, test } from 'vitest';
import type { Refusal } from '../../domain/refusal.ts';
import type { Command } from '../../domain/schemas/commands.ts';
import { startOf } from '../support/facts.ts';
import { Story } from '../../domain/preview/story.ts';

const administrator = { id: 'x', role: 'democratic-services' };
const member = { id: 'y', role: 'scrutiny-chair' };
const WINDOW = 'call-in-window/agree-plan';

// Taken at Cabinet on Tuesday 10 May 2016, published the next day: five working days end on Wednesday 18 May.
const decide: Command = {
  name: 'decide',
  payload: {
    decision: {
      id: 'agree-plan',
      title: 'Agree the improvement plan',
      body: 'cabinet',
      takenOn: '2016-05-10',
      publishedOn: '2016-05-11',
      key: false,
      urgent: false,
    },
  },
};
const callIn: Command = {
  name: 'callIn',
  payload: { callIn: { decision: 'agree-plan', by: 'five members', reasons: 'scrutiny was not consulted' } },
};
const at = (instant: string) => new Story(startOf(), '2016-02-19T10:00:00.000Z').until(instant);

test('a decision opens a window of five working days after its publication', () => {
  const story = at('2016-05-11T10:00:00.000Z').command(decide, administrator);
  expect(story.state.milestones[WINDOW]).toMatchObject({
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
  expect(story.state.milestones['call-in-window/agree-plan-review']?.due).toBe('2016-06-09');
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
    payload: { decision: { ...(decide.payload as { decision: object }).decision, ...change } },
  } as Command;
  expect(() => story.command(changed, administrator)).toThrow(expect.objectContaining({ code }) as Refusal);
});
