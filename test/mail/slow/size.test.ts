import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeMail } from '../../../activities/mail/compose.ts';
import { composeSummary } from '../../../activities/mail/compose-summary.ts';
import { firstSentences } from '../../../activities/mail/first-sentences.ts';
import { MAX_CONTENT_BYTES } from '../../../activities/mail/fit.ts';
import { countsOf, type Digest, type Notice } from '../../../domain/lifecycle/digest.ts';
import { delivered } from '../../../domain/lifecycle/delivered.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { wake } from '../../../domain/lifecycle/wake.ts';
import type { MorningSummary } from '../../../domain/summary/morning-summary.ts';
import { startOf } from '../../support/facts.ts';
import { digestOf, noticeOf } from '../../support/digests.ts';
import { BOARD, FROM } from '../messages.ts';

/** Bytes that Gmail shows of a mail. */
const CLIPPED_AT = 102_000;
/** Of all of it: the two forms of what it says, and its calendars. */
const MAX_MESSAGE_BYTES = 400_000;

/** As long, and with as many bytes a character, as a file may have it. */
const CHARACTERS = ['a', 'ß', '计', '👩‍👩‍👧‍👦', '&', '"', '<', ' ', '. '];
const textOf = (length: number) =>
  fc
    .constantFrom(...CHARACTERS)
    .map((character) => character.repeat(Math.ceil(length / character.length)).slice(0, length));

const DAYS = ['2016-05-02', '2016-05-25', '2016-06-02', '2016-06-03', '2016-08-01'];
const noticeArbitrary = (maxTitle: number, maxText: number) =>
  fc.record({
    title: fc.integer({ min: 1, max: maxTitle }).chain(textOf),
    act: fc.integer({ min: 1, max: maxText }).chain(textOf),
    explanation: fc.array(fc.integer({ min: 1, max: maxText }).chain(textOf), { maxLength: 40 }),
    text: fc.option(fc.integer({ min: 1, max: 10 * maxText }).chain(textOf)),
    due: fc.constantFrom(...DAYS),
    overdue: fc.boolean(),
  });

const digestArbitrary = (maxTitle: number, maxText: number) =>
  fc
    .record({
      count: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 3000 })),
      kinds: fc.array(noticeArbitrary(maxTitle, maxText), { minLength: 1, maxLength: 4 }),
      name: fc.integer({ min: 1, max: 200 }).chain(textOf),
    })
    .map(({ count, kinds, name }) =>
      digestOf({
        inspectionTitle: name,
        notices: Array.from({ length: count }, (_, index) => {
          const kind = kinds[index % kinds.length];
          const { due = '2016-06-02', overdue = false } = kind ?? {};
          const parts = { ...kind, overdue: overdue && due < '2016-06-02', dueAt: `${due}T23:00:00.000Z` };
          return noticeOf({ milestone: `improvement-actions/a${index}`, ...parts });
        }),
      }),
    );

const numberBefore = (words: RegExp, text: string): number => Number(words.exec(text)?.[1] ?? 0);

/** What a mail tells of how many: in full, in a line, and counted. */
function toldIn(html: string) {
  const inFull = html.split('<h3 ').length - 1;
  const lines = html.split('<li><a ').length - 1;
  const counted = numberBefore(/(\d+) more dut(?:y is|ies are) not named here/, html);
  return { inFull, lines, counted };
}

const compose = (digest: Digest) => composeMail(digest, { from: FROM, boardUrl: BOARD });

