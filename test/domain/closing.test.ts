import { describe, expect, test } from 'vitest';
import { readForm } from '../../client/web/forms/form.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { close as definition } from '../../domain/commands/close.ts';
import { closableInWords } from '../../domain/closing/closable.ts';
import { type Home, homeIn } from '../../domain/closing/homes.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { nextWake } from '../../domain/lifecycle/wake.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';
import { refusalIn, refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-23T10:00:00.000Z';
const administrator: Actor = { id: 'somebody', role: 'democratic-services' };
const parts = {
  recommendations: [
    { id: 'i', text: 'Assess in time.' },
    { id: 'ii', text: 'Supervise.' },
  ],
  actions: [
    { id: 'a', title: 'Audit', owner: 'team-manager', due: '2016-04-29', recommendations: ['i'] },
    { id: 'b', title: 'Brief', owner: 'head-of-service', due: '2016-05-31', recommendations: ['ii'] },
    { id: 'c', title: 'Coach', owner: 'head-of-service', due: '2016-05-31', recommendations: ['ii'] },
  ],
};
const begun = (): Story =>
  new Story(startOf(parts), NOW).command(
    { name: 'waive', payload: { milestone: 'written-action-plan', reason: 'agreed' } },
    administrator,
  );
const close = (story: Story, homes?: Home[]): Story =>
  story.command({ name: 'close', payload: { reason: 'over', homes } }, administrator);

const HOMES: Home[] = [
  { action: 'a', to: 'business-as-usual', said: 'head-of-service' },
  { action: 'b', to: 'inspection', said: '2027' },
  { action: 'rest', to: 'dropped', said: 'the service has moved.' },
];

describe('closing an inspection with unfinished actions', () => {
  test('asks where each goes, and names those of which nothing is said', () => {
    expect(refusalIn(() => close(begun()))).toMatchObject({
      code: 'duties-open',
      message:
        'Say where each unfinished action goes: to another inspection, to business as usual with a named owner, or dropped with a reason. Nothing is said of "Audit" (a), "Brief" (b), "Coach" (c).',
    });
    expect(refusalSentence(() => close(begun(), HOMES.slice(0, 1)))).toMatch(
      /Nothing is said of "Brief" \(b\), "Coach" \(c\)\.$/,
    );
  });

  test('puts it on record with each, and its owner is told once', () => {
    const story = close(begun(), HOMES);
    expect(story.state.status).toBe('closed');
    expect(
      story.entries
        .filter(({ milestone, kind }) => kind === 'milestone-lapsed' && milestone?.startsWith('improvement'))
        .map(({ text }) => text),
    ).toEqual([
      'Audit: not finished when the inspection was closed; it goes on as business as usual, with Head of Service.',
      'Brief: not finished when the inspection was closed; it goes on under another inspection, 2027.',
      'Coach: not finished when the inspection was closed; it is dropped: the service has moved.',
    ]);
    expect(
      story.entries.find(({ milestone, kind }) => kind === 'milestone-lapsed' && milestone?.endsWith('/a'))?.data,
    ).toEqual({ home: HOMES[0] });
    story.until('2017-01-01T10:00:00.000Z');
    const told = story.mails.flatMap(({ recipient, notices }) =>
      notices.filter(({ kind }) => kind === 'withdrawn').map(({ title }) => `${recipient.roles[0]?.id} ${title}`),
    );
    expect(told.sort()).toEqual(['head-of-service Brief', 'head-of-service Coach', 'team-manager Audit']);
    expect(nextWake(story.state, story.now)).toBeUndefined();
  });

  test.each<[string, Home[], RegExp]>([
    [
      'an action that there is not',
      [{ action: 'z', to: 'dropped', said: 'x' }],
      /^No unfinished action is called "z"\. Unfinished are: a, b, c\.$/,
    ],
    ['the same action twice', [...HOMES, { action: 'a', to: 'dropped', said: 'x' }], /^"a" is said twice/],
    ['an owner that there is not', [{ action: 'rest', to: 'business-as-usual', said: 'mayor' }], /has no role "mayor"/],
  ])('refuses %s', (_what, homes, sentence) => {
    expect(refusalSentence(() => close(begun(), homes))).toMatch(sentence);
  });

  test('one that is done has no need of a home, and may not be given one', () => {
    const story = begun().command({ name: 'complete', payload: { milestone: 'improvement-actions/a' } }, administrator);
    expect(refusalSentence(() => close(story, HOMES))).toMatch(/^No unfinished action is called "a"\./);
    expect(refusalSentence(() => close(story, HOMES.slice(1)))).toBe('accepted');
  });

  test('not to the inspection itself, which ends', () => {
    const itself: Home[] = [{ action: 'rest', to: 'inspection', said: 'test' }];
    expect(refusalSentence(() => close(begun(), itself))).toBe(
      '"rest" can\'t go on under this inspection, which is closed: name another one.',
    );
  });

  test('with none that is unfinished nothing is asked', () => {
    const story = begun();
    for (const id of ['a', 'b', 'c'])
      story.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, administrator);
    expect(refusalSentence(() => close(story))).toBe('accepted');
  });
});

describe('that it can be closed', () => {
  const done = (...ids: string[]): string | undefined => {
    const story = new Story(startOf(parts), NOW);
    for (const id of ids)
      story.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, administrator);
    return closableInWords(viewOf(story.state, story.now));
  };

  test('is said once every recommendation is met, with what the law still asks for', () => {
    expect(done('a', 'b')).toBeUndefined();
    expect(done('a', 'b', 'c')).toBe(
      'All recommendations are met. The inspection can be closed once these are done: "Written action plan to Ofsted".',
    );
    const story = begun();
    for (const id of ['a', 'b'])
      story.command({ name: 'complete', payload: { milestone: `improvement-actions/${id}` } }, administrator);
    story.command({ name: 'waive', payload: { milestone: 'improvement-actions/c', reason: 'gone' } }, administrator);
    expect(closableInWords(viewOf(story.state, story.now))).toBe(
      'All recommendations are met: the inspection can be closed.',
    );
  });

  test('is not said where nothing was recommended, all that answers one was waived, or it is closed already', () => {
    const none = new Story(startOf(), NOW);
    expect(closableInWords(viewOf(none.state, NOW))).toBeUndefined();
    const waived = begun();
    for (const id of ['a', 'b', 'c'])
      waived.command(
        { name: 'waive', payload: { milestone: `improvement-actions/${id}`, reason: 'x' } },
        administrator,
      );
    expect(closableInWords(viewOf(waived.state, NOW))).toBeUndefined();
  });
});

describe('an answer as it is typed', () => {
  test.each([
    [
      'audit = business-as-usual head-of-service',
      { action: 'audit', to: 'business-as-usual', said: 'head-of-service' },
    ],
    ['rest=dropped no longer = needed', { action: 'rest', to: 'dropped', said: 'no longer = needed' }],
    ['audit = dropped', undefined],
    ['audit = ', undefined],
    ['audit = sold it', undefined],
  ])('%s', (text, home) => {
    expect(homeIn(text)).toEqual(home);
  });

  test('a line of the form that was left as it stood is named', () => {
    const field = { name: 'homes', ...definition.fields.homes };
    expect(readForm([field], { homes: 'a = dropped x\n\nb = \n' }).problems.map(({ text }) => text)).toEqual([
      expect.stringMatching(/“b =” can’t be read; write it like “supervision = business-as-usual/),
    ]);
    expect(readForm([field], { homes: 'a = dropped x' }).values).toEqual({
      homes: [{ action: 'a', to: 'dropped', said: 'x' }],
    });
  });
});
