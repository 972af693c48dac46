import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { old } from '../report/bad-files.ts';
import { cli } from '../support/cli.ts';

const document = (name: string) => join(packageRoot(), 'test', 'report', 'documents', name);

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'duecourse-report-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('what a report says, with its places; what it does not say', async () => {
  const { code, out } = await cli(['report', 'read', document('sif-anyborough.pdf')]);
  expect(code).toBe(0);
  expect(out).toContain('First day of the inspection: Monday 23 November 2015');
  expect(out).toContain('page 1, line 6: “Inspection date: 23 November 2015 – 17 December 2015”');
  expect(out).toContain('Recommendations: 12');
  expect(out).toContain(
    'Not sure: It stands in the part on the Local Safeguarding Children Board, not on the council.',
  );
  expect(out).toContain('A report does not say when the council received it.');
  const { out: json } = await cli(['report', 'read', document('sif-anyborough.pdf'), '--json']);
  expect(JSON.parse(json)).toMatchObject({ layout: 'single-inspection', facts: { framework: { value: 'sif-2013' } } });
});

test('an inspection’s file to begin from: what is left is named, and with that filled in it is good', async () => {
  const file = join(folder(), 'inspection.yaml');
  const { code } = await cli(['report', 'read', document('ilacs-northmoor-tracked.docx'), '--out', file]);
  expect(code).toBe(0);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('# This document has tracked changes. It was read as if all of them were accepted');
  expect(text).toContain('The response to children at risk of criminal exploitation.');
  expect(text).not.toContain('sexual');
  const left = await cli(['check', file, '--json']);
  expect(left.code).toBe(1);
  const [checked] = JSON.parse(left.out) as { problems: { path: string }[] }[];
  expect(checked?.problems.map(({ path }) => path)).toEqual(['reference', 'authority', 'report.received']);
  writeFileSync(
    file,
    text
      .replace('reference: FILL-IN', 'reference: 2024-ilacs')
      .replace('authority: FILL-IN', `authority: ${join(packageRoot(), 'examples/authorities/middlesbrough.yaml')}`)
      .replace('received: FILL-IN', 'received: 2024-03-20'),
  );
  expect((await cli(['check', file])).out).toContain('Inspection of Northmoor local authority children’s services');
  expect((await cli(['preview', file])).code).toBe(0);
  // What is there is not written over.
  const again = await cli(['report', 'read', document('ilacs-northmoor-tracked.docx'), '--out', file]);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already, and is not written over')]);
});

test('what can’t be read: a sentence with the file’s name, and nothing is written', async () => {
  const [file, out] = [join(folder(), 'report.doc'), join(folder(), 'out.yaml')];
  writeFileSync(file, old());
  const { code, err } = await cli(['report', 'read', file, '--out', out]);
  expect(code).toBe(1);
  expect(err).toContain('report.doc: This is a Word document of the old kind (.doc).');
  expect(existsSync(out)).toBe(false);
});
