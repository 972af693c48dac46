import { expect, test } from 'vitest';
import { fullOfHer, request } from './full-of-her.ts';
import { entry, key, ownRegister, started } from './support.ts';

test('the words of an inspection’s own entries are found by their numbers, and of no other inspection', async () => {
  const { register } = await ownRegister();
  const question = entry(2, { kind: 'question-asked', text: 'A member asks: why?', data: { question: 'q1' } });
  await register.append(key, [started, question, entry(3)]);
  await register.append({ ...key, reference: '2020' }, [started, entry(2, { text: 'of another inspection' })]);
  const found = await register.texts('anyborough', '2016', [3, 2, 99]);
  expect(new Set(found.keys())).toEqual(new Set([2, 3]));
  expect(found.get(2)).toEqual({ text: 'A member asks: why?', data: { question: 'q1' }, erased: false });
  expect(await register.texts('anyborough', '2016', [])).toEqual(new Map());
});

test('what was erased of them is marked, and what was not is not', async () => {
  const { register } = await fullOfHer();
  expect((await register.texts('anyborough', '2016', [5])).get(5)?.erased).toBe(false);
  await register.erase(request, 'carry out');
  const found = await register.texts('anyborough', '2016', [5, 7]);
  expect(found.get(5)).toMatchObject({ text: '[erased] is ill; ask [erased] or "[erased]"', erased: true });
  expect(found.get(7)).toMatchObject({ text: 'Jan\u00e9 Doeson and Jan\u00e9 Do', erased: false });
});
