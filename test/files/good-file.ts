import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileProblems } from '../../client/files/file-problems.ts';

/** An inspection file with nothing wrong. Lines are counted in the tests: add to the end only. */
export const GOOD = `reference: 2016
title: A test
authority: council.yaml
framework: sif-2013
fieldwork: { from: 2015-11-23, until: 2015-12-17 }
report:
  published: 2016-02-19
recommendations:
  - { id: i, text: First }
themes:
  - id: so-1
    title: Theme
    officer: director
    recommendations: [i]
actions:
  - { id: a, title: Act, theme: so-1, due: { n: 6, unit: month } }
owners: { plan-submission: director }
commitments:
  - rule: cabinet-update
    body: cabinet
decisions:
  - { id: d, title: D, body: cabinet, takenOn: 2016-05-10, publishedOn: 2016-05-11 }
happened:
  - { milestone: plan-submission/written-action-plan, what: submitted, on: 2016-06-01, by: director }
`;

export const COUNCIL = `id: anyborough
name: Anyborough Council
division: england-and-wales
roles:
  - { id: chief-executive, title: Chief Executive, email: chief-executive@anyborough.example.org, capacity: manager }
  - { id: director, title: Director, email: director@anyborough.example.org, reportsTo: chief-executive, capacity: manager }
  - { id: clerk, title: Clerk, email: clerk@anyborough.example.org, capacity: administrator }
chain: { director: director, chiefExecutive: chief-executive, administrator: clerk }
bodies:
  - { id: cabinet, name: Cabinet, meetings: [2016-05-10] }
`;

/** A folder of files for one test, and what takes it away. */
export function folderOf(files: Record<string, string | Uint8Array>): {
  path: (name: string) => string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-files-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The problems a call reports; an empty list where it reports none. */
export function problemsOf(call: () => unknown): FileProblems['problems'] {
  try {
    call();
  } catch (error) {
    if (error instanceof FileProblems) return error.problems;
    throw error;
  }
  return [];
}
