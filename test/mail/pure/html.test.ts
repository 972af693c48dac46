import { htmlValidator } from '../../support/html-validator.ts';
import { describe, expect, test } from 'vitest';
import { composeMail } from '../../../activities/mail/compose.ts';
import type { Digest } from '../../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../../support/digests.ts';
import { BOARD, FROM, HOSTILE, hostileDigest, LATE, numbered } from '../messages.ts';

/** As strict as the recommended rules, but for what mail needs. */
const validator = htmlValidator({
  extends: ['html-validate:recommended'],
  rules: {
    // Mail programs drop style sheets.
    'no-inline-style': 'off',
    // Titles are people's, and may be long.
    'long-title': 'off',
  },
});

async function problemsOf(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) =>
    result.messages.map(({ line, ruleId, message }) => `${line}: ${message} (${ruleId})`),
  );
}

const everything = noticeOf({
  ...LATE,
  kind: 'escalation',
  step: 'director',
  provisional: true,
  stricter: { due: '2016-06-07', why: 'another reading', workingDaysLeft: 3 },
  movedFrom: { due: '2016-05-20', because: 'the report came later' },
  text: 'On hold.',
});

const digests: Record<string, Digest> = {
  'one notice': digestOf(),
  'twelve notices': digestOf({ notices: Array.from({ length: 12 }, (_, index) => numbered(index + 1)) }),
  'no notice': digestOf({ notices: [] }),
  'all there is to say': digestOf({
    notices: [everything],
    recipient: { ...digestOf().recipient, standsInFor: ['A', 'B'] },
  }),
  ...Object.fromEntries(Object.entries(HOSTILE).map(([name, text]) => [`hostile: ${name}`, hostileDigest(text)])),
};

describe.each(Object.entries(digests))('%s', (_name, given) => {
  const { html, text, subject } = composeMail(given, { from: FROM, boardUrl: BOARD });

  test('is valid HTML', async () => {
    expect(await problemsOf(html)).toEqual([]);
  });

  test('has the elements of the templates and no others', () => {
    const elements = new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => match[1]?.toLowerCase()));
    const known = [
      'html',
      'head',
      'meta',
      'title',
      'body',
      'div',
      'p',
      'h1',
      'h2',
      'h3',
      'bdi',
      'table',
      'tbody',
      'tr',
      'td',
      'strong',
      'br',
      'a',
      'ol',
      'li',
    ];
    expect([...elements].filter((name) => !known.includes(name ?? ''))).toEqual([]);
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/i);
    expect(html).not.toMatch(/<img|<[^>]+src=/i);
  });

  test('is one heading, and one under it for each duty', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/<h2/g) ?? []).toHaveLength(given.notices.length);
  });

  test('has a clean text and subject', () => {
    expect(`${text.replaceAll('\n', '')}${subject}`).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
    expect(text.split('\n')).not.toContain('Bcc: victim@example.org');
    expect(subject.length).toBeLessThanOrEqual(150);
  });
});

test('a guard that refuses: broken HTML is found', async () => {
  expect(
    await problemsOf('<!DOCTYPE html><html lang="en-GB"><head><title>x</title></head><body><p><div></p></body></html>'),
  ).not.toEqual([]);
});

test('plain text shows what people wrote, without escapes', () => {
  const { text } = composeMail(hostileDigest(HOSTILE.quotes ?? ''), { from: FROM });
  expect(text).toContain(`The "best" plan, o'Brien's <plan> & \`more\``);
  expect(text).not.toContain('&amp;');
});

test('right-to-left titles are told to the reader’s program', () => {
  const { html, text } = composeMail(hostileDigest(HOSTILE.rightToLeft ?? ''), { from: FROM });
  expect(html).toMatch(/<h2[^>]*dir="auto">خطة/);
  expect(text).toContain(HOSTILE.rightToLeft);
});

test('a change of direction in a title is shown, and turns nothing around', () => {
  const { html, text, subject } = composeMail(hostileDigest(HOSTILE.override ?? ''), { from: FROM });
  for (const shown of [html, text, subject]) {
    expect(shown).toContain('Plan ⟨U+202E⟩gnp.exe⟨U+2066⟩ of action');
    expect(shown).not.toMatch(/\p{Bidi_Control}/u);
  }
});

test('all colours have a contrast of at least 4.5 on both backgrounds (WCAG AA)', () => {
  const today = noticeOf({ milestone: 'b', due: '2016-06-02', dueAt: '2016-06-02T23:00:00.000Z', workingDaysLeft: 0 });
  const { html } = composeMail(digestOf({ notices: [everything, today, numbered(4)] }), {
    from: FROM,
    boardUrl: BOARD,
  });
  const colours = new Set([...html.matchAll(/[ "]color:(#[0-9a-f]{6})/g)].map((match) => match[1] ?? ''));
  const backgrounds = new Set([...html.matchAll(/background:(#[0-9a-f]{6})/g)].map((match) => match[1] ?? ''));
  expect(colours.size).toBeGreaterThanOrEqual(4);
  expect(backgrounds.size).toBe(2);
  for (const colour of colours)
    for (const background of backgrounds)
      expect(contrast(colour, background), `${colour} on ${background}`).toBeGreaterThanOrEqual(4.5);
});

/** WCAG 2.2's contrast ratio. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
