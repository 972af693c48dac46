import { expect, test } from 'vitest';
import { around } from '../../../client/web/found-words.ts';

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
