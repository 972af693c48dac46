import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { payloadCodec } from '../../platform/encryption/payload-codec.ts';
import { keysNamed } from '../encryption/support.ts';
import { boardForAll, boardRig, Visitor } from '../support/board.ts';

/** Who asks. The stranger administers another council. */
const ROLES = {
  nobody: undefined,
  owner: 'head-of-early-help@middlesbrough.example.org',
  member: 'lead-member@middlesbrough.example.org',
  manager: 'assistant-director@middlesbrough.example.org',
  administrator: 'democratic-services@middlesbrough.example.org',
  stranger: 'democratic-services@stockton-on-tees.example.org',
} as const;
type Role = keyof typeof ROLES;

const UI = 'https://temporal.example.org';
const SECRET = 'Inspection of services, in confidence';
const codec = payloadCodec(keysNamed('a'));
const visitors = new Map<Role, Visitor>();
const keys = new Map<Role, string>();

const board = boardForAll(
  async (rig) => {
    await rig.start('examples/middlesbrough-2016.yaml');
    await rig.start('examples/stockton-on-tees-2010.yaml');
    for (const [role, email] of Object.entries(ROLES) as [Role, string | undefined][]) {
      if (email === undefined) visitors.set(role, rig.visitor());
      else {
        const visitor = await rig.signedIn(email);
        visitors.set(role, visitor);
        keys.set(role, await visitor.apiKey());
      }
    }
  },
  { codec: { payloads: codec, origin: UI } },
);

const MINE = 'inspection/middlesbrough/2016';
const THEIRS = 'inspection/stockton-on-tees/2010';

describe('who may have payloads read', () => {
  test.each<[Role, number]>([
    ['nobody', 401],
    ['owner', 403],
    ['member', 403],
    ['manager', 403],
    ['administrator', 200],
    ['stranger', 403],
  ])('of Middlesbrough: %s %i, by key and by session', async (role, status) => {
    const body = { payloads: [await sealed(MINE)] };
    for (const answer of [await byKey(role, body), await bySession(role, body)]) {
      expect(answer.status).toBe(status);
      const text = await answer.text();
      if (status === 200) expect(secretsIn(text)).toEqual([SECRET]);
      else expect(text).not.toMatch(/confidence|data/);
      expect(answer.headers.get('Content-Type')).toMatch(status === 200 ? /^application\/json/ : /problem\+json/);
    }
  });

  test('one of another council among one’s own refuses all; of no council in particular, it takes those who administer all', async () => {
    expect((await byKey('stranger', { payloads: [await sealed(THEIRS)] })).status).toBe(200);
    expect((await byKey('administrator', { payloads: [await sealed(MINE), await sealed(THEIRS)] })).status).toBe(403);
    expect((await byKey('administrator', { payloads: [await sealed('calendar-watch')] })).status).toBe(403);
  });

  test('an authority written over another’s is no way in', async () => {
    const stolen = await sealed(THEIRS);
    const relabelled = { ...stolen, metadata: { ...stolen.metadata, 'encryption-authority': base64('middlesbrough') } };
    const answer = await byKey('administrator', { payloads: [relabelled] });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('was altered since');
    const { 'encryption-authority': _gone, ...metadata } = stolen.metadata;
    expect((await byKey('administrator', { payloads: [{ ...stolen, metadata }] })).status).toBe(403);
  });

  test('a key that is made up, or a feed’s, opens nothing', async () => {
    for (const key of ['x'.repeat(43), `${keys.get('administrator')?.slice(0, -1)}_`])
      expect((await post({ payloads: [] }, { Authorization: `Bearer ${key}` })).status).toBe(401);
  });
});

