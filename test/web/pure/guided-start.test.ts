import { expect, test } from 'vitest';
import { meetingDates } from '../../../domain/meetings/meetings.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { preview } from '../../../domain/preview/preview.ts';
import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { fileOf, frameworks, promises } from '../../../client/web/start/guided.ts';
import { readUpload, type Wanted, type WantedName } from '../../../client/web/start/uploaded.ts';
import { council } from '../../support/facts.ts';

const NOW = '2026-11-27T10:00:00.000Z';
const MEETINGS = ['2026-12-08', '2027-01-12', '2027-02-09', '2027-03-09', '2027-04-13', '2027-05-11', '2027-06-08'];
const later = ['2027-07-13', '2027-08-10', '2027-09-14', '2027-10-12', '2027-11-09', '2027-12-14', '2028-01-11'];
const meetings = [...MEETINGS, ...later].map((on) => ({ on }));
const scrutiny = { id: 'scrutiny', name: 'Scrutiny', kind: 'other' as const, meetings: [] };
const withCabinet: Authority = { ...council, bodies: [scrutiny, { id: 'executive', name: 'The Executive', meetings }] };
const WITHOUT: [string, Authority][] = [
  ['no body on file', { ...council, bodies: [] }],
  ['committees alone', { ...council, bodies: [scrutiny] }],
];
const FRAMEWORKS = frameworks()
  // The others are refused for an inspection of today.
  .filter(({ text }) => text.endsWith(' on)'))
  .map(({ value }) => value)
  .filter((framework) => promises(framework).length > 0);

/** What follows from a guided form in which every promise is ticked, and nothing else is said than has to be. */
function follows<W extends WantedName>(authority: Authority, framework: string, wanted: W): Wanted[W] {
  const values = {
    title: 'Inspection',
    reference: '2026',
    fieldworkFrom: '2026-07-06',
    fieldworkUntil: '2026-07-17',
    published: '2026-07-27',
  };
  const promised = promises(framework).map(({ value }) => value);
  const text = fileOf(values, { authority, framework, promised });
  const authorities = [{ authority, role: 'democratic-services', approved: null }];
  return readUpload({ text, name: 'inspection.yaml', email: 'x', authorities, now: NOW, wanted }) as Wanted[W];
}

test.each(FRAMEWORKS)('a promised update of %s is due on a day on which the executive meets', (framework) => {
  const start = follows(withCabinet, framework, 'start');
  const updates = preview(start.facts, calendarOf(start), { today: '2026-11-27' }).milestones.filter(
    ({ strand, due }) => strand === 'cabinet-updates' && due >= '2026-11-27',
  );
  const days = meetingDates(withCabinet.bodies[1] ?? scrutiny);
  expect(updates.length).toBeGreaterThan(0);
  for (const { due } of updates) expect(days).toContain(due);
  expect(follows(withCabinet, framework, 'page').promised).toContain('at the meetings of The Executive');
});

test.each(WITHOUT)(
  'where there is no executive to go to, a promise goes to nobody’s meeting: %s',
  (_which, authority) => {
    const { commitments } = follows(authority, 'ilacs-2018', 'start').facts.inspection;
    expect(commitments.length).toBe(promises('ilacs-2018').length);
    for (const each of commitments) expect(each.body).toBeUndefined();
  },
);

test.each(FRAMEWORKS)('what follows from a form never speaks of a file or a rule pack: %s', (framework) => {
  for (const authority of [withCabinet, ...WITHOUT.map(([, each]) => each)]) {
    const { table, warnings, promised } = follows(authority, framework, 'page');
    expect(promised.split('\n')).toHaveLength(promises(framework).length);
    const said = [table.replaceAll(/<[^>]*>/g, ' '), ...warnings].join('\n');
    expect(said).toContain('would be late already');
    // What a source’s own note says stays as it is: a pack that is out is not edited.
    expect(said).not.toMatch(/`|rule pack|\bthe file (?:does|says|names)\b/i);
  }
});
