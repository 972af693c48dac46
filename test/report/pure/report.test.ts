import { describe, expect, test } from 'vitest';
import { listRulePacks } from '../../../client/files/rules.ts';
import { linesOfText } from '../../../client/report/text-lines.ts';
import { isCalled } from '../../../client/web/start/from-report.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { dayIn, daysIn } from '../../../domain/report/dates.ts';
import { FACTS, missingFacts } from '../../../domain/report/found.ts';
import { joined, wordsOf } from '../../../domain/report/joined.ts';
import { type LayoutName, LAYOUTS } from '../../../domain/report/layouts.ts';
import { placeInWords } from '../../../domain/report/line.ts';
import { markOf, plain } from '../../../domain/report/plain.ts';
import { reportIn } from '../../../domain/report/read-report.ts';

const found = (text: string) => reportIn(linesOfText(text).lines);

test('each layout names a framework that there is', () => {
  for (const name of namesOf(LAYOUTS))
    expect([name, listRulePacks()]).toEqual([name, expect.arrayContaining([LAYOUTS[name].framework])]);
});

describe('days', () => {
  test.each([
    ['23 November 2015 – 17 December 2015', '2015-11-23', '2015-12-17'],
    ['9 October to 2 November 2017', '2017-10-09', '2017-11-02'],
    ['4 to 15 July 2022', '2022-07-04', '2022-07-15'],
    ['6–10 March 2023', '2023-03-06', '2023-03-10'],
    ['20 and 21 February 2024', '2024-02-20', '2024-02-21'],
    ['Monday 1st July 2019 until Friday 12th July 2019', '2019-07-01', '2019-07-12'],
    ['04/07/2022 to 15/07/2022', '2022-07-04', '2022-07-15'],
    ['12 January 2016', '2016-01-12', '2016-01-12'],
  ])('%s', (text, from, until) => {
    expect(daysIn(text)).toEqual({ from, until });
  });

  test.each([
    ['12 December to 20 January 2023', '2022-12-12', '2023-01-20', /year of the first day is not written/],
    ['17 to 21 January 2022 and 31 January to 4 February 2022', '2022-01-17', '2022-02-04', /several times/],
    ['20 March 2023 to 6 March 2023', '2023-03-20', '2023-03-06', /first day is later than the last/],
  ])('%s: not sure', (text, from, until, unsure) => {
    const days = daysIn(text);
    expect([days?.from, days?.until]).toEqual([from, until]);
    expect(days?.unsure).toMatch(unsure);
  });

  test.each(['July 2022', '31 February 2022', '9 October to 2 November', 'as soon as they are known', '7 to 9'])(
    '%s: none',
    (text) => {
      expect(daysIn(text)).toBeUndefined();
      expect(dayIn(text)).toBeUndefined();
    },
  );
});

describe('lines that go on', () => {
  const known = wordsOf([{ text: 'safeguarding is multi-agency work, well-being too' }]);
  test.each([
    [['the safe-', 'guarding of children'], 'the safeguarding of children'],
    [['all multi-', 'agency partners'], 'all multi-agency partners'],
    [['their well-', 'being'], 'their well-being'],
    [['long-', 'term plans'], 'long-term plans'],
    [['the assess-', 'ments of need'], 'the assessments of need'],
    [['16-', 'and 17-year-olds'], '16- and 17-year-olds'],
    [['Stockton-on-', 'Tees'], 'Stockton-on-Tees'],
    [['a sign\u2010', 'ificant change'], 'a significant change'],
    [['two  spaces', ' and a line'], 'two spaces and a line'],
  ])('%j', (lines, text) => {
    expect(joined(lines, known)).toBe(text);
  });
});

describe('what an item begins with', () => {
  test.each([
    ['• The quality', 'bullet', 'The quality'],
    ['\uF0B7 The quality', 'bullet', 'The quality'],
    ['◼ The quality', 'bullet', 'The quality'],
    ['– The quality', 'bullet', 'The quality'],
    ['o offers', 'bullet', 'offers'],
    ['12. Ensure', 'number', 'Ensure'],
    ['(iv) Ensure', 'number', 'Ensure'],
    ['a) Ensure', 'number', 'Ensure'],
  ])('%s', (text, kind, rest) => {
    expect(markOf(text)).toMatchObject({ kind, rest });
  });

  test.each(['offers of help', '2.1 Adoption performance', '-term plans', 'Ensure', '2015. It'])(
    '%s: nothing',
    (text) => {
      expect(markOf(text)).toBeUndefined();
    },
  );
});

const ILACS = `Inspection of Anyborough local authority children’s services

Inspection dates: 4 to 15 July 2022

Judgement Grade
Overall effectiveness Good
`;

