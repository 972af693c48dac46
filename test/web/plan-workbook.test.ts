import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { editBook, type TypedCell } from '../support/edited-book.ts';

const MANAGER = 'assistant-director@middlesbrough.example.org';

let id: InspectionRef = 'none/none';
let manager: Visitor;
let owner: Visitor;
let member: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml', { received: '2026-10-01' });
  manager = await rig.signedIn(MANAGER);
  owner = await rig.signedIn('head-of-early-help@middlesbrough.example.org');
  member = await rig.signedIn('lead-member@middlesbrough.example.org');
});
const folder = mkdtempSync(join(tmpdir(), 'duecourse-web-books-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (): string => `/inspections/${id}/plan/workbook`;
const inspected = async () => (await board().engine.inspect(id)).state;

/** The workbook as somebody has it after they have typed into it. */
async function typed(...cells: TypedCell[]): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await member.get(`${at()}/file`);
  expect(answer.headers.get('Content-Disposition')).toContain('-plan-revision-');
  const [file, to] = [join(folder, 'out.xlsx'), join(folder, 'in.xlsx')];
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  editBook(file, to, cells);
  return new Uint8Array(readFileSync(to));
}

/** Brings a file on the page. */
async function bring(
  who: Visitor,
  content: Uint8Array<ArrayBuffer>,
  name = 'plan.xlsx',
  more: Record<string, string> = {},
): Promise<Response> {
  const [, action = ''] = /<form method="post" action="([^"]+)" enctype/.exec(await who.text(at())) ?? [];
  const form = new FormData();
  form.set('formToken', await who.token());
  for (const [field, value] of Object.entries(more)) form.set(field, value);
  form.set('file', new File([content], name));
  return who.post(action.replaceAll('&amp;', '&'), form);
}

/** What the check page holds by itself, with more; and where it is sent to. */
async function checked(who: Visitor, sent: Response) {
  const page = sent.headers.get('Location') ?? '';
  const html = await who.text(page);
  const [, action = '', body = ''] = /<form method="post" action="([^"]+)" novalidate>(.*)<\/form>/s.exec(html) ?? [];
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const press = (fields: Record<string, string> = {}): Promise<Response> => {
    const own = hidden.map(([, name = '', value = '']) => [name, value]);
    return who.post(action, { ...(Object.fromEntries(own) as Record<string, string>), ...fields });
  };
  return { html, page, press };
}

