import { expect, test } from 'vitest';
import { FileProblems } from '../../client/files/file-problems.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { personOf } from '../../client/web/people.ts';
import { PageProblem } from '../../client/web/problems.ts';
import { uploadsTo } from '../../client/web/start/uploads.ts';
import { NEVER_ENDING } from '../files/never-ending.ts';

const NOW = '2026-11-26T12:00:00.000Z';
const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
const register = { approvedHolidays: () => Promise.resolve(null) };
const somebody = (email: string) =>
  personOf({ email: `${email}@middlesbrough.example.org`, name: 'x', roles: null }, [authority]);
const ADMINISTRATOR = somebody('democratic-services');
const BY = { person: ADMINISTRATOR, now: NOW };
const file = (text: string, name = 'a.yaml') => ({ text, name });
const FILE = `reference: uploaded
title: An inspection
authority: middlesbrough
framework: ilacs-2018
fieldwork: { from: 2026-10-05, until: 2026-10-09 }
report: { received: 2026-11-02 }
`;

test('a file is read in a thread of its own: what it says comes back whole, and what is wrong by line and column', async () => {
  const uploads = uploadsTo(register);
  const start = await uploads.read('start', file(FILE), BY);
  expect(start.facts.inspection.reference).toBe('uploaded');
  expect(start.startedBy).toEqual({ id: ADMINISTRATOR.email, role: 'democratic-services' });
  expect((await uploads.read('page', file(FILE), BY)).table).toContain('Written action plan');
  expect(await uploads.read('line', file(FILE), BY)).toMatchObject({
    id: 'middlesbrough/uploaded',
    reference: 'uploaded',
  });
  expect(await uploads.read('nothing', file(FILE), BY)).toBeNull();
  const wrong = await uploads
    .read('nothing', file(FILE.replace('ilacs-2018', 'none')), BY)
    .catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(FileProblems);
  expect((wrong as FileProblems).problems[0]).toMatchObject({ file: 'a.yaml', line: 4, path: 'framework' });
});

test('whoever may start none is told so, and nothing is read', async () => {
  for (const name of ['lead-member', 'nobody'])
    await expect(
      uploadsTo(register).read('nothing', file('x: ['), { person: somebody(name), now: NOW }),
    ).rejects.toBeInstanceOf(PageProblem);
});

test('what takes too long is given up, and the next file is read as before', async () => {
  const text = NEVER_ENDING[1]?.[1]() ?? '';
  const late = await uploadsTo(register, 20)
    .read('nothing', file(text, 'late.yaml'), BY)
    .catch((error: unknown) => error);
  expect(late).toBeInstanceOf(FileProblems);
  expect((late as FileProblems).message).toContain('late.yaml');
  expect((late as FileProblems).message).toContain('takes too long to read');
  const uploads = uploadsTo(register);
  const both = await Promise.allSettled([
    uploads.read('nothing', file(text, 'wrong.yaml'), BY),
    uploads.read('nothing', file(FILE, 'good.yaml'), BY),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
