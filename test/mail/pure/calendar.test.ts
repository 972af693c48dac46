import { describe, expect, test } from 'vitest';
import { composeMail } from '../../../activities/mail/compose.ts';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../../support/digests.ts';
import { BOARD, FROM, HOSTILE, hostileDigest, numbered } from '../messages.ts';

const icsOf = (digest: Digest): string =>
  composeMail(digest, { from: FROM, boardUrl: BOARD }).attachments[0]?.content ?? '';

/** The lines of a calendar, unfolded (RFC 5545, 3.1). */
const linesOf = (digest: Digest): string[] =>
  icsOf(digest)
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n');

test('one entry, line for line', () => {
  expect(linesOf(digestOf())).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//duecourse//duecourse//EN',
    'METHOD:PUBLISH',
    'NAME:Anyborough 2016',
    'X-WR-CALNAME:Anyborough 2016',
    'BEGIN:VEVENT',
    expect.stringMatching(/^UID:[0-9a-f]{32}@duecourse$/),
    'SEQUENCE:0',
    'DTSTAMP:20160602T080000Z',
    'DTSTART;VALUE=DATE:20160630',
    'DTEND;VALUE=DATE:20160701',
    'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
    'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE',
    'SUMMARY:Due: Written action plan to Ofsted',
    'TRANSP:TRANSPARENT',
    'DESCRIPTION:Send the written action plan to the inspection support team.\\nLate after midnight at the end of Thursday 30 June 2016.\\nThe report was published on Friday 19 February 2016.\\n90 working days after that day: Thursday 30 June 2016.',
    'ORGANIZER;CN="Anyborough Council":mailto:duecourse@anyborough.example.org',
    'URL;VALUE=URI:https://board.example.org/duecourse/inspections/anyborough/2016/milestones/plan-submission/written-action-plan',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
});

test('twelve duties are twelve entries with ids of their own', () => {
  const lines = linesOf(digestOf({ notices: Array.from({ length: 12 }, (_, index) => numbered(index + 1)) }));
  expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(12);
  expect(new Set(lines.filter((line) => line.startsWith('UID:'))).size).toBe(12);
});

test('the id is the milestone’s: the same to everybody, another in another council or inspection', () => {
  const uid = (parts: Partial<Digest>) => linesOf(digestOf(parts)).find((line) => line.startsWith('UID:'));
  expect(uid({ recipient: { email: 'other@anyborough.example.org', roles: [], standsInFor: [] } })).toBe(uid({}));
  expect(uid({ authority: { id: 'otherborough', name: 'x' } })).not.toBe(uid({}));
  expect(uid({ reference: '2020' })).not.toBe(uid({}));
});

describe('a duty that is done', () => {
  const finished = [{ milestone: 'improvement-actions/a1', title: 'Action 1', due: '2016-06-03', dueVersion: 2 }];
  const mail = composeMail(digestOf({ finished }), { from: FROM });
  const [dates = '', done = ''] = mail.attachments.map(({ content }) => content.replace(/\r\n[ \t]/g, ''));

  test('is taken back under its own id, with a higher sequence than the entry had', () => {
    const entry = digestOf({ notices: [noticeOf({ milestone: 'improvement-actions/a1', dueVersion: 2 })] });
    const before = linesOf(entry);
    expect(before).toContain('SEQUENCE:1');
    expect(done.split('\r\n')).toEqual(
      expect.arrayContaining([
        'METHOD:CANCEL',
        before.find((line) => line.startsWith('UID:')),
        'SEQUENCE:2',
        'STATUS:CANCELLED',
        'DTSTART;VALUE=DATE:20160603',
        'ORGANIZER;CN="Anyborough Council":mailto:duecourse@anyborough.example.org',
      ]),
    );
  });

  test('is in a file of its own, which the mail explains; the other still publishes', () => {
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['due-dates.ics', 'text/calendar; charset=utf-8; method=PUBLISH'],
      ['no-longer-due.ics', 'text/calendar; charset=utf-8; method=CANCEL'],
    ]);
    expect(dates).not.toContain('CANCEL');
    expect(mail.text).toContain('no-longer-due.ics takes one duty that is no longer to be done out of your calendar');
    expect(mail.text).toMatch(/out of\s+your\s+calendar:\s+“[^”]+”\./);
    expect(mail.html).toContain('no-longer-due.ics takes one duty');
  });

  test('without any, there is no such file', () => {
    expect(composeMail(digestOf(), { from: FROM }).attachments).toHaveLength(1);
  });
});

test('a provisional date is tentative and says so', () => {
  const lines = linesOf(digestOf({ notices: [noticeOf({ provisional: true })] }));
  expect(lines).toContain('STATUS:TENTATIVE');
  expect(lines).toContain('SUMMARY:Due: Written action plan to Ofsted (provisional date)');
});

describe.each(Object.entries(HOSTILE))('hostile text (%s)', (_name, text) => {
  test('stays inside its property', () => {
    const content = icsOf(hostileDigest(text));
    const raw = content.split('\r\n');
    for (const line of raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(content.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    const names = new Set(linesOf(hostileDigest(text)).map((line) => line.split(/[:;]/)[0]));
    expect(
      [...names].filter(
        (name) =>
          !/^(BEGIN|END|VERSION|PRODID|METHOD|NAME|UID|SEQUENCE|DTSTAMP|DTSTART|DTEND|SUMMARY|TRANSP|DESCRIPTION|STATUS|URL|ORGANIZER|X-WR-CALNAME|X-MICROSOFT-.*)$/.test(
            name ?? '',
          ),
      ),
    ).toEqual([]);
  });
});
