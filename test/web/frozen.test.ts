import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { cli } from '../support/cli.ts';
import { readWord } from '../support/read-word.ts';
import { para, withContent } from '../support/templates.ts';
import { wordText } from '../support/word.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-frozen-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let id: InspectionRef = 'none/none';
let writer: Visitor;
let owner: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  await rig.start('examples/stockton-on-tees-2010.yaml');
  writer = await rig.signedIn('democratic-services@middlesbrough.example.org');
  owner = await rig.signedIn('head-of-early-help@middlesbrough.example.org');
});

const page = () => `/inspections/${id}/frozen`;
const frozen = () => board().register.frozen.list({ authority: 'middlesbrough' });
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

async function freeze(fields: Record<string, string>) {
  const html = await writer.text(page());
  const [, action = ''] = /<form method="post" action="([^"]+)" novalidate/.exec(html) ?? [];
  return () => writer.send(action.replaceAll('&amp;', '&'), fields);
}

async function fileOf(hash: string, who = owner): Promise<Buffer> {
  const answer = await who.get(`${page()}/${hash}`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function checked(content: Buffer, who = owner): Promise<string> {
  const form = new FormData();
  form.set('formToken', await who.token());
  form.set('file', new File([new Uint8Array(content)], 'from a colleague.docx'));
  const answer = await who.post(`${page()}/check`, form);
  expect(answer.status).toBe(200);
  return answer.text();
}

test('a board pack is frozen once, and kept to the byte with its fingerprint in its foot', async () => {
  const press = await freeze({ what: 'board-pack', since: '' });
  const [first, again] = [await press(), await press()];
  for (const answer of [first, again]) expect(answer.headers.get('Location')).toBe(`${page()}?done=frozen`);
  const [one, ...others] = await frozen();
  expect(others).toEqual([]);
  if (one === undefined) throw new Error('none is frozen');
  const file = await fileOf(one.file.sha256);
  expect([sha256(file), file.length]).toEqual([one.file.sha256, one.file.bytes]);
  const out = join(folder, 'pack.docx');
  writeFileSync(out, file);
  const { foot } = readWord(out);
  expect(one.fingerprint).toMatch(/^[0-9A-F]{4}(-[0-9A-F]{4}){2}$/);
  expect(foot.text).toContain(`Fingerprint ${one.fingerprint}`);
  const html = await owner.text(page());
  expect(html).toContain(one.fingerprint);
  expect(html).not.toContain('Freeze a document');
  expect(await owner.text(`/inspections/${id}/history`)).toContain('Board pack frozen by Democratic Services');
  expect(await board().register.verify('middlesbrough')).toMatchObject([{ ok: true }]);
});

test('programs read which are frozen, and have their files', async () => {
  const key = await owner.apiKey();
  const ask = (path: string) =>
    board()
      .visitor()
      .request(`/api/v1/inspections/${id}/frozen${path}`, { headers: { Authorization: `Bearer ${key}` } });
  const { items } = (await (await ask('')).json()) as { items: { fingerprint: string; file: { sha256: string } }[] };
  const [one] = await frozen();
  expect(items).toMatchObject([{ kind: 'board-pack', fingerprint: one?.fingerprint, isThere: true }]);
  const file = Buffer.from(await (await ask(`/${items[0]?.file.sha256}`)).arrayBuffer());
  expect(sha256(file)).toBe(one?.file.sha256);
});

test('programs freeze one, once under their key, for whoever may write reports', async () => {
  const send = async (by: Visitor, body: object, key = 'k') =>
    board()
      .visitor()
      .request(`/api/v1/inspections/${id}/frozen`, {
        method: 'POST',
        headers: {
          ...{ Authorization: `Bearer ${await by.apiKey()}`, 'Content-Type': 'application/json' },
          'Idempotency-Key': key,
        },
        body: JSON.stringify(body),
      });
  const before = await frozen();
  expect((await send(owner, { kind: 'briefing' })).status).toBe(403);
  expect((await send(writer, { kind: 'novel' }, 'a')).status).toBe(422);
  expect((await send(writer, { kind: 'decision', decision: 'none-such' }, 'b')).status).toBe(404);
  expect((await send(writer, { kind: 'update', since: '2199-01-01' }, 'c')).status).toBe(422);
  const first = await send(writer, { kind: 'briefing', since: '2016-03-01' });
  expect(first.status).toBe(200);
  const said: unknown = await first.json();
  expect(await (await send(writer, { kind: 'briefing', since: '2016-03-01' })).json()).toEqual(said);
  const [one, ...others] = await frozen();
  expect(others).toEqual(before);
  expect(said).toMatchObject({ kind: 'briefing', fingerprint: one?.fingerprint, sha256: one?.file.sha256 });
});

test('whether a file is one that was frozen is said of each, to the byte', async () => {
  const one = (await frozen()).at(-1);
  const file = await fileOf(one?.file.sha256 ?? '');
  expect(await checked(file)).toContain('is what was frozen, to the letter');
  const other = Buffer.from(file);
  other[other.length - 30] = (other.at(-30) ?? 0) ^ 1;
  expect(await checked(other)).toContain('is none of the files that were frozen');
  const [good, bad] = [join(folder, 'good.docx'), join(folder, 'bad.docx')];
  writeFileSync(good, file);
  writeFileSync(bad, other);
  const { environment } = board();
  expect(await cli(['frozen', 'verify', good], environment)).toMatchObject({ code: 0 });
  expect(await cli(['frozen', 'verify', bad, '--json'], environment)).toMatchObject({
    code: 1,
    out: expect.stringContaining('"frozen": false') as string,
  });
  expect(await cli(['frozen', 'verify', good, '--authority', 'stockton-on-tees'], environment)).toMatchObject({
    code: 1,
  });
});

test('on the council’s own template the fingerprint stands in its place, or at the end', async () => {
  const put = async (content: string) =>
    board().register.templates.put('middlesbrough', {
      ...{ name: 'a.docx', content: await withContent(content), by: 'x' },
      at: new Date().toISOString(),
    });
  const newest = async (command: string[]) => {
    const { code } = await cli(['frozen', 'add', id, ...command, '--as', 'democratic-services'], board().environment);
    expect(code).toBe(0);
    const [one] = await frozen();
    return { one, text: wordText(await fileOf(one?.file.sha256 ?? '')) };
  };
  await put(para('{content}') + para('Kept as: {fingerprint}'));
  const placed = await newest(['update', '--since', '2016-03-01']);
  expect(placed.text).toMatch(new RegExp(`Kept as: As at .*Fingerprint ${placed.one?.fingerprint}`));
  expect(placed.text.match(/Fingerprint/g)).toHaveLength(1);
  await put(para('{content}'));
  const last = await newest(['briefing']);
  expect(last.text.trim().split('\n').at(-1)).toContain(`Fingerprint ${last.one?.fingerprint}`);
  // What is not frozen says so where a template asks.
  await put(para('{content}') + para('Kept as: {fingerprint}'));
  const plain = await owner.get(`/inspections/${id}/briefing/word`);
  expect(wordText(Buffer.from(await plain.arrayBuffer()))).toContain('Kept as: Not frozen');
});

test('who may not write reports freezes none, what is not filled in is said beside it, and another council finds nothing', async () => {
  const before = await frozen();
  expect((await owner.send(page(), { what: 'board-pack', since: '' })).status).toBe(403);
  const wrong = await (await freeze({ what: '', since: '2199-01-01' }))();
  expect(wrong.status).toBe(422);
  const html = await wrong.text();
  expect(html).toContain('<a href="#what">Choose which document is to be frozen');
  expect(html).toContain('<a href="#since">');
  expect((await cli(['frozen', 'add', id, 'briefing', '--as', 'head-of-early-help'], board().environment)).code).toBe(
    1,
  );
  const stranger = await board().signedIn('democratic-services@stockton-on-tees.example.org');
  expect((await stranger.get(`${page()}/${before[0]?.file.sha256}`)).status).toBe(404);
  expect(await frozen()).toEqual(before);
});
