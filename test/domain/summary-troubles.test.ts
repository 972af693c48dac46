import { describe, expect, test } from 'vitest';
import { composeSummary } from '../../activities/mail/compose-summary.ts';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import { countIn, morningSummary } from '../../domain/summary/morning-summary.ts';
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

describe('what is kept of a summary is bounded, whatever a council has', () => {
  const long = (text: string) => Array.from({ length: 3000 }, (_, nth) => ({ reference: `r-${nth}`, text }));
  const lost = (reason: string) =>
    Array.from({ length: 500 }, (_, nth) => ({
      ...{ reference: `r-${nth}`, recipient: 'a@anyborough.example.org', day: '2026-11-25', reason },
    }));

  test.each([
    ['short', 'too many'],
    ['long', '"&计'.repeat(300)],
    ['longer than a mail', '"&计'.repeat(40_000)],
  ])('texts that are %s', (_what, text) => {
    const findings = Array.from({ length: 2000 }, (_, nth) => finding('inspection-stuck', 'x', `anyborough/r-${nth}`));
    const facts = { milestones: [], findings, undeliverable: lost(text), large: long(text), feed: null };
    const summary = morningSummary(council, facts, calendarData(), MORNING);
    if (summary === undefined) throw new Error('nothing is said');
    expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(100_000);
    expect([countIn(summary, 'large'), countIn(summary, 'undeliverable'), countIn(summary, 'troubles')]).toEqual([
      3000, 500, 2000,
    ]);
    expect(summary.large[0]?.reference).toBe('r-0');
    const { subject, text: mail } = composeSummary(summary, { from: 'duecourse <duecourse@example.org>' });
    expect(subject).toContain('500 undeliverable, 2000 not well');
    expect(mail).toContain('Inspections that grow large: 3000');
    expect(mail).toMatch(new RegExp(`and ${3000 - summary.large.length} more`));
  });

  test('that is small is kept whole, and leaves nothing out', () => {
    const summary = summaryOf([finding('inspection-stuck', 'x', 'anyborough/2016')]);
    expect(summary?.leftOut).toBeUndefined();
    expect(summary?.troubles).toHaveLength(1);
  });
});
