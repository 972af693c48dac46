import { expect, test } from 'vitest';
import { namesOf } from '../../domain/closed-table.ts';
import { engineTrouble } from '../../client/engine-problem.ts';
import { ENGINE_WORDS } from '../../client/engine-words.ts';
import { errorWords } from '../../platform/error-words.ts';
import { problemOf } from '../../client/web/problems.ts';

test.each(namesOf(ENGINE_WORDS))('%s: the page and the command line say the same of what became of it', (trouble) => {
  const { fate } = ENGINE_WORDS[trouble];
  const error = engineTrouble(trouble);
  expect(problemOf(error)).toMatchObject({ status: 503, code: trouble });
  expect(problemOf(error)?.detail).toContain(fate);
  expect(errorWords(error)).toMatchObject({ code: trouble, sentence: expect.stringContaining(fate) as string });
});

test('"not taken" and "nothing was changed" are said only where it is certain', () => {
  const certain = namesOf(ENGINE_WORDS).filter((trouble) =>
    /not taken|Nothing was changed/.test(ENGINE_WORDS[trouble].fate),
  );
  expect(certain).toEqual(['not-taken', 'busy', 'stuck', 'unreachable', 'no-worker']);
  expect(ENGINE_WORDS.unsure.fate).toContain('It is not known whether');
});
