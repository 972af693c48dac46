import { expect, test } from 'vitest';
import { audit } from '../../domain/audit/audit.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';
import { notice } from '../support/instruments.ts';

const START = '2016-02-22T10:00:00.000Z';
const administrator = { id: 'x', role: 'democratic-services' };

/** What is known at the end of 22 February, as the record has it. */
const facts = ({ entries }: Story) => audit('anyborough/test', entries, '2016-02-22').facts;

test('the date of an event, or of a notice, is not taken for the report’s', () => {
  const due = { n: 1, unit: 'month', from: 'notice-received' };
  const events = { 'notice-received': [{ on: '2016-02-18' }] };
  const actions = [{ id: 'a', title: 'Audit', owner: 'team-manager', due }];
  const instruments = [notice('2016-02-18', { framework: undefined })];
  const story = new Story(startOf({ events, actions, instruments }), START);
  for (const instrument of [undefined, 'notice'])
    story.command(
      {
        name: 'correctEvent',
        payload: { kind: 'notice-received', on: '2016-02-17', reason: 'post', ...(instrument && { instrument }) },
      },
      administrator,
    );
  expect(facts(story)).toMatchObject({
    report: null,
    instruments: [{ id: 'notice', title: 'Improvement notice', withdrawn: null }],
  });
  story.command({ name: 'correct', payload: { received: '2016-02-19', reason: 'the stamp' } }, administrator);
  expect(facts(story).report).toMatchObject({ received: '2016-02-19' });
});

test('instruments that came, and that were taken back, are told', () => {
  const story = new Story(startOf({}), START);
  const payload = { instrument: notice('2016-02-22', { framework: undefined }) };
  story.command({ name: 'addInstrument', payload }, administrator);
  story.command({ name: 'withdrawInstrument', payload: { instrument: 'notice', reason: 'lifted' } }, administrator);
  expect(facts(story).instruments).toEqual([{ id: 'notice', title: 'Improvement notice', withdrawn: 'lifted' }]);
});
