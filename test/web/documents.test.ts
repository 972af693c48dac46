import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { sql } from '../register/support.ts';
import { cli } from '../support/cli.ts';
import { readWord } from '../support/read-word.ts';
import { wordText } from '../support/word.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const folder = mkdtempSync(join(tmpdir(), 'duecourse-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let id: InspectionRef = 'middlesbrough/2016';
let visitor: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  const as = { id: 'test', role: 'democratic-services' };
  const [authority = '', reference = ''] = id.split('/');
  await rig.engine.command(
    id,
    'decide',
    {
      ...{ id: 'd1', title: 'Approve the <plan>', body: 'executive', takenOn: '2016-06-30' },
      ...{ key: true, urgent: false },
    },
    as,
  );
  const { seq } = await rig.engine.command(
    id,
    'ask',
    { id: 'q1', by: 'The scrutiny panel', text: 'How many posts are filled?' },
    as,
  );
  await rig.register.reached(authority, reference, seq, 20_000);
  visitor = await rig.signedIn('democratic-services@middlesbrough.example.org');
});

/** Each document: its address below the inspection's, the command that writes it, what its file is called and what it must say. */
const DOCUMENTS = [
  { path: 'report', command: () => ['report', id], file: 'update', says: 'Progress by theme' },
  { path: 'briefing', command: () => ['briefing', id], file: 'briefing', says: 'How many posts are filled?' },
  { path: 'board-pack', command: () => ['board-pack', id], file: 'board-pack', says: 'Done on time, by quarter' },
  {
    ...{ path: 'decisions/d1/record', command: () => ['decision', id, 'd1'] },
    ...{ file: 'decision-d1', says: 'Approve the <plan>' },
  },
];

describe.each(DOCUMENTS)('$path', ({ path, command, file, says }) => {
  test('is a page, a Word document, and the command writes the same file', async () => {
    const page = await visitor.text(`/inspections/${id}/${path}`);
    expect(page).toContain(says.replace('<', '&lt;').replace('>', '&gt;'));
    expect(page).toContain(`href="/inspections/${id}/${path}/word"`);
    const answer = await visitor.get(`/inspections/${id}/${path}/word`);
    expect(answer.headers.get('Content-Type')).toBe(TYPE);
    const name = `${id.replace('/', '-')}-${file}-`;
    expect(answer.headers.get('Content-Disposition')).toMatch(
      new RegExp(`^attachment; filename="${name}\\d{4}-\\d\\d-\\d\\d\\.docx"`),
    );
    const served = Buffer.from(await answer.arrayBuffer());
    expect(wordText(served)).toContain(says);
    const out = join(folder, `${file}.docx`);
    expect(await cli([...command(), '--out', out], board().environment)).toMatchObject({ code: 0 });
    expect(readFileSync(out).equals(served)).toBe(true);
    expect(readWord(out)).toMatchObject({ language: 'en-GB', foot: { fields: ['PAGE', 'NUMPAGES'] } });
  });
});

describe('of a past day', () => {
  const on = '2016-05-05';
  const of = (path: string, day: string) => `/inspections/${id}/${path}?on=${day}`;
  /** As if all of it had been on record since 2016. */
  const earlier = () => {
    const [authority, reference] = id.split('/');
    return sql(
      board().databaseUrl,
      `INSERT INTO state_of_day SELECT authority, reference, '${on}', content FROM kept_state
       WHERE authority = '${authority}' AND reference = '${reference}' ON CONFLICT DO NOTHING`,
    );
  };

  test('a day before the inspection, or one that is still to come, is refused in a sentence', async () => {
    const before = await visitor.get(of('board-pack', on));
    expect(before.status).toBe(422);
    expect(await before.text()).toContain('Nothing is on record of');
    const later = await visitor.get(of('report', '2199-01-01'));
    expect(later.status).toBe(422);
    expect(await later.text()).toContain('is not over');
    for (const none of ['', 'then', '2016-02-30'])
      expect(await (await visitor.get(of('report', none))).text()).toContain('choose the day');
    // Today is now.
    expect((await visitor.get(of('report', localDate(new Date().toISOString())))).status).toBe(200);
  });

  test('is only for whoever may see the inspection', async () => {
    await earlier();
    expect((await board().visitor().get(of('report', on))).status).toBe(303);
    const stranger = await visitor.get(`/inspections/nowhere/2016/report?on=${on}`);
    expect(stranger.status).toBe(404);
  });

  test('is asked for on the page of reports', async () => {
    const page = await visitor.text(`/inspections/${id}/reports`);
    expect(page).toContain('As it stood on a past day');
    expect(page).toContain(`formaction="/inspections/${id}/report"`);
  });
});

