import { randomBytes } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { FLAT_TABLES, type FlatTableName } from '../../client/web/api/flat-tables.ts';
import { wholeAsCsv } from '../../client/web/api/tables.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { boardForAll, Visitor } from '../support/board.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';

const TABLES = '/api/v1/tables';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const ACTION = 'improvement-actions/statutory-visits';

let id: InspectionRef = 'none/none';
let key = '';
let stranger = '';
let withdrawn: InspectionRef = 'none/none';
const as = { id: ADMINISTRATOR, role: 'democratic-services' };

const board = boardForAll(async (rig) => {
  const today = localDate(new Date().toISOString());
  const { facts, ...start } = loadStart('examples/middlesbrough-2016.yaml', { received: addDays(today, -40) });
  const { authority, inspection } = facts;
  const reference = `table-${randomBytes(4).toString('hex')}`;
  const measures = [
    {
      ...{ id: 'visits', title: '=Statutory visits; made in time', unit: '%', direction: 'up' as const },
      ...{
        source: 'Case "system"',
        baseline: { value: -70.5, on: '2026-01-31' },
        target: { value: 95, by: '2027-03-31' },
      },
      ...{
        themes: [],
        recommendations: [],
        actions: ['statutory-visits'],
        values: [{ on: '2026-02-28', value: -72.5 }],
      },
    },
  ];
  await rig.register.board.keepAuthority(authority, new Date().toISOString());
  id = await rig.engine.start({
    ...start,
    facts: { ...facts, inspection: { ...inspection, reference, measures } },
    startedBy: as,
  });
  const report = { milestone: ACTION, rating: 'amber', percent: 40, text: 'Half\nof it, "nearly"' };
  await rig.engine.command(id, 'progress', report, as);
  const decision = { id: 'd1', title: 'Approve the plan', body: 'executive', takenOn: today, key: true, urgent: false };
  await rig.engine.command(id, 'decide', decision, as);
  const { seq } = await rig.engine.command(id, 'publishDecision', { decision: 'd1', on: today }, as);
  await rig.register.reached(authority.id, reference, seq, 20_000);
  key = await (await rig.signedIn(ADMINISTRATOR)).apiKey();
  await rig.start('examples/stockton-on-tees-2010.yaml');
  withdrawn = await rig.start('examples/middlesbrough-2016.yaml', {
    reference: `gone-${randomBytes(4).toString('hex')}`,
  });
  stranger = await (await rig.signedIn('democratic-services@stockton-on-tees.example.org')).apiKey();
});

type Row = Record<string, unknown>;
interface Page {
  items: Row[];
  next: string | null;
}

const get = (path: string, by = key): Promise<Response> =>
  new Visitor(board().app).request(path, { headers: { Authorization: `Bearer ${by}` } });

/** All rows of this test's inspection, page by page. */
async function whole(table: string, query = '', by = key): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | null = `${TABLES}/${table}?${query}`;
  while (next !== null) {
    const answer = await get(next, by);
    expect(answer.status).toBe(200);
    const page = (await answer.json()) as Page;
    rows.push(...page.items);
    expect(answer.headers.get('Link')).toBe(page.next === null ? null : `<${page.next}>; rel="next"`);
    next = page.next === null ? null : page.next.slice(new URL(page.next).origin.length);
  }
  return rows.filter(
    ({ authority, reference }) => authority === 'middlesbrough' && reference === partsOf(id).reference,
  );
}

/** What each table has at least: no test of an empty one. */
const LEAST: Record<FlatTableName, number> = {
  duties: 20,
  actions: 10,
  progress: 1,
  measures: 1,
  decisions: 2,
  mails: 0,
};

test.each(namesOf(FLAT_TABLES))(
  '%s: pages put together are the whole, row for row as described, and the same as CSV',
  async (table) => {
    const rows = await whole(table);
    expect(rows.length).toBeGreaterThanOrEqual(LEAST[table]);
    for (const row of rows) FLAT_TABLES[table].row.strict().parse(row);
    expect(await whole(table, 'limit=3')).toEqual(rows);
    const answer = await get(`${TABLES}/${table}?format=csv`);
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const lines = parse<Row>(await answer.text(), { columns: true, bom: true });
    const own = lines.filter((line) => line['reference'] === partsOf(id).reference);
    expect(own).toEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)]))),
    );
  },
);

