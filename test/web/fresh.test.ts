import { expect, test } from 'vitest';
import { boardForAll, type Visitor } from '../support/board.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

const OWED = 'democratic-services';
const ADMINISTRATOR = `${OWED}@middlesbrough.example.org`;
/** How old what a page shows may be, in milliseconds. */
const MAX_MS = 2000;
const RECORDED_MS = 20_000;

let id: InspectionRef = 'none/none';
let who: Visitor;
let key = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  who = await rig.signedIn(ADMINISTRATOR);
  key = await who.apiKey();
  // A worker takes its time over the first thing that it brings to the record: no page is old because of that.
  const [authority = '', reference = ''] = id.split('/');
  const question = { by: 'A. Member', text: 'How far is it?' };
  const { seq } = await rig.engine.command(id, 'ask', question, { id: ADMINISTRATOR, role: OWED });
  if (!(await rig.register.reached(authority, reference, seq, RECORDED_MS))) throw new Error('nothing was recorded');
});

test.each([
  ['the list', () => '/?status=all'],
  ['the inspection', () => `/inspections/${id}`],
  ['the history', () => `/inspections/${id}/history`],
  ['the API', () => '/api/v1/milestones?status=waived'],
])('%s, opened at every moment, shows within two seconds what somebody did elsewhere', async (_what, path) => {
  const milestone = await nextAction();
  const before = await read(path());
  const changed = performance.now();
  // Not by these pages: they would know of it. As another machine's, or the command line, does it.
  await board().engine.command(id, 'waive', { milestone, reason: 'x' }, { id: ADMINISTRATOR, role: OWED });
  const answered = performance.now();
  while ((await read(path())) === before) {
    expect(performance.now() - answered).toBeLessThan(MAX_MS);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(performance.now() - answered).toBeLessThan(MAX_MS);
  expect(performance.now()).toBeGreaterThan(changed);
});

/** Those that a test has waived: the record may learn of the last one after the page that read the lifecycle itself. */
const waived = new Set<string>();

async function nextAction(): Promise<string> {
  const all = await board().register.milestones('middlesbrough', id.split('/')[1] ?? '');
  const found = all.find(
    (each) => each.strand === 'improvement-actions' && each.status === 'open' && !waived.has(each.milestone),
  );
  if (found === undefined) throw new Error('nothing is open any more');
  waived.add(found.milestone);
  return found.milestone;
}

/** What a page says of things that no longer apply, and of what happened: the rest may change by itself. */
async function read(path: string): Promise<string> {
  const answer = await who.request(path, { headers: { Authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  return (text.match(/\d+ no longer to be done|no longer applies|"standing":"waived"/gi) ?? []).join(', ');
}