describe('whatever a digest holds', () => {
  test.each([
    ['ordinary words', 80, 200, 8],
    ['titles of 500 characters', 500, 600, 6],
    ['texts of 10,000 characters', 500, 1000, 5],
  ])(
    '%s: the mail is not clipped, the most urgent is in full, and every notice is named or counted',
    (_what, maxTitle, maxText, numRuns) => {
      fc.assert(
        fc.property(digestArbitrary(maxTitle, maxText), (digest) => {
          const mail = compose(digest);
          expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
          expect(Buffer.byteLength(mail.text)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
          const all = mail.attachments.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
          expect(all + Buffer.byteLength(mail.html) + Buffer.byteLength(mail.text)).toBeLessThan(MAX_MESSAGE_BYTES);
          const { inFull, lines, counted } = toldIn(mail.html);
          expect(inFull).toBeGreaterThanOrEqual(1);
          expect(inFull + lines + counted).toBe(digest.notices.length);
          // What is in no calendar entry is said.
          const entries = (mail.attachments[0]?.content.split('BEGIN:VEVENT').length ?? 1) - 1;
          if (entries < digest.notices.length) expect(mail.text).toContain('your calendar feed has all of them');
          else expect(mail.text).not.toContain('your calendar feed');
        }),
        // What fails is made smaller for so long at most.
        { numRuns, plugins: [fc.interruptAfterTimeLimit(100_000)] },
      );
    },
    300_000,
  );

  test('where a line each of all would leave no room for one in full, the most urgent is in full all the same', () => {
    const seen = new Set<number>();
    for (let count = 312; count <= 344; count += 4) {
      const notice = {
        title: '. '.repeat(250).trim(),
        act: 'a'.repeat(100),
        explanation: ['&'.repeat(900)],
        text: '"'.repeat(9000),
      };
      const notices = Array.from({ length: count }, (_, n) =>
        noticeOf({ milestone: `improvement-actions/a${n}`, ...notice }),
      );
      const { html } = compose(digestOf({ notices }));
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
      const { inFull, lines, counted } = toldIn(html);
      expect(inFull, String(count)).toBeGreaterThanOrEqual(1);
      expect(inFull + lines + counted).toBe(count);
      seen.add(counted);
    }
    // From where each has a line to where some are counted.
    expect(Math.min(...seen)).toBe(0);
    expect(Math.max(...seen)).toBeGreaterThan(0);
  });

  test('57 duties, as the digest of a whole council has them, are under the limit; so is the first mail of 600', () => {
    for (const count of [57, 600]) {
      const notices = Array.from({ length: count }, (_, n) => noticeOf({ milestone: `improvement-actions/a${n}` }));
      const { html } = compose(digestOf({ notices }));
      expect(Buffer.byteLength(html)).toBeLessThan(CLIPPED_AT);
      const { inFull, lines, counted } = toldIn(html);
      expect(inFull + lines + counted).toBe(count);
      if (count === 57) expect(counted).toBe(0);
    }
  });

  test('the most urgent are those in full: late, then today, then by date', () => {
    const late: Partial<Notice> = { overdue: true, due: '2016-05-25', dueAt: '2016-05-25T23:00:00.000Z' };
    const notices = Array.from({ length: 400 }, (_, n) =>
      noticeOf({ milestone: `improvement-actions/a${n}`, title: `Action ${n}`, ...(n % 40 === 7 ? late : {}) }),
    );
    const { html } = compose(digestOf({ notices }));
    const [inFull = '', rest = ''] = html.split('<ul ');
    for (let n = 7; n < 400; n += 40) expect(inFull).toContain(`>Action ${n}</h2>`);
    expect(rest).not.toContain('Overdue since');
    expect(rest).toContain('Due Thu 30 June 2016');
  });

  test('a text that is too long ends with a sentence, and says that there is more', () => {
    const sentence = 'The council was asked what it has done about this. ';
    const { text } = compose(digestOf({ notices: [noticeOf({ text: sentence.repeat(2500) })] }));
    expect(text).toMatch(/what it has done about this\. \(There is more: see the duty’s page\.\)/);
    expect(text.split(sentence.trim()).length).toBeGreaterThan(20);
  });

  test('without a board the rest is listed by a command', () => {
    const notices = Array.from({ length: 3000 }, (_, n) =>
      noticeOf({ milestone: `improvement-actions/a${n}`, title: 'x'.repeat(400) }),
    );
    const { text } = composeMail(digestOf({ notices }), { from: FROM });
    expect(text).toMatch(/\d+ more duties are not named here\. They are listed by: duecourse show anyborough\/2016/);
  });
});

test('first sentences: all of a short text, whole sentences of a longer one, words of one that is a single sentence', () => {
  expect(firstSentences('It rains. It pours.', 100)).toBe('It rains. It pours.');
  expect(firstSentences('It rains. It pours.', 12)).toBe('It rains. (There is more: see the duty’s page.)');
  expect(firstSentences('It rains and pours.', 12)).toBe('It rains and… (There is more: see the duty’s page.)');
  expect(firstSentences('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 30)).toBe('👩‍👩‍👧‍👦… (There is more: see the duty’s page.)');
});

test('the morning summary is not clipped either, and says how many of each list it leaves out', () => {
  const title = '"&计'.repeat(150);
  const row = {
    reference: '2016',
    inspectionTitle: title,
    milestone: 'improvement-actions/a1',
    title,
    ownerTitle: title,
    due: '2016-05-27',
    provisional: true,
    holdReviewOn: '2016-06-01',
    workingDaysLate: 5,
  };
  const rows = Array.from({ length: 3000 }, () => row);
  const lost = { reference: '2016', recipient: 'a@anyborough.example.org', day: '2016-06-03', reason: title };
  const summary: MorningSummary = {
    ...digestOf(),
    troubles: rows.map(() => ({ reference: '2016', words: title })),
    large: rows.map(() => ({ reference: '2016', text: title })),
    overdue: rows,
    dueThisWeek: rows,
    pastReview: rows,
    provisional: rows,
    undeliverable: Array.from({ length: 500 }, () => lost),
    bankHolidays: [title],
  };
  const { html, text } = composeSummary(summary, { from: FROM, boardUrl: BOARD });
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
  expect(html).toContain('Overdue: 3000');
  expect(numberBefore(/and (\d+) more/, html)).toBeGreaterThan(2950);
});

describe('what goes through the engine for one mail', () => {
  const AT = '2016-02-19T10:00:00.000Z';
  const titled = (actions: number, title: string) =>
    openLifecycle(
      startOf({
        actions: Array.from({ length: actions }, (_, n) => ({
          id: `a${n + 1}`,
          title: `${n + 1} ${title}`,
          owner: 'head-of-service',
          due: { n: (n % 36) + 1, unit: 'month' },
        })),
      }),
      AT,
    );

  test.each([
    ['3 short ones', 3, 'Action'],
    ['600 short ones', 600, 'Action'],
    ['600 with titles of many bytes', 600, '计'.repeat(240)],
  ])('%s: less than 250 KB with what it tells, and every one is told once it has gone', (_what, actions, title) => {
    const { state, mailings } = wake(titled(actions, title), AT);
    expect(mailings.length).toBeGreaterThan(0);
    for (const { digest, told } of mailings) {
      expect(Buffer.byteLength(JSON.stringify(digest))).toBeLessThan(250_000);
      expect(countsOf(digest).count).toBe(new Set(told.map(({ milestone }) => milestone)).size);
      const { html } = compose(digest);
      const { inFull, lines, counted } = toldIn(html);
      expect(inFull + lines + counted).toBe(countsOf(digest).count);
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
    }
    const outcomes = mailings.map(({ digest }) => ({ digest: digest.id, outcome: 'sent' as const, reason: null }));
    expect(wake(delivered(state, mailings, outcomes, AT), AT).mailings).toEqual([]);
  });
});
