import { expect, test } from 'vitest';
import { linesOfDocument } from '../../../client/report/document-lines.ts';
import { linesOfText } from '../../../client/report/text-lines.ts';
import type { FoundReport } from '../../../domain/report/found.ts';
import { reportIn } from '../../../domain/report/read-report.ts';
import { contentOf, documents, foundIn, type Measure, type Measured, measured, truthOf } from '../measure.ts';

/** Nothing was tuned by these: they were written before the reader was, and are measured apart. */
const isHeldOut = (name: string): boolean => name.startsWith('held-out');
const isNegative = (name: string): boolean => name.startsWith('not-a-report');

type Total = Record<Measured, { right: number; false: number; missed: number }>;

/** What was found in all of them, and by document what was false or missed. */
async function all(
  names: readonly string[],
  find: (name: string) => Promise<FoundReport>,
): Promise<{ total: Total; wrong: string[] }> {
  const none = () => ({ right: 0, false: 0, missed: 0 });
  const total: Total = { recommendations: none(), dates: none(), grades: none(), rest: none() };
  const wrong: string[] = [];
  for (const name of names) {
    const found = measured(await find(name), truthOf(name));
    for (const [what, measure] of Object.entries(found) as [Measured, Measure][]) {
      total[what].right += measure.right;
      total[what].false += measure.false.length;
      total[what].missed += measure.missed.length;
      wrong.push(...measure.false.map((each) => `${name}: false ${what}: ${each.slice(0, 100)}`));
      wrong.push(...measure.missed.map((each) => `${name}: missed ${what}: ${each.slice(0, 100)}`));
    }
  }
  return { total, wrong };
}

test('made documents in ten layouts: what is found, what is found and is not there, what is there and is not found', async () => {
  const names = documents().filter((name) => !isHeldOut(name) && !isNegative(name));
  expect(names).toHaveLength(13);
  const { total, wrong } = await all(names, foundIn);
  expect(wrong).toEqual([]);
  expect(total).toEqual({
    recommendations: { right: 56, false: 0, missed: 0 },
    dates: { right: 23, false: 0, missed: 0 },
    grades: { right: 43, false: 0, missed: 0 },
    rest: { right: 48, false: 0, missed: 0 },
  });
});

test('held out: two documents that nothing was tuned by', async () => {
  const names = documents().filter(isHeldOut);
  expect(names).toHaveLength(2);
  const { total, wrong } = await all(names, foundIn);
  expect(wrong).toEqual([]);
  expect(total).toEqual({
    recommendations: { right: 12, false: 0, missed: 0 },
    dates: { right: 3, false: 0, missed: 0 },
    grades: { right: 9, false: 0, missed: 0 },
    rest: { right: 8, false: 0, missed: 0 },
  });
});

test('a council’s own plan, minutes and a letter: nothing is proposed, and that is said', async () => {
  const names = documents().filter(isNegative);
  expect(names).toHaveLength(3);
  for (const name of names) {
    const found = await foundIn(name);
    expect([name, found.facts, found.judgements, found.recommendations]).toEqual([name, {}, [], []]);
    expect(found.notes[0]).toMatch(/^This (reads like a council’s own paper|is no report that is known here)/);
  }
});

/** The same words as somebody copies them out of a viewer: lines without any look, with or without the ends of pages. */
const pasted = (withPages: boolean) => async (name: string) => {
  const { lines } = await linesOfDocument(contentOf(name));
  const text = lines.map(({ text: words, page }, at) => {
    const isNewPage = withPages && at > 0 && page !== lines[at - 1]?.page;
    return `${isNewPage ? '\f' : ''}${words}`;
  });
  return reportIn(linesOfText(text.join('\n')).lines);
};

/** What a title over two lines loses where nothing tells that it is set large. */
const BY_TITLE = [
  'fire-anyshire.pdf: missed rest: title: An inspection of Anyshire Fire and Rescue Service',
  'fire-anyshire.pdf: missed rest: authority: Anyshire Fire and Rescue Service',
];
/** A paragraph that ends at the end of a full line can't be told from one that goes on. */
const BY_A_FULL_LINE = [
  'peel-anyshire.pdf: false recommendations: The force needs to make sure that victims’ decisions are recorded. We found that supervision was rec',
  'peel-anyshire.pdf: missed recommendations: The force needs to make sure that victims’ decisions are recorded.',
];
const BY_A_LARGE_TITLE = [
  'send-anyshire.pdf: false rest: title: Area SEND inspection of Anyshire Local Area',
  'send-anyshire.pdf: missed rest: title: Area SEND inspection of Anyshire Local Area Partnership',
];

test.each([
  ['with the ends of its pages', true],
  ['without', false],
] as const)(
  'the same documents pasted as bare lines, %s: each that is false or missed has a name',
  async (_, withPages) => {
    const names = documents().filter((name) => !isHeldOut(name) && !name.endsWith('.txt'));
    const { total, wrong } = await all(names, pasted(withPages));
    expect(wrong).toEqual([...BY_TITLE, ...BY_A_FULL_LINE, ...BY_A_LARGE_TITLE]);
    expect(total).toEqual({
      recommendations: { right: 44, false: 1, missed: 1 },
      dates: { right: 16, false: 0, missed: 0 },
      grades: { right: 43, false: 0, missed: 0 },
      rest: { right: 33, false: 1, missed: 3 },
    });
  },
);

test('where each was found: its page, its line on it, and what stands there', async () => {
  const { facts, recommendations, judgements } = await foundIn('sif-anyborough.pdf');
  expect(facts.fieldworkFrom).toEqual({
    value: '2015-11-23',
    place: { page: 1, line: 6, quote: 'Inspection date: 23 November 2015 – 17 December 2015' },
  });
  expect(recommendations[2]).toEqual({
    value:
      'Ensure that strategy discussions include all relevant multi-agency partners, so that decisions about the safeguarding of children are well informed.',
    place: { page: 3, line: 22, quote: '3. Ensure that strategy discussions include all relevant multi-' },
  });
  expect(recommendations.flatMap(({ unsure }, index) => (unsure === undefined ? [] : [index]))).toEqual([10, 11]);
  expect(judgements[2]?.place.quote).toBe('1. Children who need help and … Requires improvement');
  expect(facts.received).toBeUndefined();
});

test('what a report says in sentences is not made into a list: it says where to read', async () => {
  const { recommendations, notes } = await foundIn('cqc-anyborough.pdf');
  expect(recommendations).toEqual([]);
  expect(notes[0]).toMatch(
    /^No list of recommendations was found: .* from page 3, line 4 on, under “Summary of strengths/,
  );
});
