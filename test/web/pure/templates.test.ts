import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GOVUK, TEMPLATES } from '../../../client/web/render.ts';
import { packageRoot } from '../../../platform/package-root.ts';

// A template is named by a string, which no compiler reads.

const WEB = join(packageRoot(), 'client', 'web');
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|html)$/.test(name));
const named = sources.flatMap((source) =>
  [...readFileSync(join(WEB, source), 'utf8').matchAll(/['"]([\w/-]+\.(?:html|njk))['"]/g)].map(
    ([, template = '']) => [source, template] as const,
  ),
);

test.each(named)('%s names %s, which is there', (_source, template) => {
  expect([TEMPLATES, GOVUK].some((folder) => existsSync(join(folder, template)))).toBe(true);
});

test('every template is shown by something', () => {
  const templates = readdirSync(TEMPLATES).filter((name) => name.endsWith('.html'));
  expect(templates.filter((template) => !named.some(([, name]) => name === template))).toEqual([]);
});

test('what is typed into has a label that can be seen', () => {
  const labels = readdirSync(TEMPLATES).flatMap(
    (name) => readFileSync(join(TEMPLATES, name), 'utf8').match(/<label [^>]*>|label: \{[^}]*\}/g) ?? [],
  );
  expect(labels.length).toBeGreaterThan(40);
  expect(labels.filter((each) => each.includes('visually-hidden'))).toEqual([
    // Under the head of its column.
    "label: { text: 'New name for ' ~ view.name, classes: 'govuk-visually-hidden' }",
  ]);
});
