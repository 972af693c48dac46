import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../platform/package-root.ts';
import { filesUnder } from '../words-in.ts';

const sources = ['client', 'worker', 'platform', 'register', 'activities'].flatMap((folder) =>
  filesUnder(join(packageRoot(), folder)).filter((file) => file.endsWith('.ts')),
);
const codeOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
const using = (made: RegExp): string[] =>
  sources.filter((file) => made.test(codeOf(file))).map((file) => relative(packageRoot(), file));

// Each asks for the data converter; what went past them would write in the clear.
test.each([
  ['client', /new (Workflow|Schedule)?Client\(/, 'platform/temporal-client.ts'],
  ['worker', /\bWorker\.create\(/, 'worker/create-worker.ts'],
])('there is one way to a Temporal %s', (_what, made, file) => {
  expect(using(made)).toEqual([file]);
});
