import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { choicesKept, choicesOver, keptChoices, type OwnChoices } from '../../../client/own-book/own-choices.ts';
import { readOwnBook } from '../../../client/own-book/read-own-book.ts';
import type { BookRead } from '../../../client/plan-book/book-read.ts';
import { readPlanFile } from '../../../client/plan-book/read-file.ts';
import type { Action } from '../../../domain/schemas/plan.ts';
import { packageRoot } from '../../../platform/package-root.ts';
import { example } from '../../support/example.ts';
import { sourceOfStart } from '../../support/plan-book.ts';

const FOLDER = join(packageRoot(), 'test', 'own-book', 'files');
/** A plan that has one of the actions of the workbooks already, under another name. */
const SOURCE = sourceOfStart(example('every-key/inspection'), '2027-01-04T12:00:00.000Z');

async function read(name: string, choices: Partial<OwnChoices> = {}): Promise<BookRead> {
  const found = await readPlanFile(readFileSync(join(FOLDER, name)), name, 'anyborough/none');
  if (found.is === 'ours') throw new Error('no council has made it');
  return readOwnBook(found.workbook, name, SOURCE, { columns: {}, people: {}, ...choices });
}

const actionsIn = ({ edits }: BookRead): Action[] =>
  edits.flatMap(({ edit }) => (edit.kind === 'put' && edit.what === 'action' ? [edit.item] : []));

/** An action in a line: its name, who leads and who is beside them, by when, under which theme, what it answers. */
const lineOf = ({ id, owner = '', with: beside = [], due, theme = '', recommendations }: Action): string =>
  [id, [owner, ...beside].join('+'), JSON.stringify(due).replaceAll('"', ''), theme, recommendations.join('+')]
    .join(' ')
    .trim();

const SAFE = 'head-of-safeguarding';
const EARLY = 'head-of-early-help';
/** What is read of a file: its actions, what it adds beside them, where something can't be used. */
interface Expected {
  actions: string[];
  added?: string[];
  reports?: string[];
  wrong?: string[];
}

