import { expect, test } from 'vitest';
import { MAX_ASKED, toAsk } from '../../../client/web/first-pages/to-ask.ts';

const some = (authority: string, n: number, from = 1) =>
  Array.from({ length: n }, (_, index) => ({ authority, reference: String(index + from) }));

test.each<[string, Parameters<typeof toAsk>, [asked: number, notAsked: number]]>([
  ['all are asked where they are few', [some('ours', 2), { rows: some('ours', 5), total: 5 }, ['ours']], [5, 0]],
  [
    'one that is named and is beyond the first that are open is asked, and not counted twice',
    [some('ours', 3, 30), { rows: some('ours', MAX_ASKED), total: 33 }, ['ours']],
    [MAX_ASKED, 13],
  ],
  [
    'one that is named several times is one',
    [[...some('ours', 1), ...some('ours', 1)], { rows: some('ours', 1), total: 1 }, ['ours']],
    [1, 0],
  ],
  ['of a manager, those alone that are named', [some('theirs', 25), { rows: [], total: 0 }, []], [MAX_ASKED, 5]],
  [
    'of who administers one council and manages in another, both',
    [some('theirs', 4), { rows: some('ours', MAX_ASKED), total: 22 }, ['ours']],
    [MAX_ASKED, 6],
  ],
])('%s', (_what, given, expected) => {
  const { asked, notAsked } = toAsk(...given);
  expect([asked.length, notAsked]).toEqual(expected);
});

test('those in which something waits are asked before all others', () => {
  const { asked } = toAsk(some('ours', 1, 99), { rows: some('ours', MAX_ASKED), total: 40 }, ['ours']);
  expect(asked[0]).toEqual({ authority: 'ours', reference: '99' });
});
