import { htmlValidator } from '../../support/html-validator.ts';
import { describe, expect, test } from 'vitest';
import { composeSummary } from '../../../activities/mail/compose-summary.ts';
import type { MorningSummary, SummaryRow } from '../../../domain/summary/morning-summary.ts';
import { BOARD, FROM, HOSTILE } from '../messages.ts';

const html = htmlValidator({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  // Mail programs drop style sheets; an authority's name may be long.
  rules: { 'no-inline-style': 'off', 'long-title': 'off' },
});

const row = (title: string, parts: Partial<SummaryRow> = {}): SummaryRow => ({
  reference: '2016',
  inspectionTitle: title,
  milestone: 'improvement-actions/a1',
  title,
  ownerTitle: title,
  due: '2016-05-27',
  provisional: false,
  holdReviewOn: null,
  workingDaysLate: 5,
  ...parts,
});

/** A summary in which every text is the one given. */
const summaryOf = (text: string): MorningSummary => ({
  id: 'anyborough/morning-summary/x/2016-06-06/1',
  authority: { id: 'anyborough', name: text },
  reference: 'morning-summary',
  recipient: {
    email: 'democratic-services@anyborough.example.org',
    roles: [{ id: 'x', title: text }],
    standsInFor: [],
  },
  day: '2016-06-06',
  n: 1,
  at: '2016-06-06T07:30:00.000Z',
  troubles: [{ reference: '2016', words: text }],
  overdue: Array.from({ length: 45 }, () => row(text)),
  dueThisWeek: [row(text, { due: '2016-06-06' })],
  pastReview: [row(text, { holdReviewOn: '2016-06-03' })],
  undeliverable: [{ reference: '2016', recipient: 'gone@anyborough.example.org', day: '2016-06-03', reason: text }],
  provisional: [row(text, { provisional: true })],
  large: [{ reference: '2016', text }],
  bankHolidays: [text],
});

describe.each(Object.entries({ plain: 'Assessments', ...HOSTILE }))('a summary full of %s', (_name, text) => {
  const mail = composeSummary(summaryOf(text), { from: FROM, boardUrl: BOARD });

  test('is valid HTML that runs nothing of it', async () => {
    const report = await html.validateString(mail.html);
    expect(
      report.results.flatMap((result) => result.messages.map((each) => `${each.ruleId}: ${each.message}`)),
    ).toEqual([]);
    expect(mail.html).not.toMatch(/<script|<img|onmouseover="/i);
  });

  test('says which inspection has grown large', () => {
    const [, after = ''] = mail.text.split('Inspections that grow large: 1');
    expect(after).toContain('anyborough/2016');
  });

  test('has one line of subject, and a text that says how many are not shown', () => {
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.subject.length).toBeLessThanOrEqual(150);
    expect(mail.subject).toMatch(/^Mon 6 June 2016: 45 overdue/);
    expect(mail.text).toContain('and 5 more');
  });
});
