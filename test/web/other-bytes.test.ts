import { expect, test } from 'vitest';
import { boardForAll, type Visitor } from '../support/board.ts';

/** “Café” as old programs save it: no text in UTF-8. */
const LATIN = Buffer.from('Caf\u00e9', 'latin1');

let id = '';
let who: Visitor;
let key = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  who = await rig.signedIn('democratic-services@middlesbrough.example.org');
  key = await who.apiKey();
});

const form = (): string => `/inspections/${id}/do/ask`;
const post = (path: string, body: Uint8Array<ArrayBuffer> | FormData | string, headers: Record<string, string> = {}) =>
  who.request(path, { method: 'POST', body, headers: { Origin: 'http://board.example.org', ...headers } });
const bytes = (...parts: (string | Buffer)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((each) => Buffer.from(each))));

test.each<[string, () => Promise<Response>, number]>([
  ['words of an address', () => who.get('/?q=Caf%E9'), 400],
  ['words of an address of the API', () => withKey('/api/v1/milestones?q=Caf%E9'), 400],
  ['half a character in an address', () => who.get('/?q=%E2%82'), 400],
  [
    'a form, its bytes written as %XX',
    async () =>
      post(form(), `by=x&text=Caf%E9&formToken=${await who.token()}`, {
        'Content-Type': 'application/x-www-form-urlencoded',
      }),
    400,
  ],
  [
    'a form, its bytes as they are',
    async () =>
      post(form(), bytes('by=x&text=', LATIN, `&formToken=${await who.token()}`), {
        'Content-Type': 'application/x-www-form-urlencoded',
      }),
    400,
  ],
  [
    'a form in parts',
    async () =>
      post(
        form(),
        bytes(
          '--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n',
          LATIN,
          `\r\n--b\r\nContent-Disposition: form-data; name="formToken"\r\n\r\n${await who.token()}\r\n--b--\r\n`,
        ),
        { 'Content-Type': 'multipart/form-data; boundary=b' },
      ),
    400,
  ],
  [
    'a file',
    async () => {
      const given = new FormData();
      given.set('formToken', await who.token());
      given.append('file', new File([new Uint8Array(LATIN)], 'cafe.yaml'));
      return post('/start', given);
    },
    422,
  ],
  [
    'JSON',
    () =>
      withKey(`/api/v1/inspections/${id}/ask`, {
        method: 'POST',
        body: bytes('{"by":"x","text":"', LATIN, '"}'),
        headers: { 'Content-Type': 'application/json' },
      }),
    400,
  ],
])('bytes that are no text in UTF-8 are refused, in words: %s', async (_what, send, status) => {
  const before = await asked();
  const answer = await send();
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(/UTF-8|can’t be read/);
  expect(await asked()).toBe(before);
  expect(board().errors).toEqual([]);
});

test('what is text in UTF-8 comes through as it is', async () => {
  const text = 'Caf\u00e9, \u20ac5, \u{1f600}, \u0627\u0644\u0639';
  expect((await who.carryOut(form(), { by: 'A. Member', text })).status).toBe(303);
  expect(await who.text(`/inspections/${id}/questions`)).toContain(text);
  expect((await who.get(`/?q=${encodeURIComponent(text)}`)).status).toBe(200);
});

async function asked(): Promise<number> {
  const entries = await board().register.history('middlesbrough', id.split('/')[1] ?? '');
  return entries.filter((entry) => entry.kind === 'question-asked').length;
}

function withKey(path: string, init: RequestInit = {}): Promise<Response> {
  const given = init.headers as Record<string, string> | undefined;
  return who.request(path, { ...init, headers: { Authorization: `Bearer ${key}`, ...given } });
}
