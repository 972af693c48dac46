import { afterEach, expect, it } from 'vitest';
import { checkFile } from '../../client/files/check-file.ts';
import { importFiles } from '../../client/import/import-files.ts';
import { LIMITS } from '../../domain/lifecycle/limits.ts';
import { COUNCIL, folderOf, GOOD } from '../files/good-file.ts';

let folder: ReturnType<typeof folderOf> | undefined;
afterEach(() => folder?.remove());

const SENTENCE =
  'That makes the inspection too large to be kept: 4,001 actions, and at most 4,000 actions are possible. To go on, split it into two inspections.';
const actions = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => `  - { id: a${n}, title: Act, theme: so-1, due: { n: 6, unit: month } }\n`,
  ).join('');
const fileOf = (count: number) => {
  const inspection = GOOD.replace(/ {2}- \{ id: a, title: Act.*\n/, actions(count));
  folder = folderOf({ 'inspection.yaml': inspection, 'council.yaml': COUNCIL });
  return folder.path('inspection.yaml');
};

it('a file that is too large is said so by check and by a dry run of import, and others go on', async () => {
  const path = fileOf(LIMITS.actions.max + 1);
  expect(checkFile(path, '2016-06-02T10:00:00.000Z').problems).toMatchObject([{ expected: SENTENCE }]);
  const startedBy = () => ({ id: 'x', role: 'clerk' });
  const { signal } = new AbortController();
  const tellTrouble = (): undefined => undefined;
  const options = {
    atOnce: 1,
    services: null,
    startedBy,
    tell: tellTrouble,
    tellTrouble,
    tellOther: tellTrouble,
    signal,
  };
  const { files } = await importFiles([path], options);
  expect(files).toMatchObject([{ outcome: 'failed', problems: [{ text: SENTENCE }] }]);
}, 300_000);

it('half of that is a warning of check', () => {
  const { problems, warnings } = checkFile(fileOf(LIMITS.actions.max / 2), '2016-06-02T10:00:00.000Z');
  expect(problems).toEqual([]);
  expect(warnings).toContainEqual(
    expect.objectContaining({ expected: expect.stringContaining('It holds 2,000 actions') as unknown }),
  );
}, 300_000);
