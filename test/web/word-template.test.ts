import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { cli } from '../support/cli.ts';
import { editedTemplate, para, withContent } from '../support/templates.ts';
import { wordParts, wordText } from '../support/word.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-word-template-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const PAGE = '/administration/middlesbrough/word-template';

let id: InspectionRef = 'none/none';
let administrator: Visitor;
let owner: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  administrator = await rig.signedIn('democratic-services@middlesbrough.example.org');
  owner = await rig.signedIn('head-of-early-help@middlesbrough.example.org');
});

/** Sends a file by the page's form; the form itself, to be pressed again. */
async function sent(
  content: Buffer | undefined,
  name = 'letterhead.docx',
): Promise<{ answer: Response; again: () => Promise<Response> }> {
  const html = await administrator.text(PAGE);
  const [, action = ''] = /<form method="post" action="([^"]+)" enctype/.exec(html) ?? [];
  const token = await administrator.token();
  const press = () => {
    const form = new FormData();
    form.set('formToken', token);
    if (content !== undefined) form.set('file', new File([new Uint8Array(content)], name));
    return administrator.post(action.replaceAll('&amp;', '&'), form);
  };
  return { answer: await press(), again: press };
}

const wordOf = async (path: string, visitor = owner): Promise<Buffer> =>
  Buffer.from(await (await visitor.get(`/inspections/${id}/${path}/word`)).arrayBuffer());

test('a template is put in place once, and documents are written on it, by page and by command alike', async () => {
  expect(await administrator.text(PAGE)).toContain('None. Word documents are written in plain looks.');
  expect(wordText(await wordOf('report'))).not.toContain('Town Hall');
  const template = await withContent(para('Town Hall, Middlesbrough: {council}') + para('{content}'));
  const { answer, again } = await sent(template);
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${PAGE}?done=template`]);
  expect((await again()).headers.get('Location')).toBe(`${PAGE}?done=template`);
  expect(await board().register.templates.list('middlesbrough')).toHaveLength(1);
  const html = await administrator.text(`${PAGE}?done=template`);
  expect(html).toContain('The template is in place');
  expect(html).toContain('democratic-services@middlesbrough.example.org');
  expect(Buffer.from(await (await administrator.get(`${PAGE}/files/1`)).arrayBuffer()).equals(template)).toBe(true);

  for (const path of ['report', 'briefing', 'board-pack']) {
    const file = await wordOf(path);
    expect(wordText(file)).toMatch(/Town Hall, Middlesbrough: \w+/);
    const out = join(folder, `${path}.docx`);
    expect(await cli([path, id, '--out', out], board().environment)).toMatchObject({ code: 0 });
    expect(readFileSync(out).equals(file)).toBe(true);
  }
  // Its page, and what is no council’s own, stay as they are.
  expect(await owner.text(`/inspections/${id}/report`)).not.toContain('Town Hall');
  expect(wordText(Buffer.from(await (await owner.get('/rule-book/word')).arrayBuffer()))).not.toContain('Town Hall');
});

test('what can’t be used is refused beside the field, and changes nothing', async () => {
  const before = await board().register.templates.list('middlesbrough');
  for (const [file, says] of [
    [undefined, 'Choose a Word document'],
    [Buffer.from('%PDF-1.7'), 'This is no Word document'],
    [await editedTemplate({ 'word/vbaProject.bin': 'x' }), 'This document has macros'],
    [await withContent(para('{conten} <b>')), '{conten} is no field that is known here; did you mean {content}?'],
  ] as const) {
    const { answer } = await sent(file);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(`<a href="#file">${says}`);
    expect(html).toContain('govuk-error-message');
  }
  expect(await board().register.templates.list('middlesbrough')).toEqual(before);
});

test('a letterhead with large pictures is taken; what is larger than a template may be is not', async () => {
  const picture = randomBytes(1_500_000).toString('base64');
  const { answer } = await sent(await editedTemplate({ 'word/media/crest.png': picture }));
  expect(answer.status).toBe(303);
  expect((await sent(Buffer.alloc(6_000_000, 1))).answer.status).toBe(413);
});

test('another takes its place, and it is taken away: the earlier ones are listed, and can be had', async () => {
  await sent(await withContent(para('Second letterhead') + para('{content}')), 'Second “one”.docx');
  expect(wordText(await wordOf('briefing'))).toContain('Second letterhead');
  const html = await administrator.text(PAGE);
  const [, action = ''] = /action="([^"]*take-away[^"]*)"/.exec(html) ?? [];
  const gone = await administrator.send(action.replaceAll('&amp;', '&'), {});
  expect(gone.headers.get('Location')).toBe(`${PAGE}?done=template-gone`);
  expect(wordText(await wordOf('briefing'))).not.toContain('Second letterhead');
  const page = await administrator.text(PAGE);
  expect(page).toContain('Taken away: Second “one”.docx');
  expect(page.match(/Put in place: <a/g)).toHaveLength(3);
  expect((await administrator.get(`${PAGE}/files/2`)).status).toBe(200);
  expect((await administrator.get(`${PAGE}/files/4`)).status).toBe(404);
  expect((await owner.get(`${PAGE}/files/2`)).status).toBe(403);
});

test('the command: a template to begin with, and what is said of a file', async () => {
  const file = join(folder, 'begin.docx');
  expect(await cli(['template', 'example', '--out', file])).toMatchObject({ code: 0 });
  expect(await cli(['template', 'example', '--out', file])).toMatchObject({ code: 1 });
  expect(wordParts(readFileSync(file)).get('word/document.xml')).toContain('{content}');
  const good = await cli(['template', 'check', file]);
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining('can be the council’s template') as string });
  expect(good.out).toContain('{as at}: the day of the figures');
  const bad = await cli(['template', 'check', 'package.json', '--json']);
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.out)).toMatchObject({
    ok: false,
    problems: ['This is no Word document. Choose a file that was saved as .docx.'],
  });
});