/** The beginning of a report of each kind as it is pasted, with its days and its council where such reports have them. */
const COUNCIL = 'Exampleton Metropolitan Borough Council';
const BEGINNINGS: Record<LayoutName, string> = {
  'single-inspection': `${COUNCIL}
Inspection of services for children in need of help and protection, children looked after and care leavers
Inspection date: 13 March 2023 – 24 March 2023
Report published: 15 May 2023`,
  'focused-visit': `Director of Children’s Services
${COUNCIL}
Focused visit to Exampleton children’s services
This letter summarises the findings of the focused visit to Exampleton children’s services between 13 and 24 March 2023.`,
  'area-send': `Area SEND inspection of Exampleton Local Area Partnership
Inspection dates: 13 to 24 March 2023
Date of previous inspection: 1 to 5 May 2017
${COUNCIL} and NHS Example Integrated Care Board are jointly responsible for the planning`,
  'local-area-send': `Joint area SEND inspection in Exampleton
Local authority: ${COUNCIL}
Between 13 March 2023 and 24 March 2023, Ofsted and the Care Quality Commission (CQC) conducted a joint inspection of the local area of Exampleton to judge the effectiveness of the area in implementing the reforms`,
  'joint-targeted': `Joint targeted area inspection of Exampleton
${COUNCIL}
Ofsted, the Care Quality Commission and HMICFRS undertook this joint inspection
Inspection dates: 13 to 24 March 2023`,
  'safeguarding-2009': `Inspection of safeguarding and looked after children services
${COUNCIL}
Inspection dates: 13 to 24 March 2023
Reporting inspector`,
  'childrens-services': `${COUNCIL}
Inspection of children’s social care services
Inspection dates: 13 to 24 March 2023
Lead inspector: Her Majesty’s Inspector`,
  'adult-social-care': `${COUNCIL}: local authority assessment
How we assess local authorities
Assessment published: 17 May 2023
On-site assessment dates: 13 to 24 March 2023`,
  fire: `An inspection of Exampleshire Fire and Rescue Service
Effectiveness, efficiency and people
The inspection was carried out by HMICFRS between 13 and 24 March 2023.`,
  police: `PEEL 2023
An inspection of Exampleshire Constabulary
Fieldwork dates: 13 to 24 March 2023`,
};
const SERVICES: Partial<Record<LayoutName, string>> = {
  fire: 'Exampleshire Fire and Rescue Service',
  police: 'Exampleshire Constabulary',
};

describe('the days and the council of a report of each kind, pasted', () => {
  test.each(namesOf(BEGINNINGS))('%s', (name) => {
    const { layout, facts } = found(BEGINNINGS[name]);
    expect([layout, facts.authority?.value, facts.fieldworkFrom?.value, facts.fieldworkUntil?.value]).toEqual([
      ...[name, SERVICES[name] ?? COUNCIL],
      ...['2023-03-13', '2023-03-24'],
    ]);
  });

  const HEAD = 'Inspection of local authority children’s services';
  test.each([
    ['the label by itself', `${COUNCIL}\n${HEAD}\nInspection dates:\n13 to 24 March 2023`, undefined],
    ['without a colon', `${COUNCIL}\n${HEAD}\nInspection dates 13 March 2023 to 24 March 2023`, undefined],
    ['on one line with all else', `${HEAD}. ${COUNCIL}. Inspection dates: 13 to 24 March 2023.`, /within other words/],
  ])('%s', (_how, text, unsure) => {
    const { authority, fieldworkFrom, fieldworkUntil } = found(text).facts;
    expect([authority?.value, fieldworkFrom?.value, fieldworkUntil?.value]).toEqual([
      ...[COUNCIL, '2023-03-13', '2023-03-24'],
    ]);
    if (unsure === undefined) expect(fieldworkFrom).not.toHaveProperty('unsure');
    else expect(fieldworkFrom?.unsure).toMatch(unsure);
  });

  test('a part of a report, of which no words tell the kind: what its labels say, and a council’s name as not sure', () => {
    expect(found(`Local authority: ${COUNCIL}\nVisit dates: 13 to 24 March 2023`).facts).toMatchObject({
      authority: { value: COUNCIL },
      fieldworkFrom: { value: '2023-03-13' },
    });
    const { authority } = found(`${COUNCIL}\nInspection dates: 13 to 24 March 2023`).facts;
    expect(authority).toMatchObject({ value: COUNCIL, unsure: 'No line says that the report is of this council.' });
    expect(found(`${COUNCIL}\nThe council met on 13 March 2023.`).facts).toEqual({});
  });
});