test('who administers every council reads what is of none', async () => {
  const rig = await boardRig(undefined, { codec: { payloads: codec, origin: undefined } });
  await rig.start('examples/middlesbrough-2016.yaml');
  const only = await rig.signedIn(ROLES.administrator);
  const headers = { Authorization: `Bearer ${await only.apiKey()}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ payloads: [await sealed('calendar-watch')] });
  const answer = await rig.visitor().request('/codec/decode', { method: 'POST', body, headers });
  expect(answer.status).toBe(200);
  expect(secretsIn(await answer.text())).toEqual([SECRET]);
});

describe('from where', () => {
  test('Temporal’s pages, where they are set, are told that they may ask, with the session’s cookie', async () => {
    const asks = {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-namespace',
    };
    const preflight = (origin: string) =>
      new Visitor(board().app).request('/codec/decode', { method: 'OPTIONS', headers: { Origin: origin, ...asks } });
    const may = await preflight(UI);
    expect(may.status).toBe(204);
    expect(may.headers.get('Access-Control-Allow-Origin')).toBe(UI);
    expect(may.headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(may.headers.get('Access-Control-Allow-Methods')).toBe('POST');
    expect(may.headers.get('Access-Control-Allow-Headers')).toBe('Authorization,Content-Type,X-Namespace');
    for (const other of ['https://elsewhere.example.org', `${UI}.example.org`, 'null', 'http://temporal.example.org'])
      expect((await preflight(other)).headers.get('Access-Control-Allow-Origin')).toBeNull();
    const answer = await bySession('administrator', { payloads: [await sealed(MINE)] });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(UI);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  test('the session of a browser is no good from any other page', async () => {
    const body = { payloads: [await sealed(MINE)] };
    for (const origin of ['https://elsewhere.example.org', 'null', null]) {
      const answer = await bySession('administrator', body, origin);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect(await answer.text()).not.toContain('data');
    }
  });
});

describe('what is asked', () => {
  test('what was never encrypted, and what has no data, comes back as it was', async () => {
    const clear = { metadata: { encoding: base64('json/plain') }, data: base64('"some text"') };
    const nothing = { metadata: { encoding: base64('binary/null') } };
    const answer = await byKey('administrator', { payloads: [clear, nothing] });
    expect(await answer.json()).toEqual({ payloads: [clear, { ...nothing, data: '' }] });
  });

  test('an unknown key is named', async () => {
    const [payload] = await payloadCodec(keysNamed('new')).encode([json(SECRET)], at(MINE));
    const answer = await byKey('administrator', { payloads: [asJson(payload ?? {})] });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { detail: string }).detail).toContain('encrypted with the key "new"');
  });

  test.each<[string, string, string, number]>([
    ['no JSON', '{', 'application/json', 422],
    ['nothing', '', 'application/json', 422],
    ['a list', '[]', 'application/json', 422],
    ['no base64', '{"payloads":[{"data":"*"}]}', 'application/json', 422],
    ['a form', 'payloads=1', 'application/x-www-form-urlencoded', 415],
    ['JSON that says it is text, as another site may send it', '{"payloads":[]}', 'text/plain', 415],
  ])('%s is refused', async (_what, body, type, status) => {
    const answer = await byKey('administrator', body, type);
    expect(answer.status).toBe(status);
    expect(board().errors).toEqual([]);
  });

  test('a long history fits; more than Temporal ever sends does not', async () => {
    const payload = await sealed(MINE);
    const of = (bytes: number) => ({ payloads: [payload, { metadata: {}, data: 'A'.repeat(bytes) }] });
    expect((await byKey('administrator', of(5.5 * 2 ** 20))).status).toBe(200);
    expect((await byKey('administrator', of(6 * 2 ** 20))).status).toBe(413);
  });

  test('little that unfolds to very much is not unfolded', async () => {
    const large = { metadata: { encoding: Buffer.from('binary/plain') }, data: Buffer.alloc(9 * 2 ** 20) };
    const [payload] = await codec.encode([large], at(MINE));
    const one = asJson(payload ?? {});
    expect((await byKey('administrator', { payloads: [one] })).status).toBe(200);
    expect((await byKey('administrator', { payloads: [one, one, one, one] })).status).toBe(413);
  });

  test('it only decodes, and only by POST', async () => {
    const get = await new Visitor(board().app).request('/codec/decode');
    expect([get.status, get.headers.get('Allow')]).toEqual([405, 'POST']);
    const headers = { Authorization: `Bearer ${keys.get('administrator')}`, 'Content-Type': 'application/json' };
    const encode = await new Visitor(board().app).request('/codec/encode', {
      method: 'POST',
      body: '{"payloads":[]}',
      headers,
    });
    expect(encode.status).toBe(404);
  });
});

test('where payloads are not encrypted there is no codec', async () => {
  const rig = await boardRig();
  const answer = await rig.visitor().request('/codec/decode', { method: 'POST', body: '{"payloads":[]}' });
  expect(answer.status).toBe(404);
});

type JsonPayload = { metadata: Record<string, string>; data: string };

const json = (value: string): Payload => defaultPayloadConverter.toPayload(value);
const at = (workflowId: string) => ({ type: 'workflow' as const, namespace: 'x', workflowId });
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

function asJson({ metadata, data }: Payload): JsonPayload {
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(named), data: base64(data ?? '') };
}

async function sealed(workflowId: string): Promise<JsonPayload> {
  const [payload] = await codec.encode([json(SECRET)], at(workflowId));
  return asJson(payload ?? {});
}

function secretsIn(answer: string): unknown[] {
  const { payloads } = JSON.parse(answer) as { payloads: JsonPayload[] };
  return payloads.map(({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()) as unknown);
}

function byKey(role: Role, body: object | string, type = 'application/json'): Promise<Response> {
  const key = keys.get(role);
  return post(body, key === undefined ? {} : { Authorization: `Bearer ${key}` }, new Visitor(board().app), type);
}

/** @param origin of the page that asks; null where the browser names none */
function bySession(role: Role, body: object, origin: string | null = UI): Promise<Response> {
  return post(body, origin === null ? {} : { Origin: origin }, visitors.get(role));
}

function post(
  body: object | string,
  headers: Record<string, string>,
  visitor = new Visitor(board().app),
  type = 'application/json',
): Promise<Response> {
  return visitor.request('/codec/decode', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': type, 'X-Namespace': 'default', ...headers },
  });
}
