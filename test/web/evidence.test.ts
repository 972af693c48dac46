import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { PDF } from '../support/evidence-files.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const DUTY = 'plan-submission/written-action-plan';
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

let id: InspectionRef = 'none/none';
let administrator: Visitor;
let member: Visitor;
let stranger: Visitor;
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  await rig.start('examples/stockton-on-tees-2010.yaml');
  administrator = await rig.signedIn(ADMINISTRATOR);
  member = await rig.signedIn('lead-member@middlesbrough.example.org');
  stranger = await rig.signedIn('democratic-services@stockton-on-tees.example.org');
});

const page = () => `/inspections/${id}/milestones/${DUTY}`;
const fileOf = (content: Buffer, name: string) => new File([new Uint8Array(content)], name);

/** Opens the form as somebody does, and sends it. */
async function give(fields: Record<string, string | File>, visitor = administrator, token?: string): Promise<Response> {
  const html = await visitor.text(`${page()}/addEvidence`);
  const [, action = ''] = /<form method="post" action="([^"]+)" enctype/.exec(html) ?? [];
  const form = new FormData();
  form.set('formToken', token ?? (await visitor.token()));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return visitor.post(action.replaceAll('&amp;', '&'), form);
}

describe('evidence on the pages', () => {
  test('a file is added to a duty, stands on its page, and is had again: saved, not shown, and running nowhere', async () => {
    const sent = await give({ title: 'The plan, as sent', note: 'Two pages', file: fileOf(PDF, 'plan “final”.pdf') });
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${page()}?done=addEvidence`]);
    const html = await administrator.text(`${page()}?done=addEvidence`);
    expect(html).toContain('The evidence is on record.');
    expect(html).toContain(`href="/inspections/${id}/evidence/${sha256(PDF)}"`);
    // Whoever may see the inspection may see it.
    const had = await member.get(`/inspections/${id}/evidence/${sha256(PDF)}`);
    expect(Buffer.from(await had.arrayBuffer()).equals(PDF)).toBe(true);
    expect(Object.fromEntries(had.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="plan _final_.pdf"; filename*=UTF-8''plan%20%E2%80%9Cfinal%E2%80%9D.pdf`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'; sandbox/) as string,
    });
    expect((await stranger.get(`/inspections/${id}/evidence/${sha256(PDF)}`)).status).toBe(404);
    expect(await member.text(page())).not.toContain('/addEvidence');
  });

  test('one form, one effect: pressed twice it is added once', async () => {
    const html = await administrator.text(`${page()}/addEvidence`);
    const [, action = ''] = /<form method="post" action="([^"]+)" enctype/.exec(html) ?? [];
    const press = async () => {
      const form = new FormData();
      form.set('formToken', await administrator.token());
      form.set('link', 'https://anyborough.example.org/minutes');
      return administrator.post(action.replaceAll('&amp;', '&'), form);
    };
    const answers = [await press(), await press()];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const [authority = '', reference = ''] = id.split('/');
    const given = await board().register.evidence.of({ authority, reference });
    expect(given.filter(({ link }) => link === 'https://anyborough.example.org/minutes')).toHaveLength(1);
  });

  test.each<[string, Record<string, string | File>, RegExp]>([
    ['nothing', {}, /Choose a file, or give a link/],
    ['both', { link: 'x', file: fileOf(PDF, 'a.pdf') }, /Give a file or a link, not both/],
    ['a page that runs', { file: fileOf(Buffer.from('<html><script>'), 'a.html') }, /can&#39;t be kept as evidence/],
    ['a name that is another kind’s', { file: fileOf(Buffer.from('x'), 'a.pdf') }, /what is in it is plain text/],
    ['hostile words', { link: 'x\u202ey', title: '<script>alert(1)</script>' }, /every character can be seen/],
    ['what is no link', { link: 'minutes of May' }, /href="#link">Link must be a web address that begins with/],
    ['a link that runs', { link: 'javascript:alert(1)' }, /id="link-error" class="govuk-error-message"/],
    [
      'a file beside its field',
      { file: fileOf(Buffer.from('x'), 'b.pdf') },
      /id="file-error" class="govuk-error-message"/,
    ],
    ['what is there', { file: fileOf(PDF, 'again.pdf') }, /That is there already/],
  ])('%s is refused, in words, and nothing of what was typed is lost', async (_what, fields, sentence) => {
    const answer = await give(fields);
    const html = await answer.text();
    expect([answer.status, html]).toEqual([422, expect.stringMatching(sentence)]);
    expect(html).not.toContain('<script>');
  });

  test('a file that was refused was given all the same; what is too long is said as any form says it', async () => {
    const refused = await (await give({ file: fileOf(Buffer.from('x'), 'a.pdf') })).text();
    expect(refused).not.toContain('Choose a file');
    const long = await (await give({ file: fileOf(PDF, 'c.pdf'), note: 'x'.repeat(1001) })).text();
    expect(long).toContain('Note: it has 1,001 characters; shorten it to 1,000 or fewer');
    expect(long).toContain('Note (optional)');
  });

  test('another session’s form, a body that is none, and one that is too long are refused', async () => {
    expect((await give({ link: 'x' }, administrator, 'forged')).status).toBe(403);
    const to = `${page()}/addEvidence`;
    const torn = { 'Content-Type': 'multipart/form-data; boundary=b', Origin: 'http://board.example.org' };
    expect((await administrator.request(to, { method: 'POST', body: '--b\r\ntorn', headers: torn })).status).toBe(400);
    const long = { ...torn, 'Content-Length': '30000000' };
    expect((await administrator.request(to, { method: 'POST', body: 'x', headers: long })).status).toBe(413);
    expect(board().errors).toEqual([]);
  });
});

