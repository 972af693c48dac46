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
  const form = new FormData();
  form.set('formToken', await who.token());
  for (let n = 0; n < MANY; n++) form.append('files', new File([`reference: many-${n}\n${REST}`], `${n}.yaml`));
  for (let n = 0; n < WRONG; n++) form.append('files', new File(['reference: no'], `wrong-${n}.yaml`));
  const headers = cookieOf(who);
  const sent = await fetch(`${address}/start/many`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { ...headers, Origin: address },
  });
  expect(sent.status).toBe(303);
  const job = sent.headers.get('Location') ?? '';

  const progress = await fetch(`${address}${job}`, { headers });
  expect(progress.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  const seen: { at: number; done: number }[] = [];
  let html = '';
  for await (const part of progress.body ?? []) {
    html += Buffer.from(part).toString();
    const [, done] = [...html.matchAll(/(\d+) of 102 done/g)].at(-1) ?? [];
    if (done !== undefined) seen.push({ at: performance.now(), done: Number(done) });
  }
  const counts = [...new Set(seen.map((each) => each.done))];
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(counts.length).toBeGreaterThan(MANY / 4);
  expect(counts.at(-1)).toBe(MANY + WRONG);
  // It came bit by bit, not all at the end.
  expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(500);
  expect(html).toContain(`${MANY} of ${MANY + WRONG} started`);
  expect(html).toContain('wrong-0.yaml');
  expect(html.trimEnd().endsWith('</html>')).toBe(true);

  // Opened again it says the same; nobody else can open it.
  expect(await (await fetch(`${address}${job}`, { headers })).text()).toContain(`${MANY} of ${MANY + WRONG} started`);
  expect((await fetch(`${address}${job}`, { headers: cookieOf(other) })).status).toBe(404);
  await expect.poll(() => who.text('/inspections'), { timeout: 60_000 }).toContain(`${MANY} inspections`);
  expect(board().errors).toEqual([]);
}, 120_000);

test('other files under a form that was sent before are refused in words; the same files are the same work', async () => {
  const page = await who.text('/start/many');
  const action = /action="(\/start\/many\?form=[^"]+)"/.exec(page)?.[1] ?? '';
  expect(action).not.toBe('');
  const send = async (reference: string, name = 'one.yaml') => {
    const form = new FormData();
    form.set('formToken', await who.token());
    form.append('files', new File([`reference: ${reference}\n${REST}`], name));
    return fetch(`${address}${action}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { ...cookieOf(who), Origin: address },
    });
  };
  const first = await send('once');
  const again = await send('once');
  expect([first.status, again.status]).toEqual([303, 303]);
  expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
  for (const [reference, name] of [
    ['other', 'one.yaml'],
    ['once', 'two.yaml'],
  ] as const) {
    const refused = await send(reference, name);
    expect(refused.status).toBe(409);
    const said = await refused.text();
    expect(said).toContain('This form has been sent already');
    expect(said).toContain('What you have sent now was not');
  }
  // Nothing of it was done.
  const report = await (await fetch(`${address}${first.headers.get('Location')}`, { headers: cookieOf(who) })).text();
  expect(report).toContain('1 of 1 started');
  expect((await fetch(`${address}/inspections/middlesbrough/other`, { headers: cookieOf(who) })).status).toBe(404);
}, 60_000);

function cookieOf(visitor: Visitor): { Cookie: string } {
  return { Cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}
