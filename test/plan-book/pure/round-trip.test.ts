import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planWith } from '../../../domain/revisions/steps.ts';
import { example } from '../../support/example.ts';
import { base, draft, step } from '../../support/plan-drafts.ts';
import { sourceOfPlan, sourceOfStart, writtenAndRead } from '../../support/plan-book.ts';

const NOTHING = { edits: [], reports: [], problems: [], notes: [] };
const EXAMPLES = readdirSync(new URL('../../../examples/', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

describe('a workbook that nobody has changed says nothing', () => {
  test.each([...EXAMPLES, 'every-key/inspection'])('%s', async (name) => {
    const start = example(name);
    const { report } = start.facts.inspection;
    const day = name === 'every-key/inspection' ? '2027-01-04' : (report?.received ?? report?.published ?? '');
    const source = sourceOfStart(start, `${day}T12:00:00.000Z`);
    expect(source.sent.plan.actions.length + source.sent.plan.recommendations.length).toBeGreaterThan(0);
    expect(await writtenAndRead(source)).toMatchObject({ ...NOTHING, sent: source.sent });
  });

  /** Words that a spreadsheet, or the file's own form, would take for something else. */
  const words = fc.oneof(
    fc.constantFrom(
      '=1+1',
      '+44',
      '-x',
      '@here',
      '_x0041_',
      '1.50',
      '007',
      'TRUE',
      '#REF!',
      '27/03/2027',
      '<&>"\'',
      '☃ 𝒳 é',
    ),
    fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' }).filter((text) => text.trim() !== ''),
  );

  test('plans made up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.array(words, { minLength: 8, maxLength: 8 }),
        async (steps, said) => {
          const plan = planWith(base, draft(steps));
          const text = (at: number, before: string) => (said[at % said.length] ?? before).trim();
          const source = sourceOfPlan({
            ...plan,
            themes: plan.themes.map((each, at) => ({ ...each, title: text(at, each.title) })),
            actions: plan.actions.map((each, at) => ({
              ...each,
              title: text(at + 3, each.title),
              measure: text(at, ''),
            })),
            recommendations: plan.recommendations.map((each, at) => ({ ...each, text: text(at + 5, each.text) })),
          });
          expect(await writtenAndRead(source)).toMatchObject(NOTHING);
        },
      ),
      { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) / 8) },
    );
  });
});