describe('evidence for programs', () => {
  const notes = Buffer.from('All cases were read.\n');
  test('is sent, named, listed and had again', async () => {
    const key = { Authorization: `Bearer ${await administrator.apiKey()}` };
    const at = `/api/v1/inspections/${id}`;
    const octets = { ...key, 'Content-Type': 'application/octet-stream' };
    const put = (name: string, body: Buffer) =>
      administrator.request(`${at}/evidence?milestone=${DUTY}&name=${name}`, {
        method: 'PUT',
        body: new Uint8Array(body),
        headers: octets,
      });
    const kept = await put('notes.txt', notes);
    const file = (await kept.json()) as object;
    expect([kept.status, file]).toEqual([
      200,
      { sha256: sha256(notes), name: 'notes.txt', bytes: notes.length, type: 'text/plain' },
    ]);
    const add = (body: object) =>
      administrator.request(`${at}/addEvidence`, {
        method: 'POST',
        body: JSON.stringify({ milestone: DUTY, title: 'Notes', ...body }),
        headers: { ...key, 'Content-Type': 'application/json' },
      });
    for (const [wrong, sentence] of [
      [{ ...file, sha256: '0'.repeat(64) }, /has been sent yet: send it first/],
      [{ ...file, bytes: 1 }, /That file is text\/plain, of 21 bytes/],
      [{ ...file, name: 'notes.pdf' }, /ends in .pdf, but what is in it is plain text/],
    ] as const) {
      const answer = await add(wrong);
      expect([answer.status, await answer.text()]).toEqual([422, expect.stringMatching(sentence)]);
    }
    expect((await add(file)).status).toBe(200);
    const { items } = (await (
      await administrator.request(`${at}/evidence?milestone=${DUTY}`, { headers: key })
    ).json()) as {
      items: { title: string; file: object | null }[];
    };
    expect(items.find(({ title }) => title === 'Notes')?.file).toEqual(file);
    const had = await administrator.request(`${at}/evidence/${sha256(notes)}`, { headers: key });
    expect(await had.text()).toBe(notes.toString());
    expect(had.headers.get('Content-Disposition')).toMatch(/^attachment; /);
    // Who may not add any is told so before what they send is looked at.
    const read = { Authorization: `Bearer ${await member.apiKey()}`, 'Content-Type': 'application/octet-stream' };
    const sent = { method: 'PUT', body: 'x', headers: read };
    expect((await member.request(`${at}/evidence?milestone=${DUTY}&name=a.txt`, sent)).status).toBe(403);
    const outside = { ...read, Authorization: `Bearer ${await stranger.apiKey()}` };
    expect(
      (await stranger.request(`${at}/evidence?milestone=${DUTY}&name=a.txt`, { ...sent, headers: outside })).status,
    ).toBe(404);
    expect((await put('a.exe', Buffer.from('MZ\u0000'))).status).toBe(422);
    expect((await board().register.verify('middlesbrough'))[0]?.ok).toBe(true);
  });
});