describe('the plan as a workbook, on the pages', () => {
  test('what was typed is shown with its cells; some is left out, the rest carried out once, in one revision', async () => {
    const book = await typed(
      { sheet: 'Actions', cell: 'D2', value: 'Another title' },
      { sheet: 'Actions', cell: 'D3', value: 'Not this one' },
      { sheet: 'Actions', cell: 'I4', value: '▲ Amber' },
      { sheet: 'Actions', cell: 'E5', value: 'Nobody at all' },
    );
    const { html, page, press } = await checked(manager, await bring(manager, book));
    for (const said of ['Another title', 'Actions!D2', 'Actions!D3', 'Actions!I4', 'Amber'])
      expect(html).toContain(said);
    expect(html).toMatch(/Actions!E5<\/strong>: “Nobody at all” is not in the list/);
    expect((await press()).status).toBe(422);
    const choice = { reason: 'The board said so', leave: 'action/assessment-review-points' };
    const all = await Promise.all([press(choice), press(choice)]);
    expect(all.map(({ status }) => status)).toEqual([303, 303]);
    const { facts, kept } = await inspected();
    expect(facts.revision).toBe(2);
    expect(facts.inspection.actions.slice(0, 2).map(({ title }) => title)).toEqual([
      'Another title',
      expect.stringContaining('Set review points'),
    ]);
    expect(kept['improvement-actions/care-plan-audit']?.progress).toMatchObject({ rating: 'amber', reports: 1 });
    expect(await manager.text(page)).toMatch(
      /The plan is at revision 2\. One report is on record\..*Nothing else is left/s,
    );
  });

  test('an owner reports by it, and revises nothing', async () => {
    const state = await inspected();
    const own = state.facts.inspection.actions.findIndex(({ id: name }) => name === 'early-help-vision');
    const book = await typed(
      { sheet: 'Actions', cell: `M${own + 2}`, value: 'Agreed with all partners.' },
      { sheet: 'Actions', cell: `D${own + 2}`, value: 'Mine to call' },
      { sheet: 'Actions', cell: 'M2', value: 'Of another.' },
    );
    const { html, press } = await checked(owner, await bring(owner, book));
    expect(html).toContain('Your role may not revise the plan');
    expect(html).toMatch(/Of another\..*Not taken:/s);
    expect((await press()).status).toBe(303);
    const after = await inspected();
    expect(after.facts.revision).toBe(2);
    expect(after.kept['improvement-actions/early-help-vision']?.progress).toMatchObject({
      reports: 1,
      by: 'head-of-early-help',
    });
  });

  test('what others have changed since is asked about, and stays until it is said', async () => {
    const book = await typed({ sheet: 'Actions', cell: 'D2', value: 'By the workbook' });
    const other = await typed({ sheet: 'Actions', cell: 'D2', value: 'By another' });
    const first = await checked(manager, await bring(manager, other));
    await first.press({ reason: 'x' });
    const { html, press } = await checked(manager, await bring(manager, book));
    expect(html).toMatch(/As the plan is now: By another/);
    await press({ reason: 'x', 'action/supervision-standard/title': 'yours' });
    expect((await inspected()).facts.inspection.actions[0]?.title).toBe('By the workbook');
  });

  test('one that the council has made itself: how it was read is shown, and what it says is carried out', async () => {
    const content = [
      'Ref;Priority;What we will do;Who;By when;RAG',
      '1;Listening;Walk the floor each month;Head of Early Help (interim);31.3.27;',
      '2;Listening;Ask families what helped;J. Smith;Ongoing;',
      ';;Agree a shared early help vision and priorities with partner agencies;;;G',
    ].join('\n');
    const first = await checked(manager, await bring(manager, new TextEncoder().encode(content), 'own.csv'));
    // What was read wrong is said on the page before, with the file once more.
    const otherwise = await manager.text(`${first.page}&otherwise=yes`);
    expect(otherwise).toContain('“J. Smith”');
    expect(otherwise).toMatch(/<select[^>]* name="column-theme">.*?<option value="Priority" selected>/s);
    const said = { 'said-0': 'J. Smith', 'person-0': 'virtual-school-head', 'column-ref': '', 'column-due': 'By when' };
    const again = await checked(manager, await bring(manager, new TextEncoder().encode(content), 'own.csv', said));
    expect(again.html).not.toContain('nobody is called');
    expect(again.html).toContain('Not taken: “Ref”.');
    expect(again.html).toContain('is kept for the next workbook');
    // The next one is read as was said of this one.
    const { html, press } = await checked(manager, await bring(manager, new TextEncoder().encode(content), 'own.csv'));
    expect(html).toContain('The workbook is the council’s own');
    expect(html).toContain('Not taken: “Ref”.');
    expect(html).toContain('“Head of Early Help (interim)” is read as Head of Early Help.');
    expect(html).toContain('accountable for it would be Head of Early Help, who leads its first action');
    expect(first.html).toMatch(/CSV!D3<\/strong>: nobody is called “J. Smith”/);
    expect(html).not.toContain('nobody is called');
    expect(html).toMatch(/CSV!E3<\/strong>: “Ongoing” is not a date/);
    expect((await press({ reason: 'As the board has it' })).status).toBe(303);
    const { facts, kept } = await inspected();
    expect(facts.inspection.actions.at(-1)).toMatchObject({
      id: 'walk-the-floor-each-month',
      theme: 'listening',
      due: '2027-03-31',
    });
    expect(facts.inspection.themes.at(-1)).toMatchObject({ id: 'listening', officer: 'head-of-early-help' });
    expect(kept['improvement-actions/early-help-vision']?.progress).toMatchObject({ rating: 'green' });
  });

  test('whoever may not is told so; what is no workbook is told in a sentence; too long is not read', async () => {
    expect(await member.text(at())).not.toContain('<form method="post" action="/inspections');
    expect((await member.post(at(), new FormData())).status).toBe(403);
    const letter = await bring(manager, new TextEncoder().encode('Dear Sir or Madam'));
    expect([letter.status, await letter.text()]).toEqual([
      422,
      expect.stringContaining('a file that is no Excel workbook'),
    ]);
    const long = await bring(manager, new Uint8Array(9_000_000));
    expect([long.status, await long.text()]).toEqual([
      413,
      expect.stringContaining('8 MB of inspection files or of a workbook'),
    ]);
  });
});
