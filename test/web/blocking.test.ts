import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { NEVER_ENDING } from '../files/never-ending.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { keptWaiting } from '../support/kept-waiting.ts';
import { workersToKill } from '../support/worker-process.ts';

/** How long nothing that is uploaded may keep another request waiting. */
const MAX_MS = 200;
/** This machine may be busy with something else just then, again and again; a text that blocks does so each time. */
const TRIES = 4;
const KIB = 1024;

let who: Visitor;
let key = '';
const ends: (() => Promise<void>)[] = [];
const board = boardForAll(async (rig) => {
  // The worker apart, as it is delivered: what it does for an inspection is not what keeps the pages' process busy.
  await rig.withoutWorker();
  const work = await workersToKill(rig, (end) => ends.unshift(end));
  await work();
  await rig.start('examples/middlesbrough-2016.yaml');
  who = await rig.signedIn('democratic-services@middlesbrough.example.org');
  key = await who.apiKey();
});

afterAll(async () => {
  for (const end of ends) await end();
});

// The thread that reads uploads is there, and has loaded what it needs.
beforeAll(async () => {
  await who.send('/start', { text: 'reference: 1' });
}, 300_000);

const ACTIONS = 1500;
const file = readFileSync(join(packageRoot(), 'examples/middlesbrough-2016.yaml'), 'utf8');
const large = (): string => {
  const [before = ''] = file.split(/^actions:/m);
  const actions = Array.from(
    { length: ACTIONS },
    (_, n) => `  - { id: a${n}, title: Action ${n}, theme: so-1, due: { n: 6, unit: month } }`,
  );
  return `${before.replace('reference: 2016', 'reference: large')}actions:\n${actions.join('\n')}\n`;
};

const UPLOADS: [what: string, text: () => string][] = [
  ...NEVER_ENDING.filter(([, text]) => text().length < 250 * KIB).map(([what, text]): [string, () => string] => [
    what,
    text,
  ]),
  ['an inspection of 1,500 actions', large],
];

describe.each<[string, (text: string) => Promise<Response>]>([
  ['pasted', async (text) => followed(await who.send('/start', { text }))],
  ['as a file', (text) => uploaded('/start', 'file', text)],
  ['as one of many', (text) => uploaded('/start/many', 'files', text)],
  ['confirmed', async (text) => who.send('/start/confirm', { text: text.replace('theme: so-1', 'theme: none') })],
  [
    'by the API',
    (text) =>
      who.request('/api/v1/inspections', {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ file: text }),
      }),
  ],
])('a text made to keep its reader busy, %s', (_how, send) => {
  test.each(UPLOADS)('%s: keeps no other request waiting', async (_what, text) => {
    const given = text();
    expect(await blocked(() => send(given))).toBeLessThan(MAX_MS);
    expect(board().errors).toEqual([]);
  });
});

const FIELDS = 60_000;
const urlencoded = (path: string, line: (n: number) => string) => async () =>
  who.request(path, {
    method: 'POST',
    body: `formToken=${await who.token()}&${Array.from({ length: FIELDS }, (_, n) => line(n)).join('&')}`.slice(
      0,
      250 * KIB,
    ),
    headers: { Origin: 'http://board.example.org', 'Content-Type': 'application/x-www-form-urlencoded' },
  });
const parts = (path: string, n: number) => async () =>
  who.request(path, {
    method: 'POST',
    body: `${`--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nx\r\n`.repeat(n)}--b--\r\n`,
    headers: { Origin: 'http://board.example.org', 'Content-Type': 'multipart/form-data; boundary=b' },
  });

test.each<[string, () => Promise<Response>]>([
  ['a field given 60,000 times', urlencoded('/feeds', () => 'a=')],
  ['60,000 fields', urlencoded('/api', (n) => n.toString(36))],
  ['60,000 fields, of nobody who has signed in', urlencoded('/sign-in', (n) => n.toString(36))],
  ['3,000 files', parts('/start', 3000)],
  ['100,000 files', parts('/start/many', 100_000)],
])('a form of very many parts is refused before it is parsed: %s', async (_what, send) => {
  expect((await send()).status).toBe(413);
  expect(await blocked(send)).toBeLessThan(MAX_MS);
});

test('many at once keep nobody waiting either', async () => {
  const text = NEVER_ENDING[0]?.[1]() ?? '';
  let least = Infinity;
  for (let turn = 0; turn < TRIES && least > MAX_MS; turn++) {
    const sent = Promise.all(Array.from({ length: 6 }, () => uploaded('/start', 'file', text)));
    let longest = 0;
    const over = new AbortController();
    void sent.finally(() => over.abort());
    while (!over.signal.aborted) {
      const begun = performance.now();
      expect((await who.get('/healthz')).status).toBe(200);
      longest = Math.max(longest, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const answer of await sent) expect(answer.status).toBe(422);
    least = Math.min(least, longest);
  }
  expect(least).toBeLessThan(MAX_MS);
});

/** How long this process answered nobody while something was sent, in milliseconds: the least of several tries. */
async function blocked(send: () => Promise<Response>): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < TRIES && least > MAX_MS; turn++) {
    const waited = await keptWaiting(async () => {
      const answer = await send();
      const said = await answer.text();
      // A worker that is slow to put a large inspection on record is no failure of the pages.
      if (answer.status === 503) expect(said).toContain('It is started');
      else expect(answer.status).toBeLessThan(500);
    });
    least = Math.min(least, waited);
  }
  return least;
}

async function uploaded(path: string, name: string, text: string): Promise<Response> {
  const form = new FormData();
  form.set('formToken', await who.token());
  form.append(name, new File([text], 'inspection.yaml'));
  return followed(await who.post(path, form));
}

/** The page of what follows; that of a job, which ends with it. */
const followed = async (answer: Response): Promise<Response> =>
  answer.status === 303 ? who.get(answer.headers.get('Location') ?? '') : answer;
