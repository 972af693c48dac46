import { expect, test } from 'vitest';
import { apply } from '../../../domain/commands/apply.ts';
import { Story } from '../../../domain/preview/story.ts';
import { around, saidOnce } from '../../../client/web/found-words.ts';
import type { FoundText } from '../../../register/search.ts';
import { startOf } from '../../support/facts.ts';

const LONG = 'Many words stand here that say nothing of it. '.repeat(10);

test.each([
  ['short, whole', 'The risk is late staff.', 'risk', 'The risk is late staff.'],
  ['its white space as one', 'The  risk\nis late.', 'late', 'The risk is late.'],
  ['long, from its beginning where that has it', `Zebra. ${LONG}`, 'zebra', /^Zebra\. Many .* …$/],
  ['long, around the word', `${LONG}A Zebra. ${LONG}`, 'zebra', /^… .*A Zebra\. Many .* …$/],
  ['long, its end', `${LONG}A zebra.`, 'ZEBRA', /^… .*A zebra\.$/],
  ['long, without the word as it is sought', LONG, 'zebra', /^Many words stand .* …$/],
  ['one word alone', 'x'.repeat(1000), 'y', /x/],
])('a text as a search shows it: %s', (_what, text, sought, shown) => {
  expect(around(text, sought)).toMatch(shown);
  expect(around(text, sought).length).toBeLessThanOrEqual(246);
});

test('the reason of one passing-on of work is found once, though several entries have it', () => {
  const now = '2016-02-24T10:00:00.000Z';
  const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];
  const { state } = new Story(startOf({ actions }), '2016-02-22T10:00:00.000Z').until(now);
  const payload = { from: 'team-manager', to: 'head-of-service', reason: 'Retires on 31 March' };
  const after = apply(state, { name: 'reassignMany', payload }, { id: 'x', role: 'democratic-services' }, now);
  const texts = after.unrecorded
    .filter(({ data }) => (data as { reason?: string }).reason === payload.reason)
    .map(({ kind, at }) => ({ authority: 'a', reference: '2016', kind, at, words: payload.reason }) as FoundText);
  expect(texts.length).toBeGreaterThan(1);
  expect(saidOnce(texts)).toEqual([texts[0]]);
  const again = { ...texts[0], at: '2016-02-25T10:00:00.000Z' } as FoundText;
  expect(saidOnce([...texts, again])).toEqual([texts[0], again]);
});