describe('what is not said is not there', () => {
  test('no list: said, by what it was looked for', () => {
    const { recommendations, notes, judgements } = found(ILACS);
    expect(recommendations).toEqual([]);
    expect(notes).toEqual([
      'No recommendations were found: no list stands under a heading by which reports of this kind name them.',
    ]);
    expect(judgements.map(({ value }) => value)).toEqual([{ area: 'Overall effectiveness', grade: 'Good' }]);
  });

  test('each fact that is missing has its sentence', () => {
    expect(missingFacts(found('Nothing at all'))).toEqual(namesOf(FACTS).map((name) => FACTS[name].missing));
    expect(missingFacts(found(ILACS))).toEqual([FACTS.received.missing, FACTS.published.missing]);
  });

  test('a heading in a sentence is none, nor one in the contents', () => {
    const text = `${ILACS}
Contents
What needs to improve? 3
The experiences of children 4

What needs to improve was not in doubt among the staff.

• This is not asked of anybody.
`;
    expect(found(text).recommendations).toEqual([]);
  });

  test('a month without a day is no day of publication', () => {
    const { facts, notes } = found('An inspection of Anyshire Fire and Rescue Service\n\nHMICFRS\n\nJuly 2022\n');
    expect(facts.published).toBeUndefined();
    expect(notes).toContain('The text says “July 2022” and no day: the day of publication is not filled in.');
  });

  test('a council’s own paper with the inspectors’ words in it is not taken for the report', () => {
    const { notes, recommendations } = found(
      `Report of: Director\n\nPurpose of the report\n\n${ILACS}\nWhat needs to improve\n\n• The quality of plans.\n`,
    );
    expect([notes[0], recommendations]).toEqual([expect.stringMatching(/^This reads like a council’s own paper/), []]);
  });
});

describe('what is not sure says so', () => {
  test('two grades for one area', () => {
    const [judgement] = found(`${ILACS}\nOverall effectiveness: inadequate\n`).judgements;
    expect(judgement).toMatchObject({
      value: { grade: 'Good' },
      unsure: 'The text says “Inadequate” as well, on line 8.',
    });
  });

  test('published before the last day of the inspection', () => {
    expect(found(`${ILACS}\nPublished: 1 July 2022\n`).facts.published).toMatchObject({
      value: '2022-07-01',
      unsure: 'It is before the last day of the inspection.',
    });
  });

  test('paragraphs without bullets', () => {
    const { recommendations } = found(
      `${ILACS}\nWhat needs to improve?\n\nThe quality of plans.\n\nThe timeliness of visits.\n\nMain findings\n\nAll is well.\n`,
    );
    expect(recommendations.map(({ value, unsure }) => [value, unsure])).toEqual([
      ['The quality of plans.', expect.stringMatching(/^It has no bullet/)],
      ['The timeliness of visits.', expect.stringMatching(/^It has no bullet/)],
    ]);
  });

  test('one that is longer than a file takes is cut, and says so', () => {
    const [first] = found(
      `${ILACS}\nWhat needs to improve?\n\n• ${'The quality of plans and '.repeat(60)}\n`,
    ).recommendations;
    expect(first?.value.length).toBeLessThanOrEqual(1000);
    expect(first?.unsure).toMatch(/^It has 1,?\d{3} characters; the first 1,?000 are shown\.$/);
  });

  test('more than any report has: so many are proposed, and it is said', () => {
    const many = Array.from({ length: 160 }, (_, n) => `• The quality of plan number ${n}.`).join('\n');
    const { recommendations, notes } = found(`${ILACS}\nWhat needs to improve?\n\n${many}\n`);
    expect(recommendations).toHaveLength(150);
    expect(notes).toContain('It has 160 recommendations; the first 150 are proposed.');
  });
});

test('places in words', () => {
  expect(placeInWords({ page: 2, line: 14 })).toBe('page 2, line 14');
  expect(placeInWords({ line: 7 })).toBe('line 7');
  expect(placeInWords({ line: 7, isParagraph: true })).toBe('paragraph 7');
  expect(plain('What  needs to improve ?')).toBe('what needs to improve');
});

describe('the council that a title names', () => {
  const REST = 'children’s services\nInspection dates: 6 to 17 July 2026\nOfsted\n';
  test.each([
    ['Inspection of Wexbury local authority', 'Wexbury'],
    ['Inspection of North Wexbury County Council local authority', 'North Wexbury County Council'],
    ['Inspection of North Wexbury County Council', 'North Wexbury County Council'],
    ['Re-inspection of Wexbury', 'Wexbury'],
    ['Inspection of the City of Wexbury', 'City of Wexbury'],
    ['Inspection of local authority', undefined],
    ['Wexbury Borough Council\nInspection of Wexbury local authority', 'Wexbury Borough Council'],
    ['Inspection of', undefined],
  ])('%s', (begins, council) => {
    expect(found(`${begins} ${REST}`).facts.authority?.value).toBe(council);
  });

  test('is that of the council here, whether the title says all of its name or not', () => {
    const here = { id: 'north-wexbury', name: 'North Wexbury County Council' } as Authority;
    for (const named of ['North Wexbury County Council', 'North Wexbury', 'north wexbury'])
      expect([named, isCalled(here, named)]).toEqual([named, true]);
    expect(isCalled(here, 'Wexbury')).toBe(false);
  });
});