/** What a cell says of a value: a text that a spreadsheet would take for a formula has a mark before it. */
function asText(value: unknown): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

test('actions are the duties of that kind; a value keeps its sign, a report its words', async () => {
  const duties = await whole('duties');
  expect(await whole('actions')).toEqual(duties.filter(({ strand }) => strand === 'improvement-actions'));
  expect(await whole('measures')).toMatchObject([
    { measure: 'visits', value: -72.5, baselineValue: -70.5, targetBy: '2027-03-31' },
  ]);
  expect(await whole('progress')).toMatchObject([{ milestone: ACTION, percent: 40, text: 'Half\nof it, "nearly"' }]);
  expect((await whole('decisions')).map(({ decision, step }) => [decision, step])).toEqual([
    ['d1', 'decision-recorded'],
    ['d1', 'decision-published'],
  ]);
});

test('since an instant: what has changed, and nothing else', async () => {
  const before = new Date().toISOString();
  expect(await whole('duties', `since=${before}`)).toEqual([]);
  const { seq } = await board().engine.command(id, 'complete', { milestone: ACTION }, as);
  const { authority, reference } = partsOf(id);
  await board().register.reached(authority, reference, seq, 20_000);
  const changed = await whole('duties', `since=${before}`);
  expect(changed.map(({ milestone, status }) => [milestone, status])).toContainEqual([ACTION, 'completed']);
  expect(changed.filter(({ changedAt }) => (changedAt as string) < before)).toEqual([]);
  // The same instant as people in summer write it.
  const inSummer = new Date(Date.parse(before) + 3_600_000).toISOString().replace('Z', '%2B01:00');
  expect(await whole('duties', `since=${inSummer}`)).toEqual(changed);
});

test('what was withdrawn, and what is another council’s, is in no table', async () => {
  for (const table of namesOf(FLAT_TABLES)) expect(await whole(table, '', stranger)).toEqual([]);
  for (const table of namesOf(FLAT_TABLES)) expect(await whole(table, 'authority=stockton-on-tees')).toEqual([]);
  await board().engine.command(withdrawn, 'withdraw', { reason: 'It was begun by mistake' }, as);
  const { reference } = partsOf(withdrawn);
  while ((await get(`/api/v1/inspections/${withdrawn}`).then((answer) => answer.text())).includes('"status":"open"'))
    await new Promise((resolve) => setTimeout(resolve, 50));
  for (const table of namesOf(FLAT_TABLES))
    expect((await (await get(`${TABLES}/${table}?format=csv`)).text()).includes(reference)).toBe(false);
});

test.each([
  'since=yesterday',
  'since=2026-13-01T00:00:00Z',
  'after=nothing',
  `after=${Buffer.from('["a"]').toString('base64url')}`,
  `after=${Buffer.from('{"a":1}').toString('base64url')}`,
  'limit=0',
  'limit=1001',
  'format=xml',
  'what=ever',
])('what makes no sense is refused: %s', async (query) => {
  for (const table of namesOf(FLAT_TABLES)) expect((await get(`${TABLES}/${table}?${query}`)).status).toBe(422);
});

test('a place of another table goes on in this one, or is refused: it never fails', async () => {
  for (const place of [
    ['middlesbrough', 'x'],
    ['middlesbrough', '9'.repeat(200)],
    ['\u0000', '1'],
    ['a', 'b', 'c', 'd'],
  ])
    for (const table of namesOf(FLAT_TABLES)) {
      const after = Buffer.from(JSON.stringify(place)).toString('base64url');
      expect([200, 422]).toContain((await get(`${TABLES}/${table}?after=${after}`)).status);
    }
  expect(board().errors).toEqual([]);
});

test('a table that can’t be read to its end breaks off, and never ends as if it were whole', async () => {
  const first = { rows: [{ a: 1 }], next: ['x', 'y'] };
  const read = wholeAsCsv(first, () => Promise.reject(new Error('the record is gone')), ['a']);
  await expect(new Response(read).text()).rejects.toThrow('the record is gone');
  const good = wholeAsCsv(first, () => Promise.resolve({ rows: [{ a: 2 }], next: undefined }), ['a']);
  expect(await new Response(good).text()).toBe('a\n1\n2\n');
});
