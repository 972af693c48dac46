import { expect, test } from 'vitest';
import { composeSummary } from '../../activities/mail/compose-summary.ts';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import { morningSummary } from '../../domain/summary/morning-summary.ts';
import { calendarData, council } from '../support/facts.ts';

const MORNING = '2026-11-26T08:30:00.000Z';
const summaryOf = (findings: Finding[]) =>
  morningSummary(
    council,
    { milestones: [], findings, undeliverable: [], large: [], feed: null },
    calendarData(),
    MORNING,
  );

test('the administrator reads of an inspection that stands still, once and in plain words, if there is nothing else', () => {
  const summary = summaryOf([
    finding('inspection-stuck', 'no key "b" (tried 7 times).', 'anyborough/2016'),
    finding('inspection-late', '9am', 'anyborough/2016'),
    finding('inspection-engine-behind', 'no. 3 and no. 5', 'anyborough/2019'),
  ]);
  if (summary === undefined) throw new Error('nothing is said');
  expect(summary.troubles.map(({ reference }) => reference)).toEqual(['2016', '2019']);
  const { subject, text } = composeSummary(summary, { from: 'duecourse <duecourse@example.org>' });
  expect(subject).toContain('2 not well');
  expect(text).toMatch(/Inspections that are not well: 2[\s\S]+anyborough\/2016\s+Its clock stands still/);
  expect(text).toMatch(/anyborough\/2019\s+Its clock does not know the last changes/);
  expect(text).not.toMatch(/no key|no\. 3/);
});

test('what is about no inspection is the operator’s business, and no mail to the council', () => {
  expect(summaryOf([finding('mail-unreachable', 'x'), finding('register-full')])).toBeUndefined();
});
