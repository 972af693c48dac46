import { expect, test } from 'vitest';
import { row } from '../support/rows.ts';
import { entry, ownRegister, rows, started } from './support.ts';

const COUNCILS = Array.from({ length: 25 }, (_, n) => `council-${n}`);

test('of one council, of some, of all that are known and of a partner’s role the words are found, and no others', async () => {
  const { register } = await ownRegister();
  for (const authority of COUNCILS.slice(0, 3)) {
    const duty = { title: `Supervision in ${authority}`, milestone: 'improvement-actions/a1' };
    const others = { title: 'Supervision by the partner', milestone: 'improvement-actions/a2', owner: 'nurse' };
    await register.append({ authority, reference: 'one', inspectionTitle: 'one' }, [
      started,
      ...[duty, others].map((each, n) => entry(n + 2, { milestone: each.milestone, row: row(each) })),
    ]);
  }
  const found = async (words: string, authorities: string[], roles: { authority: string; role: string }[] = []) =>
    (await register.board.searchFor(words, { authorities, roles }, 21)).duties.map(
      ({ authority, milestone }) => `${authority} ${milestone.split('/')[1]}`,
    );
  expect(await found('superv', ['council-1'])).toEqual(['council-1 a1', 'council-1 a2']);
  expect(await found('supervision partner', ['council-1', 'council-2'])).toEqual(['council-1 a2', 'council-2 a2']);
  expect(await found('supervision', COUNCILS)).toHaveLength(6);
  expect(await found('supervision', COUNCILS.slice(2))).toEqual(['council-2 a1', 'council-2 a2']);
  expect(await found('superv', ['council-1'], [{ authority: 'council-0', role: 'nurse' }])).toEqual([
    'council-0 a2',
    'council-1 a1',
    'council-1 a2',
  ]);
  // A word of the council's own name finds what has it, and not all that is the council's.
  expect(await found('council 1', ['council-1'])).toEqual(['council-1 a1']);
  // What the database takes for no word finds nothing, and not everything.
  for (const nothing of ['\u00b2', '\u2460', '@', '@council-1 zebra'])
    expect(await found(nothing, ['council-1'])).toEqual([]);
  expect(await found('supervision', [])).toEqual([]);
});

test.each([
  ['what somebody has written', '{"data":{"text":"supervision"}}', 'supervision'],
  ['what has no such words', '{"data":{}}', null],
  ['what is no JSON', 'nonsense', null],
  ['half a character', '{"data":{"text":"\\ud800"}}', null],
  ['a character that no database keeps', '{"data":{"text":"a\\u0000b"}}', null],
])('%s has words to be found or none, and no value is an error', async (_what, value, said) => {
  const { url } = await ownRegister();
  // A column, as in the index: a value that stands in the statement is looked at as it is planned.
  const given = 'WITH given AS MATERIALIZED (SELECT $1::text AS value) SELECT said_in(value) AS said FROM given';
  expect(await rows(url, given, [value])).toEqual([{ said }]);
});
