import { describe, expect, test } from 'vitest';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { plan } from '../../domain/plan/plan.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { refusalSentence } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const administrator = { id: 'x', role: 'democratic-services' };
const DUTY = 'plan-submission/warning-notice-representations';

const start = (events?: object) => {
  const given = startOf(events === undefined ? {} : { events });
  return { ...given, facts: { ...given.facts, rules: resolveRules(loadRulePack('cqc')) } };
};
const give = (story: Story, name: 'event' | 'correctEvent', payload: object) =>
  story.command({ name, payload: { kind: 'notice-received', ...payload } } as Command, administrator);
const dues = ({ state }: Story) =>
  Object.fromEntries(Object.entries(state.kept).map(([id, { due, status = 'open' }]) => [id, `${due} ${status}`]));

describe('an event after the start', () => {
  const first = () => give(new Story(start(), NOW), 'event', { on: '2016-02-19' });
  const second = () =>
    give(first().until('2016-02-29T10:00:00.000Z'), 'event', { on: '2016-02-26', note: 'On fostering.' });

  test('starts what the framework counts from it, and its owner is told', () => {
    const told = first();
    expect(dues(told)).toEqual({ [DUTY]: '2016-03-04 open' });
    expect(told.entries.at(-2)?.text).toBe(
      'Recorded by Democratic Services Manager: the notice was received on Friday 19 February 2016.',
    );
    expect(
      told
        .until('2016-02-26T12:00:00.000Z')
        .mails.flatMap(({ notices }) => notices)
        .map(({ milestone }) => milestone),
    ).toContain(DUTY);
  });

  test('of the same kind again starts duties of its own, told apart by their days', () => {
    const told = second();
    expect(dues(told)).toEqual({ [DUTY]: '2016-03-04 open', [`${DUTY}-event-2`]: '2016-03-11 open' });
    expect(told.milestone(`${DUTY}-event-2`)?.title).toBe(
      'Representations about the warning notice (the notice was received on Friday 26 February 2016)',
    );
    expect(told.milestone(DUTY)?.title).toBe('Representations about the warning notice');
  });

  test('is corrected: what rests on it moves, and nothing else', () => {
    const told = give(second(), 'correctEvent', { number: 2, on: '2016-02-25', reason: 'the post stamp' });
    expect(dues(told)).toEqual({ [DUTY]: '2016-03-04 open', [`${DUTY}-event-2`]: '2016-03-10 open' });
    expect(told.entries.map(({ text }) => text)).toContain(
      'Corrected by Democratic Services Manager: the notice was received on Thursday 25 February 2016, not on Friday 26 February 2016. the post stamp',
    );
  });

  test('is withdrawn: its duties lapse, those of the others keep their names', () => {
    const told = give(second(), 'correctEvent', { number: 1, withdraw: true, reason: 'not for us' });
    expect(dues(told)).toEqual({ [DUTY]: '2016-03-04 lapsed', [`${DUTY}-event-2`]: '2016-03-11 open' });
    const later = told.until('2016-03-02T12:00:00.000Z');
    expect(dues(later)).toEqual({ [`${DUTY}-event-2`]: '2016-03-11 open' });
    expect(later.state.ended[DUTY]).toMatchObject({ status: 'lapsed' });
    const saidOfIt = later.mails
      .flatMap(({ notices }) => notices)
      .flatMap(({ milestone, kind, text }) => (milestone === DUTY && kind === 'withdrawn' ? [text] : []));
    expect(saidOfIt).toEqual([
      'Nobody has to do it any more, because it does not count any more that the notice was received on Friday 19 February 2016.',
    ]);
    // The next one is the third.
    expect(Object.keys(dues(give(later, 'event', { on: '2016-02-29' })))).toEqual([
      `${DUTY}-event-2`,
      `${DUTY}-event-3`,
    ]);
  });

  test('may have the day of one that was withdrawn, and no other’s', () => {
    const withdrawn = give(second(), 'correctEvent', { number: 1, withdraw: true, reason: 'not for us' });
    const told = give(withdrawn, 'correctEvent', { number: 2, on: '2016-02-19', reason: 'the post stamp' });
    expect(dues(told)).toMatchObject({ [`${DUTY}-event-2`]: '2016-03-04 open' });
    // Another time on its own day is no second event.
    give(told, 'correctEvent', { number: 2, at: '09:00', reason: 'the clock' });
  });

  test('stands in the file made of it, which plans the same', () => {
    const told = give(second(), 'correctEvent', { number: 1, withdraw: true, reason: 'not for us' });
    const { inspection, differences } = asFile(told.state, viewOf(told.state, told.now), told.entries, told.now);
    expect(differences).toEqual([]);
    const again = inspectionSchema.parse(JSON.parse(JSON.stringify(inspection)));
    expect(again.events?.['notice-received']).toEqual([
      { on: '2016-02-19', withdrawn: 'not for us' },
      { on: '2016-02-26', note: 'On fostering.' },
    ]);
    const planned = plan({ ...told.state.facts, inspection: again }, calendarOf(told.state), {
      cycles: { until: '2016-12-31' },
    });
    expect(planned.map(({ id, due }) => [id, due])).toEqual([[`${DUTY}-event-2`, '2016-03-11']]);
  });

  test.each([
    ['a day', '2016-02-19', { [DUTY]: '2016-03-04 open' }],
    ['a day and its time', { on: '2016-02-19', at: '16:00' }, { [DUTY]: '2016-03-04 open' }],
    [
      'two',
      [{ on: '2016-02-19' }, { on: '2016-02-22' }],
      { [DUTY]: '2016-03-04 open', [`${DUTY}-event-2`]: '2016-03-07 open' },
    ],
  ])('may be in the file already: %s', (_what, event, expected) => {
    expect(dues(new Story(start({ 'notice-received': event }), NOW))).toEqual(expected);
  });

  test.each([
    [
      'that no rule counts from',
      () => give(first(), 'event', { kind: 'complaint-received', on: '2016-02-19' }),
      'Nothing in this inspection counts from it that the complaint was received. What its rules count from: notice-received (the notice was received), request-received (the request was received).',
    ],
    [
      'that is on file',
      () => give(first(), 'event', { on: '2016-02-19' }),
      'It is on file already that the notice was received on Friday 19 February 2016. If that is wrong, correct it or withdraw it.',
    ],
    ['that is still to come', () => give(first(), 'event', { on: '2016-02-23' }), /in the future/],
    [
      'corrected, and not said which',
      () => give(second(), 'correctEvent', { on: '2016-02-22', reason: 'x' }),
      'There are several: say which by its number: 1 (Friday 19 February 2016), 2 (Friday 26 February 2016).',
    ],
    [
      'corrected, and not there',
      () => give(first(), 'correctEvent', { number: 3, on: '2016-02-22', reason: 'x' }),
      'There is no number 3; on file are: 1 (Friday 19 February 2016).',
    ],
    [
      'corrected to the day of another',
      () => give(second(), 'correctEvent', { number: 2, on: '2016-02-19', reason: 'x' }),
      'It is on file already that the notice was received on Friday 19 February 2016. If that is wrong, correct it or withdraw it.',
    ],
    [
      'corrected to what it is',
      () => give(first(), 'correctEvent', { on: '2016-02-19', reason: 'x' }),
      'That is what is on file already; nothing changes.',
    ],
    [
      'corrected before it is recorded',
      () => give(new Story(start(), NOW), 'correctEvent', { on: '2016-02-19', reason: 'x' }),
      'It is not on file that the notice was received: there is nothing to correct.',
    ],
  ] as const)('%s is refused, in words', (_what, run, sentence) => {
    expect(refusalSentence(run)).toMatch(sentence);
  });
});
