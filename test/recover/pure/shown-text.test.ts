import { expect, test } from 'vitest';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';

test('an entry that was made up says so, with the day in London; any other is its own sentence', () => {
  expect(shownText({ text: 'Audit: completed.' })).toBe('Audit: completed.');
  expect(shownText({ text: 'Audit: completed.', recovered: '2016-05-03T23:30:00.000Z' })).toBe(
    'Audit: completed. (Made up from the engine’s history on Wednesday 4 May 2016.)',
  );
});