const TWO_HEADS: Expected = {
  actions: [
    `supervision-standard ${SAFE} 2027-03-31 practice ii`,
    `2 ${SAFE}+${EARLY} 2027-06-30 practice`,
    `3 ${EARLY} 2027-04-30 voice`,
  ],
  added: ['theme/practice', 'theme/voice'],
  reports: ['progress/supervision-standard'],
};
const SECTIONS: Expected = {
  actions: [
    'supervision-standard director 2027-03-26 1 ii',
    `audit-forty-files-each-month ${SAFE}+chief-nurse 2027-04-30 1`,
    `write-the-local-offer-anew-with-parents ${EARLY} 2027-06-30 2`,
  ],
  added: ['theme/1', 'theme/2'],
  reports: ['progress/supervision-standard'],
};
/** Each file, as it is read. */
const FILES: Record<string, Expected> = {
  'plain.xlsx': {
    actions: [
      `supervision-standard ${SAFE} 2027-03-26 so-1 i`,
      `1-2 ${SAFE} 2027-04-30  i`,
      `2-1 ${EARLY} 2027-05-28  ii`,
    ],
    // The council has ratings of its own, and none is called amber.
    wrong: ['Plan!G2'],
  },
  'two-heads.xlsx': TWO_HEADS,
  'sections.xlsx': SECTIONS,
  'other-sheets.xlsx': {
    actions: [
      `supervision-standard ${SAFE} 2026-03-31 so-1 the-quality-of-plans`,
      `b ${SAFE} 2026-04-30  the-quality-of-plans`,
      `c ${EARLY} 2026-05-31  the-voice-of-children`,
    ],
    added: ['recommendation/the-quality-of-plans', 'recommendation/the-voice-of-children'],
    // The council has ratings of its own, and none is called red.
    wrong: ["'2026-27 plan'!F2"],
  },
  'of-1904.xlsx': {
    actions: [`supervision-standard ${SAFE} 2027-03-26 so-1 ii`, `2 ${EARLY} 2027-04-30`],
  },
  'unsure.xlsx': {
    actions: [`4 ${EARLY} 2027-05-28 practice`],
    added: ['theme/practice'],
    wrong: ['Sheet!D2', 'Sheet!E2', 'Sheet!D3', 'Sheet!E4'],
  },
  'many-leads.xlsx': {
    actions: [
      `supervision-standard ${SAFE}+${EARLY} 2027-03-26 practice ii`,
      `audit-forty-files-each-month assistant-director+${EARLY} 2027-04-30 practice`,
      `report-each-week-on-visits-that-are-due ${EARLY}+virtual-school-head+chief-nurse 2027-05-28 practice`,
    ],
    added: ['theme/practice'],
  },
  'libreoffice-plain.xlsx': {
    actions: [
      `supervision-standard ${SAFE} 2027-03-26 practice ii`,
      `2 ${SAFE}+${EARLY} 2027-04-30 practice`,
      `3 ${EARLY} 2027-05-31 voice`,
    ],
    added: ['theme/practice', 'theme/voice'],
    reports: ['progress/supervision-standard'],
  },
  'libreoffice-two-heads.xlsx': TWO_HEADS,
  'libreoffice-sections.xlsx': SECTIONS,
  'hucre-wide.xlsx': {
    actions: [`supervision-standard ${SAFE} 2027-03-26 practice ii`, `a3 ${EARLY} 2027-05-28 voice`],
    added: ['theme/practice', 'theme/voice'],
    wrong: ["'Action plan'!D5", "'Action plan'!F4"],
  },
  'semicolons.csv': {
    actions: [`supervision-standard ${SAFE} 2027-03-26 practice ii`, `2 ${EARLY} 2027-04-30 practice`],
    added: ['theme/practice'],
    reports: ['progress/supervision-standard'],
  },
  'windows.csv': { actions: ['supervision-standard director 2027-03-31 so-1 ii', `2 ${EARLY} 2027-04-30`] },
};

/** Files without a table that can be read, and what is said of each. */
const REFUSED: Record<string, string> = {
  'hucre-no-table.xlsx': 'a workbook without a table of actions',
  'broken.csv': 'comma-separated values that can’t be told apart',
};

test('every file is read or refused', () => {
  const files = readdirSync(FOLDER).filter((name) => /\.(xlsx|csv)$/.test(name));
  expect(files.toSorted()).toEqual([...Object.keys(FILES), ...Object.keys(REFUSED)].toSorted());
});

test.each(Object.entries(FILES))('%s', async (name, { actions, added = [], reports = [], wrong = [] }) => {
  const found = await read(name);
  expect(actionsIn(found).map(lineOf)).toEqual(actions);
  expect(found.edits.map((each) => each.name).filter((each) => !each.startsWith('action/'))).toEqual(added);
  expect(found.reports.map((each) => each.name)).toEqual(reports);
  expect(found.problems.map(({ at }) => at).toSorted()).toEqual(wrong.toSorted());
  expect(found.edits.filter(({ edit }) => edit.kind !== 'put')).toEqual([]);
});

test.each(Object.entries(REFUSED))('%s is refused', async (name, says) => {
  await expect(read(name)).rejects.toThrow(says);
});

