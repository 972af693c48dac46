import { htmlValidator } from '../../support/html-validator.ts';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { composeMail } from '../../../activities/mail/compose.ts';
import { visible } from '../../../domain/hidden-characters.ts';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../../support/digests.ts';

const FROM = 'duecourse <duecourse@anyborough.example.org>';
const compose = (digest: Digest) => composeMail(digest, { from: FROM, boardUrl: 'https://board.example.org' });
const late = noticeOf({ kind: 'escalation', step: 'manager', overdue: true, workingDaysLeft: -1 });

/** As it goes over the wire and is read again. */
async function read(digest: Digest) {
  const { message } = (await createTransport({ streamTransport: true, buffer: true }).sendMail(compose(digest))) as {
    message: Buffer;
  };
  return { raw: message.toString(), mail: await simpleParser(message) };
}

/** Mail needs inline styles and knows no content security policy; everything else of the recommended rules holds. */
const html = htmlValidator({
  extends: ['html-validate:recommended'],
  rules: { 'no-inline-style': 'off', 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

describe('the subject names the duty and the date', () => {
  test.each<[string, Digest, string]>([
    ['one duty', digestOf(), 'Due Thu 30 June 2016: Written action plan to Ofsted, Anyborough 2016'],
    [
      'one that is late',
      digestOf({ notices: [late] }),
      'Overdue since Thu 30 June 2016: Written action plan to Ofsted, Anyborough 2016',
    ],
    [
      'several',
      digestOf({ notices: [noticeOf(), noticeOf({ due: '2016-07-08' })] }),
      '2 duties, first due Thu 30 June 2016: Anyborough 2016',
    ],
    [
      'several, some late',
      digestOf({ notices: [late, noticeOf(), noticeOf()] }),
      '3 duties, 1 overdue: Anyborough 2016',
    ],
  ])('%s', (_what, digest, subject) => {
    expect(compose(digest).subject).toBe(subject);
  });

  test('and is never longer than a line', () => {
    const { subject } = compose(digestOf({ inspectionTitle: 'long '.repeat(200) }));
    expect(subject.length).toBeLessThanOrEqual(150);
    expect(subject.endsWith('…')).toBe(true);
  });
});

test('both parts say what, when, why and what to do', async () => {
  const digest = digestOf({
    recipient: { email: 'a@b.example.org', roles: [], standsInFor: ['Virtual School Head'] },
    notices: [
      late,
      noticeOf({
        stricter: { due: '2016-06-07', why: '70 working days', workingDaysLeft: 3 },
        movedFrom: { due: '2016-06-23', because: 'the date of receipt was corrected' },
        provisional: true,
        text: 'Passed on from the Assistant Director.',
      }),
    ],
  });
  const { mail } = await read(digest);
  const htmlText = String(mail.html)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
  for (const text of [String(mail.text).replace(/\s+/g, ' '), htmlText])
    for (const said of [
      'Overdue by 1 working day',
      'It belongs to Head of Service and has not been met, 1 working day after it was due.',
      '20 working days left',
      'Due Thursday 30 June 2016; late after midnight at the end of Thursday 30 June 2016.',
      'Moved from Thursday 23 June 2016 to Thursday 30 June 2016, because the date of receipt was corrected.',
      'By the stricter reading it is due on Tuesday 7 June 2016, with 3 working days left: 70 working days.',
      'This date is provisional',
      'nobody holds the role of Virtual School Head',
      'The report was published on Friday 19 February 2016.',
      'Send the written action plan to the inspection support team.',
    ])
      expect(text).toContain(said);
  expect(mail.html).toContain(
    'https://board.example.org/inspections/anyborough/2016/milestones/plan-submission/written-action-plan',
  );
});

describe('whatever is in a title', () => {
  const hostile = [
    'quotes " and \' and `',
    'line\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>',
    '<img src=x onerror=alert(1)> & {{ 7 * 7 }} {% raw %}',
    'مرحبا بالعالم, שלום, \u202Eright to left',
    '👩‍👧‍👦 '.repeat(40),
    'w'.repeat(200),
  ];
  test.each(hostile)(
    '%j: no header comes of it, the HTML is sound, the text is as typed, its hidden characters shown',
    async (title) => {
      const digest = digestOf({
        inspectionTitle: title,
        authority: { id: 'anyborough', name: title },
        recipient: { email: 'owner@anyborough.example.org', roles: [{ id: 'x', title }], standsInFor: [title] },
        notices: [
          noticeOf({
            title,
            act: title,
            explanation: [title],
            text: title,
            ownerTitle: title,
            movedFrom: { due: '2016-06-01', because: title },
          }),
        ],
      });
      const { raw, mail } = await read(digest);
      const headers = raw.slice(0, raw.indexOf('\r\n\r\n'));
      expect(headers).not.toMatch(/^Bcc:/m);
      expect(mail.bcc).toBeUndefined();
      expect(String(mail.html)).not.toMatch(/<script|<img/);
      expect(String(mail.text)).toContain(visible(title).replace(/\r\n/g, '\n').trim().split('\n')[0]);
      const report = await html.validateString(compose(digest).html);
      expect(
        report.results.flatMap((result) => result.messages.map((message) => `${message.ruleId}: ${message.message}`)),
      ).toEqual([]);
    },
  );
});

test('the same digest is the same mail, and another day another', () => {
  expect(compose(digestOf())).toEqual(compose(digestOf()));
  expect(compose(digestOf()).messageId).not.toBe(
    compose(digestOf({ id: 'anyborough/2016/owner@anyborough.example.org/2016-06-03/1' })).messageId,
  );
});

test('mails about one milestone thread, whichever day and inspection title they have', () => {
  const first = compose(digestOf());
  const later = compose(digestOf({ id: 'later', notices: [late] }));
  expect(later.references).toEqual(first.references);
  expect(compose(digestOf({ reference: '2020' })).references).not.toEqual(first.references);
});

describe('the calendar attachment', () => {
  const ics = async (digest: Digest): Promise<string> =>
    String((await read(digest)).mail.attachments[0]?.content).replace(/\r\n[ \t]/g, '');
  test('has the due day as a day, with an id that stays and a sequence that counts its moves', async () => {
    const before = await ics(digestOf());
    const after = await ics(digestOf({ id: 'later', notices: [noticeOf({ due: '2016-07-08', dueVersion: 2 })] }));
    expect(before).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(before).toContain('METHOD:PUBLISH');
    expect(before).toContain('DTSTART;VALUE=DATE:20160630');
    expect(before).toContain('SEQUENCE:0');
    expect(after).toContain('DTSTART;VALUE=DATE:20160708');
    expect(after).toContain('SEQUENCE:1');
    const uid = (text: string) => /UID:(.*)/.exec(text)?.[1];
    expect(uid(after)).toBe(uid(before));
  });
});

test('the headers say that no person wrote it, and when the story says it was sent', async () => {
  const { mail } = await read(digestOf());
  expect(mail.date?.toISOString()).toBe('2016-06-02T08:00:00.000Z');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('list-unsubscribe')).toBeUndefined();
});
