import nunjucks from 'nunjucks';
import { expect, test } from 'vitest';
import { TEMPLATES } from '../../../client/web/render.ts';

const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(TEMPLATES));

test.each([
  [0, 'of 0 duties.'],
  [1, 'of 1 duty.'],
  [2, 'of 2 duties.'],
])('of %s duties in all', (duties, words) => {
  const moved = { byTimes: { once: 0, twice: 0, more: 0 }, duties, averageDays: null };
  const said = templates.renderString('{% import "figures-tables.html" as tables %}{{ tables.movedWords(moved) }}', {
    moved,
  });
  expect(said).toContain(words);
});