test('what was guessed, left out, or is not seen is said', async () => {
  const { notes } = await read('sections.xlsx');
  expect(notes).toEqual([
    'The sheet “Tracker”, below row 1: “Action” is the action, “Owner” is the owner, with those beside them, “Due date” is the date by which it is due, “% complete” is how much of it is done, “Comments” is a report of progress.',
    '“DCS” is read as Director of Children’s Services.',
    '“Chief Nurse” is read as Chief Nurse, Anyborough NHS Foundation Trust.',
    '“end of June 2027” is read as Wednesday 30 June 2027.',
    '“Head of Early Help (interim)” is read as Head of Early Help.',
    'The theme “Practice and supervision” is new; accountable for it would be Director of Children’s Services, who leads its first action.',
    'The theme “Listening to families” is new; accountable for it would be Head of Early Help, who leads its first action.',
    '1 row under “Action” without an action: not read (Tracker!B9).',
    'What 1 row reports is left out, as its action is not in the plan yet: bring the workbook again once it is.',
  ]);
  expect((await read('other-sheets.xlsx')).notes).toEqual(
    expect.arrayContaining([
      'Not taken: “Evidence”, “Monitoring”.',
      '1 row that the workbook hides: read as well (3).',
    ]),
  );
});

test('what somebody says of it holds: columns, people, who is accountable', async () => {
  const chosen = await read('unsure.xlsx', {
    columns: { due: null, rating: null, measure: 'Deadline' },
    people: { 'J. Smith': EARLY, 'head of safegarding': SAFE },
    officer: 'director',
  });
  expect(chosen.problems.map(({ problem }) => problem)).toEqual([
    ...Array.from({ length: 3 }, () => 'it is new, and no date says by when it is due'),
  ]);
  expect(actionsIn(chosen).map(({ id, owner, measure }) => [id, owner, measure])).toEqual([
    ['supervision-standard', SAFE, 'Ongoing'],
  ]);
  const theme = chosen.edits.find(({ name }) => name === 'theme/practice')?.edit;
  expect(theme).toMatchObject({ item: { title: 'Practice', officer: 'director' } });
});

test('what was said is kept, and what is said anew takes precedence; a heading that is not there says nothing', async () => {
  const said = { columns: { measure: 'Deadline', ref: null }, people: { 'J. Smith': EARLY } };
  const kept = choicesKept(keptChoices({ ...said, sheet: 'Sheet', officer: 'director' }));
  expect(kept).toEqual(said);
  expect(choicesOver(kept, { columns: { ref: 'Ref' }, people: { 'J. Smith': SAFE } })).toEqual({
    ...{ columns: { measure: 'Deadline', ref: 'Ref' }, people: { 'J. Smith': SAFE } },
  });
  expect(keptChoices({ columns: {}, people: {}, sheet: 'Sheet' })).toBeUndefined();
  for (const broken of [undefined, '', '{', '[]', '{"columns":{"none":"x"},"people":{}}'])
    expect(choicesKept(broken)).toEqual({ columns: {}, people: {} });
  const other = await read('plain.xlsx', { columns: { due: 'By the time of', owner: 'Lead' } });
  expect(other.notes).toContain('No column is called “By the time of”.');
  expect(other.notes[0]).toContain('“End date” is the date by which it is due');
});

test('numbers of recommendations are found however they are written', async () => {
  const [first] = SOURCE.sent.plan.recommendations;
  expect(first?.id).toBe('i');
  const rows = (text: string) => [
    ['Action', 'Recommendation', 'Lead', 'Due'].map((each) => ({ is: 'text', text: each }) as const),
    ['Something new', text, 'Head of Early Help', '1 March 2027'].map((each) => ({ is: 'text', text: each }) as const),
  ];
  for (const [text, ids] of [
    ['1', ['i']],
    ['I', ['i']],
    ['R2', ['ii']],
    ['Recommendations 1 and 2', ['i', 'ii']],
    ['i, ii', ['i', 'ii']],
    [first?.text ?? '', ['i']],
    [`1. ${first?.text ?? ''}`, ['i']],
  ] as const) {
    const workbook = { sheets: [{ name: 'A', hidden: false, merges: [], hiddenRows: [], rows: rows(text) }] };
    const [action] = actionsIn(readOwnBook(workbook, 'a.xlsx', SOURCE, { columns: {}, people: {} }));
    expect([text, action?.recommendations]).toEqual([text, ids]);
  }
});
