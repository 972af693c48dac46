import { expect, test } from 'vitest';
import { type FormField, readForm } from '../../../client/web/forms/form.ts';

const field = (kind: 'line' | 'text'): FormField => ({ name: 'why', kind, label: 'Why?' });

test.each<['line' | 'text', string, string]>([
  ['line', 'Plan \u202Egnp.exe', 'a right-to-left override (U+202E)'],
  ['text', 'One\ntwo\u200B', 'U+200B'],
  ['line', 'One\u0000two', 'U+0000'],
  ['text', 'x'.repeat(10_001), '10,001 characters'],
  ['line', 'x'.repeat(1001), '1,001 characters'],
])('a %s that people can’t read whole is told at its field, with what was typed', (kind, typed, says) => {
  const filled = readForm([field(kind)], { why: typed });
  expect(filled.problems).toEqual([{ text: expect.stringContaining(says) as string, href: '#why', field: 'why' }]);
  expect([filled.values, filled.typed]).toEqual([{}, { why: typed }]);
});

test.each([
  ['Why?', 'Why? It has 1,001 characters; shorten it to 1,000 or fewer'],
  ['Note', 'Note: it has 1,001 characters; shorten it to 1,000 or fewer'],
])('under “%s” it reads as a sentence', (label, text) => {
  expect(readForm([{ ...field('line'), label }], { why: 'x'.repeat(1001) }).problems[0]?.text).toBe(text);
});

test.each<['line' | 'text', string]>([
  ['line', 'Agreed – “as it is”: 50 % more, né 👩‍👧'],
  ['text', 'One\ntwo\r\n\tthree'],
])('a %s of what people write is taken', (kind, typed) => {
  expect(readForm([field(kind)], { why: typed }).problems).toEqual([]);
});