test('the update in Word tells from the same day as its page, and a day still to come counts as none', async () => {
  const word = async (since: string) =>
    wordText(Buffer.from(await (await visitor.get(`/inspections/${id}/report/word?since=${since}`)).arrayBuffer()));
  expect(await word('2016-03-01')).toContain('Since Tuesday 1 March 2016');
  expect(await visitor.text(`/inspections/${id}/report?since=2016-03-01`)).toContain('Since Tuesday 1 March 2016');
  expect(await visitor.text(`/inspections/${id}/report?since=2016-03-01`)).toContain('/report/word?since=2016-03-01"');
  expect(await word('2199-01-01')).not.toContain('2199');
});

test('what officers write stands in the update and the pack as it was written last, and its form begins with it', async () => {
  const write = (part: string, text: string) =>
    visitor.carryOut(`/inspections/${id}/do/writePart?part=${part}`, { part, text });
  const parts = await visitor.text(`/inspections/${id}/reports`);
  expect(parts.match(/Not recorded<\/dd>/g)).toHaveLength(5);
  const first = await write('financial', 'The posts cost £410,000.\nThere is a reserve.');
  expect(new URL(first.headers.get('Location') ?? '', 'http://x').pathname).toBe(`/inspections/${id}/reports`);
  const begun = await visitor.text(`/inspections/${id}/do/writePart?part=financial`);
  expect(begun).toContain('>The posts cost £410,000.\nThere is a reserve.</textarea>');
  expect(begun).toMatch(/value="financial" (checked|selected)/);
  expect(await visitor.text(`/inspections/${id}/do/writePart?part=__proto__`)).not.toMatch(
    /value="\w+" (checked|selected)/,
  );
  await write('financial', 'The posts cost £430,000 <a year>.');
  await write('risk', 'Two of nine posts may stay vacant.');
  for (const path of ['report', 'board-pack']) {
    const html = await visitor.text(`/inspections/${id}/${path}`);
    expect(html).toContain('The posts cost £430,000 &lt;a year&gt;.');
    expect(html).toMatch(/Written by Democratic Services[^<]* on \w+day /);
    expect(html).toContain('Two of nine posts may stay vacant.');
    expect(html).not.toContain('410,000');
    const word = wordText(Buffer.from(await (await visitor.get(`/inspections/${id}/${path}/word`)).arrayBuffer()));
    for (const said of [
      'Financial implications',
      'The posts cost £430,000 <a year>.',
      'Legal implications',
      'Not recorded.',
    ])
      expect(word).toContain(said);
  }
  await write('risk', '');
  expect(await visitor.text(`/inspections/${id}/report`)).not.toContain('may stay vacant');
  const { out } = await cli(['history', id, '--json'], board().environment);
  expect(out).toContain('Risks: taken out of the reports by Democratic Services');
});

test('a Word document needs a file to go to, and one that can’t be written is told', async () => {
  expect(await cli(['report', id, '--format', 'word'], board().environment)).toMatchObject({
    ...{ code: 1, out: '' },
    err: expect.stringContaining('name it with --out') as unknown,
  });
  expect(await cli(['report', id, '--out', join(folder, 'none', 'update.docx')], board().environment)).toMatchObject({
    code: 1,
    err: expect.stringContaining("can't be written") as unknown,
  });
});

test('the form goes by the file’s name unless it is said', async () => {
  const written = async (name: string, ...args: string[]) => {
    await cli(['report', id, '--out', join(folder, name), ...args], board().environment);
    return readFileSync(join(folder, name), 'utf8').slice(0, 15);
  };
  expect(await written('a.html')).toBe('<!DOCTYPE html>');
  expect(await written('a.md')).toMatch(/^# Update on/);
  expect(await written('a.HTML', '--format', 'markdown')).toMatch(/^# Update on/);
});

test('the rule book is a page and a Word document', async () => {
  expect(await visitor.text('/rule-book')).toContain('Not signed off by the council.');
  const answer = await visitor.get('/rule-book/word');
  expect(wordText(Buffer.from(await answer.arrayBuffer()))).toContain('Written action plan to Ofsted');
});
