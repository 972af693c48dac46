import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { editBook } from '../support/edited-book.ts';
import { ownExamples } from '../support/own-examples.ts';

const REF = 'middlesbrough/2016';
const AS = ['--as', 'executive-director'];
const REASON = ['--reason', 'the board has agreed'];

const { folder, run } = ownExamples('middlesbrough-2016.yaml');
const later = addDays(new Date().toISOString().slice(0, 10), 90);
const at = (name: string) => join(folder, name);
const read = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run('plan', ...args, '--json')).out) as Record<string, unknown>;

describe('the plan as a workbook', () => {
  test('goes out, and back without a change: nothing', async () => {
    expect((await run('plan', 'export', REF, '--out', at('plan.xlsx'))).out).toContain('Done: revision 1 of the plan');
    const again = await run('plan', 'export', REF, '--out', at('plan.xlsx'));
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as unknown });
    expect(await read('import', REF, at('plan.xlsx'), '--dry-run', ...AS)).toMatchObject({
      ...{ done: false, changes: [], unusable: [], notes: [], reports: [] },
    });
  });

  test('what was typed is shown with its cells, asked about, and carried out in one revision', async () => {
    editBook(at('plan.xlsx'), at('typed.xlsx'), [
      { sheet: 'Actions', cell: 'D2', value: 'Another title' },
      { sheet: 'Actions', cell: 'F4', date: later },
      { sheet: 'Actions', cell: 'I3', value: '▲ Amber' },
      { sheet: 'Actions', cell: 'M3', value: 'Two teams of five.' },
    ]);
    const shown = await run('plan', 'import', REF, at('typed.xlsx'), '--dry-run', ...AS);
    expect(shown.err).toMatch(/supervision-standard, title: "Another title".*\[Actions!D2\]/);
    expect(shown.err).toMatch(/Amber; Two teams of five\. {2}\[Actions!I3, progress\/assessment-review-points\]/);
    const unsaid = await run('plan', 'import', REF, at('typed.xlsx'), '--yes', ...AS);
    expect(unsaid).toMatchObject({ code: 2, err: expect.stringContaining('say why the plan changes') as unknown });
    const done = await read('import', REF, at('typed.xlsx'), '--yes', ...REASON, ...AS);
    expect(done).toMatchObject({ done: true, revision: 2, failed: [] });
    const history = (await run('plan', 'history', REF)).out;
    expect(history).toContain('the board has agreed');
    expect(history).toContain('"Another title"');
    expect((await run('history', REF)).out).toContain('Two teams of five.');
    // Brought once more it changes nothing: what it says stands so already.
    expect(await read('import', REF, at('typed.xlsx'), '--yes', ...REASON, ...AS)).toMatchObject({
      done: false,
      changes: [],
    });
  });

  test('what others have changed since stays, unless it is said', async () => {
    editBook(at('plan.xlsx'), at('older.xlsx'), [{ sheet: 'Actions', cell: 'D2', value: 'A third title' }]);
    const older = ['import', REF, at('older.xlsx'), ...AS];
    expect(await read(...older, '--dry-run')).toMatchObject({
      changes: [],
      clashes: [{ name: 'action/supervision-standard/title', yours: 'A third title', theirs: 'Another title' }],
    });
    expect(await read(...older, '--yes', ...REASON, '--mine', 'action/supervision-standard/title')).toMatchObject({
      ...{ done: true, revision: 3 },
    });
  });

  test('one that the council has made itself is read by its heads; what they don’t say is said; it is carried out once', async () => {
    const said = `Task description,Lead,By when\nReport weekly on statutory visits to children looked after that are late or due,Head of Early Help / J. Smith,31.3.27\nWalk the floor each month,DCS,${later}\n`;
    writeFileSync(at('own.csv'), said);
    const own = ['import', REF, at('own.csv'), ...AS];
    const unknown = await run('plan', ...own, '--dry-run', '--column', 'action=Task description');
    expect(unknown.err).toContain('The workbook is the council’s own');
    expect(unknown.err).toContain('CSV!B2: nobody is called “Head of Early Help / J. Smith”');
    const rest = ['--column', 'action=Task description', '--person', 'J. Smith=virtual-school-head'];
    const people = [...rest, '--person', 'DCS=executive-director'];
    const shown = await read(...own, '--dry-run', ...people);
    expect(shown).toMatchObject({
      ...{ done: false, unusable: [] },
      notes: expect.arrayContaining(['“31.3.27” is read as Wednesday 31 March 2027.']) as unknown,
      places: { 'action/statutory-visits': { with: 'CSV!B2' }, 'action/walk-the-floor-each-month': { row: 'CSV!A3' } },
    });
    const done = await read(...own, ...people, '--yes', ...REASON);
    expect(done).toMatchObject({ done: true });
    expect(await read(...own, ...people, '--yes', ...REASON)).toMatchObject({ done: false, changes: [] });
    for (const [option, says] of [
      ['--column=acton=Task', 'there is no field "acton"'],
      ['--column=Task', '--column needs two sides'],
      ['--person=DCS=nobody', 'there is no role "nobody"'],
      ['--officer=nobody', 'there is no role "nobody"'],
    ])
      expect(await run('plan', ...own, '--dry-run', option ?? '')).toMatchObject({
        ...{ code: 2, err: expect.stringContaining(says ?? '') as unknown },
      });
  });

  test('cells that can’t be used are named, and nothing is done', async () => {
    editBook(at('plan.xlsx'), at('wrong.xlsx'), [
      { sheet: 'Actions', cell: 'E2', value: 'Nobody' },
      { sheet: 'Actions', cell: 'D4', value: 'Yet another' },
    ]);
    const wrong = await run('plan', 'import', REF, at('wrong.xlsx'), '--yes', ...REASON, ...AS);
    expect(wrong).toMatchObject({ code: 1, out: 'Nothing was changed.\n' });
    expect(wrong.err).toContain('Actions!E2: “Nobody” is not in the list');
    writeFileSync(at('letter.xlsx'), 'Dear Sir');
    const letter = await run('plan', 'import', REF, at('letter.xlsx'), ...AS);
    expect(letter).toMatchObject({ code: 1, err: expect.stringContaining('no Excel workbook') as unknown });
  });
});
