import fc from 'fast-check';
import { foldLines as theLibrarys } from 'ical-generator';
import { expect, test } from 'vitest';
import { foldLines } from '../../../activities/mail/fold-lines.ts';
import { plainLine } from '../../../activities/mail/plain-line.ts';
import { HOSTILE } from '../messages.ts';

test('lines are folded as ical-generator folds them, to the letter', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const text = lines.join('\r\n');
      expect(foldLines(text)).toBe(theLibrarys(text));
    }),
  );
});

test.each([...Object.values(HOSTILE), '', 'x'.repeat(74), 'x'.repeat(75), `${'x'.repeat(73)}é`, '€'.repeat(200)])(
  'and so is %j',
  (text) => {
    // Lone halves of a pair never come here: see plainLine.
    const clean = plainLine(text);
    expect(foldLines(clean)).toBe(theLibrarys(clean));
  },
);
