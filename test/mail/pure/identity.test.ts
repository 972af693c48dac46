import { describe, expect, test } from 'vitest';
import { composeMail } from '../../../activities/mail/compose.ts';
import { subjectOf } from '../../../activities/mail/subject.ts';
import { digestOf, noticeOf } from '../../support/digests.ts';
import { FROM, LATE, message, numbered } from '../messages.ts';

describe('the subject', () => {
  test('of a window that closed says that it was due, not that it is', () => {
    const closed = noticeOf({
      kind: 'window-closed',
      due: '2016-06-01',
      dueAt: '2016-06-01T23:00:00.000Z',
      workingDaysLeft: -1,
    });
    expect(subjectOf(digestOf({ notices: [closed] }))).toMatch(/^Was due Wed 1 June 2016: /);
    expect(subjectOf(digestOf({ notices: [closed, { ...closed, milestone: 'b' }] }))).toBe('2 duties: Anyborough 2016');
  });

  test('of several names the first due, whatever their order', () => {
    const subject = subjectOf(digestOf({ notices: [numbered(8), numbered(3), numbered(5)] }));
    expect(subject).toBe('3 duties, first due Sun 5 June 2016: Anyborough 2016');
  });

  test('of none is the inspection', () => {
    expect(subjectOf(digestOf({ notices: [] }))).toBe('Anyborough 2016');
  });

  test('is cut between words at 150', () => {
    const subject = subjectOf(digestOf({ notices: [noticeOf({ title: 'improvement '.repeat(30) })] }));
    expect(subject.length).toBeLessThanOrEqual(150);
    expect(subject.length).toBeGreaterThan(135);
    expect(subject).toMatch(/ improvement…$/);
  });

  test('is never cut through an emoji', () => {
    for (let pad = 0; pad < 12; pad++) {
      const subject = subjectOf(digestOf({ notices: [noticeOf({ title: `${'x'.repeat(pad)}${'👩‍👩‍👧‍👦'.repeat(30)}` })] }));
      expect(subject.length).toBeLessThanOrEqual(150);
      expect(subject).toMatch(/👩‍👩‍👧‍👦…$/u);
    }
  });
});

describe('the identity of a mail', () => {
  test('is made of the digest’s id, in the sender’s domain', () => {
    expect(message().messageId).toMatch(/^<[0-9a-f]{40}@anyborough\.example\.org>$/);
    expect(message({ notices: [numbered(1)] }).messageId).toBe(message().messageId);
    expect(message({ id: 'anyborough/2016/owner@anyborough.example.org/2016-06-02/2' }).messageId).not.toBe(
      message().messageId,
    );
  });

  test('the same digest is the same mail', () => {
    expect(message()).toEqual(message());
    const many = Array.from({ length: 12 }, (_, index) => numbered(index + 1));
    expect(message({ notices: many })).toEqual(message({ notices: many.toReversed() }));
  });

  test('the first mail about a milestone and its later ones share a reference', () => {
    const many = Array.from({ length: 12 }, (_, index) => numbered(index + 1));
    const first = message({ notices: many });
    for (const each of many) {
      const later = message({
        id: 'anyborough/2016/owner@anyborough.example.org/2016-06-09/1',
        day: '2016-06-09',
        notices: [each],
      });
      expect(later.references).toHaveLength(1);
      expect(first.references).toContain(later.references[0]);
    }
  });

  test('the most urgent milestone’s thread comes first, and there are never too many', () => {
    const many = Array.from({ length: 60 }, (_, index) => noticeOf({ milestone: `improvement-actions/a${index}` }));
    const { references } = message({ notices: [...many, noticeOf({ ...LATE, milestone: 'late' })] });
    expect(references[0]).toBe(message({ notices: [noticeOf({ milestone: 'late' })] }).references[0]);
    expect(references).toHaveLength(50);
  });

  test('the date is the story’s', () => {
    expect(message().date).toEqual(new Date('2016-06-02T08:00:00.000Z'));
  });
});

test('the mail says that a machine sent it, and offers no way out of a statutory duty', () => {
  const { headers } = message();
  expect(headers).toEqual({ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' });
});

test('composing changes nothing in the digest', () => {
  const given = Object.freeze(digestOf({ notices: Object.freeze([numbered(3), numbered(1)]) as never }));
  const before = JSON.stringify(given);
  composeMail(given, { from: FROM });
  expect(JSON.stringify(given)).toBe(before);
});
