import { expect, test } from 'vitest';
import { entry, key, ownRegister, started } from './support.ts';

const DAY_MS = 24 * 3_600_000;
const AT = '2016-02-22T10:00:00.000Z';
const daysLater = (days: number): string => new Date(Date.parse(AT) + days * DAY_MS).toISOString();
const text = 'It holds 2,100 actions.';

test('what has grown large is told for a week, of open inspections alone', async () => {
  const { register } = await ownRegister();
  const near = entry(2, { at: AT, kind: 'limit-near', text, data: { limit: 'actions' } });
  await register.append(key, [started, near]);
  await register.append({ ...key, reference: '2017' }, [started, near, entry(3, { kind: 'inspection-closed' })]);
  const told = async (now: string) => (await register.morning(key.authority, now)).large;
  expect(await told(daysLater(1))).toEqual([{ reference: '2016', text }]);
  expect(await told(daysLater(8))).toEqual([]);
});
