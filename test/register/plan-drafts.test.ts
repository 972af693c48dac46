import { expect, test } from 'vitest';
import type { Edit } from '../../domain/revisions/edits.ts';
import { JANE, NAME, request, fullOfHer } from './full-of-her.ts';
import { ownRegister } from './support.ts';

const NOW = '2026-11-26T12:00:00.000Z';
const inspection = { authority: 'anyborough', reference: '2016' };
const edit = (title: string): Edit => ({
  ...{ kind: 'put', what: 'theme' },
  item: { id: 'so-1', title, officer: 'director', recommendations: [] },
});

test('of two that keep the same draft at once the slower one is told, and nothing is lost', async () => {
  const { register } = await ownRegister();
  const { planDrafts } = register.board;
  const key = { ...inspection, email: 'A.Writer@anyborough.example.org' };
  const keep = (title: string, after: number) =>
    planDrafts.keep(key, { role: 'director', revision: 1, edits: [edit(title)] }, { after, now: NOW });
  expect([await keep('First', 0), await keep('At once', 0), await keep('Second', 1), await keep('Old tab', 1)]).toEqual(
    [true, false, true, false],
  );
  const whole = { email: key.email.toLowerCase(), role: 'director', revision: 1, begunAt: NOW, changedAt: NOW };
  expect(await planDrafts.of(inspection)).toEqual([{ ...whole, edition: 2, edits: [edit('Second')] }]);
  expect(await planDrafts.of({ ...inspection, reference: '2020' })).toEqual([]);
  // What was added since somebody looked is not thrown away unseen.
  expect(await planDrafts.throwAway(key, 1)).toBe(false);
  expect(await planDrafts.of(inspection)).toHaveLength(1);
  expect(await planDrafts.throwAway(key, 2)).toBe(true);
  expect(await planDrafts.of(inspection)).toEqual([]);
});

test('with a person their own draft is erased; in another’s the words about them alone', async () => {
  const { register } = await fullOfHer();
  const { planDrafts } = register.board;
  const draft = { role: 'director', revision: 1, edits: [edit(`What ${NAME} leads`)] };
  for (const email of [JANE, 'another@anyborough.example.org'])
    await planDrafts.keep({ ...inspection, email }, draft, { after: 0, now: NOW });
  await register.erase(request, 'carry out');
  expect(await planDrafts.of(inspection)).toMatchObject([
    { email: 'another@anyborough.example.org', edits: [{ item: { title: 'What [erased] leads' } }] },
  ]);
});
