import { expect, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const FILE = 'examples/middlesbrough-2016.yaml';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const REST = `title: An inspection
authority: middlesbrough
framework: ilacs-2018
fieldwork: { from: 2026-10-05, until: 2026-10-09 }
report: { received: 2026-11-02 }
`;
const MANY = 100;
const WRONG = 2;

let address = '';
let who: Visitor;
let other: Visitor;
const board = boardForAll(async (rig) => {
  await rig.register.board.keepAuthority(loadStart(FILE).facts.authority, new Date().toISOString());
  who = await rig.signedIn(ADMINISTRATOR);
  other = await rig.signedIn('assistant-director@middlesbrough.example.org');
  address = await rig.serve();
});

test('a hundred inspections are started at once, and the page says all the while how far it is', async () => {
  const form = await filled([
    ...Array.from({ length: MANY }, (_, n) => new File([`reference: many-${n}\n${REST}`], `${n}.yaml`)),
    ...Array.from({ length: WRONG }, (_, n) => new File(['reference: no'], `wrong-${n}.yaml`)),
    // Of the same name as one before it, and no text at all.
    new File([`reference: many-0\n${REST}`], 'same.yaml'),
    new File([new Uint8Array([0xff, 0xfe, 0x00])], 'bytes.yaml'),
  ]);
  const headers = cookieOf(who);
  const sent = await post('/start/many', form);
  expect(sent.status).toBe(303);

  // First all that would follow is shown, file by file, and nothing is started.
  const checkPage = await fetch(`${address}${sent.headers.get('Location')}`, { headers });
  const check = await checkPage.text();
  expect(check).toContain(`${MANY + WRONG + 1} of ${MANY + WRONG + 1} done`);
  expect(check).toContain(`${MANY} can be started`);
  expect(check).toContain(`${WRONG + 2} can’t be started`);
  expect(check).toContain('0.yaml is of middlesbrough/many-0 as well');
  expect(check).toContain('It is not text saved as UTF-8');
  expect(check).toContain('Line 1: title: found nothing');
  expect(check).not.toContain('.yaml:1:1');
  expect(check.trimEnd().endsWith('</html>')).toBe(true);
  expect(await who.text('/inspections')).not.toContain('many-0');

  // Nor is one that was wrong started because somebody asks for it.
  expect((await confirm(check, '0 100')).status).toBe(409);
  const confirmed = await confirm(check);
  expect(confirmed.status).toBe(303);
  const job = confirmed.headers.get('Location') ?? '';

  const progress = await fetch(`${address}${job}`, { headers });
  expect(progress.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  const seen: { at: number; done: number }[] = [];
  let html = '';
  for await (const part of progress.body ?? []) {
    html += Buffer.from(part).toString();
    const [, done] = [...html.matchAll(/(\d+) of 100 done/g)].at(-1) ?? [];
    if (done !== undefined) seen.push({ at: performance.now(), done: Number(done) });
  }
  const counts = [...new Set(seen.map((each) => each.done))];
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(counts.length).toBeGreaterThan(MANY / 4);
  expect(counts.at(-1)).toBe(MANY);
  // It came bit by bit, not all at the end.
  expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(500);
  expect(html).toContain(`${MANY} of ${MANY} started`);
  expect(html).not.toContain('wrong-0.yaml');
  expect(html.trimEnd().endsWith('</html>')).toBe(true);

  // Opened again it says the same; nobody else can open it.
  expect(await (await fetch(`${address}${job}`, { headers })).text()).toContain(`${MANY} of ${MANY} started`);
  expect((await fetch(`${address}${job}`, { headers: cookieOf(other) })).status).toBe(404);
  await expect.poll(() => who.text('/inspections'), { timeout: 60_000 }).toContain(`${MANY} inspections`);
  expect(board().errors).toEqual([]);
}, 300_000);

test('other files under a form that was confirmed before are refused in words; the same files are the same work', async () => {
  const page = await who.text('/start/many');
  const action = /action="(\/start\/many\?form=[^"]+)"/.exec(page)?.[1] ?? '';
  expect(action).not.toBe('');
  const send = async (reference: string, name = 'one.yaml') => {
    const sent = await post(action, await filled([new File([`reference: ${reference}\n${REST}`], name)]));
    return (await fetch(`${address}${sent.headers.get('Location')}`, { headers: cookieOf(who) })).text();
  };
  const shown = await send('once');
  const first = await confirm(shown);
  const again = await confirm(shown);
  expect([first.status, again.status]).toEqual([303, 303]);
  expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
  const other = await send('other');
  // What was shown before is no longer what the form holds; and the form has had its effect.
  for (const given of [shown, other]) {
    const refused = await confirm(given);
    expect(refused.status).toBe(409);
    const said = await refused.text();
    expect(said).toContain('This form has been sent already');
    expect(said).toContain('What you have sent now was not');
  }
  // Nothing of it was done.
  const report = await (await fetch(`${address}${first.headers.get('Location')}`, { headers: cookieOf(who) })).text();
  expect(report).toContain('1 of 1 started');
  expect((await fetch(`${address}/inspections/middlesbrough/other`, { headers: cookieOf(who) })).status).toBe(404);
  // One that is there already can't be started again: what files are checked against is what the register has.
  const there = { authorities: ['middlesbrough'], reference: 'once' };
  const onFile = () => board().register.board.inspections(new Date().toISOString(), there, { offset: 0, limit: 1 });
  await expect.poll(async () => (await onFile()).total, { timeout: 60_000 }).toBe(1);
  const once = await post('/start/many', await filled([new File([`reference: once\n${REST}`], 'one.yaml')]));
  const told = await (await fetch(`${address}${once.headers.get('Location')}`, { headers: cookieOf(who) })).text();
  expect(told).toContain('There is, or was, an inspection middlesbrough/once');
}, 300_000);

async function filled(files: readonly File[]): Promise<FormData> {
  const form = new FormData();
  form.set('formToken', await who.token());
  for (const file of files) form.append('files', file);
  return form;
}

const post = (path: string, body: FormData): Promise<Response> =>
  fetch(`${address}${path}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { ...cookieOf(who), Origin: address },
  });

/** Presses the button of a page of checked files. */
async function confirm(html: string, indexes?: string): Promise<Response> {
  const [, action = ''] = /action="(\/start\/many\/confirm[^"]+)"/.exec(html) ?? [];
  const [, shown = ''] = /name="shown" value="([^"]+)"/.exec(html) ?? [];
  const [, good = ''] = /name="good" value="([^"]+)"/.exec(html) ?? [];
  const form = await filled([]);
  form.set('shown', shown);
  form.set('good', indexes ?? good);
  return post(action, form);
}

function cookieOf(visitor: Visitor): { Cookie: string } {
  return { Cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}
