import { Validator } from '@seriousme/openapi-schema-validator';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { milestone as milestoneSchema } from '../../client/web/api/schemas.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { boardForAll, Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const API = '/api/v1';

let id = '';
let key = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  key = await (await rig.signedIn(ADMINISTRATOR)).apiKey();
});

interface Listed {
  items: { milestone: string; due: string; standing: string; workingDaysLate: number }[];
  total: number;
  page: number;
  perPage: number;
}

describe('lists', () => {
  test('pages of a list put together are the whole list, each once, and link to one another', async () => {
    const whole = await json<Listed>(`${API}/milestones?status=all&perPage=200`);
    expect(whole.items).toHaveLength(Math.min(200, whole.total));
    const seen: string[] = [];
    let next: string | undefined = `${API}/milestones?status=all&perPage=60`;
    while (next !== undefined) {
      const answer = await get(next);
      const { items, total } = (await answer.json()) as Listed;
      expect(total).toBe(whole.total);
      seen.push(...items.map((each) => each.milestone));
      next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('Link') ?? '')?.[1];
    }
    expect(seen.slice(0, 200)).toEqual(whole.items.map((each) => each.milestone));
    expect(new Set(seen).size).toBe(whole.total);
  });

  test('each milestone is what the description says of one: no field more, none less', async () => {
    const { items } = await json<Listed>(`${API}/milestones?status=all&perPage=200`);
    for (const item of items) milestoneSchema.strict().parse(item);
    expect(items.length).toBeGreaterThan(10);
  });

  test('overdue is what is asked for where nothing is; the longest late first', async () => {
    const { items } = await json<Listed>(`${API}/milestones`);
    expect(items.length).toBeGreaterThan(10);
    expect(new Set(items.map((each) => each.standing))).toEqual(new Set(['overdue']));
    expect(items.map((each) => each.due)).toEqual(items.map((each) => each.due).sort());
    expect(items.every((each) => each.workingDaysLate > 0)).toBe(true);
  });

  test.each([
    '?page=0',
    '?page=x',
    '?perPage=201',
    '?status=late',
    '?strand=none',
    '?owner=Not%20A%20Slug',
    '?q=%00',
    '?page=1.5',
    '?page=1&page=2',
    '?colour=red',
  ])('what makes no sense in %s is refused by name, 422', async (query) => {
    const answer = await get(`${API}/milestones${query}`);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    const problem = (await answer.json()) as { status: number; detail: string; type: string; title: string };
    expect(problem).toMatchObject({ status: 422, type: 'about:blank', title: 'What was asked makes no sense' });
    expect(problem.detail).toMatch(
      /^"(page|perPage|status|strand|owner|q|colour)" (must be|can’t be used|is not known)/,
    );
    // In words: nothing that only whoever wrote this would understand.
    expect(problem.detail).not.toMatch(/invalid|NaN|regex|pattern|expected|undefined|\/\^/i);
  });

  test('an answer that has not changed is not sent twice: ETag and 304', async () => {
    const first = await get(`${API}/inspections/${id}`);
    const tag = first.headers.get('ETag') ?? '';
    expect(tag).not.toBe('');
    const again = await get(`${API}/inspections/${id}`, { 'If-None-Match': tag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    const other = await get(`${API}/inspections/${id}`, { 'If-None-Match': '"another"' });
    expect(other.status).toBe(200);
  });
});

describe('a plan', () => {
  interface Plan {
    revision: number;
    present: number;
    plan: { actions: { id: string; title: string; due: unknown }[] };
    withdrawn: { id: string }[];
  }
  const path = () => `${API}/inspections/${id}/plan`;

  test('is read, revised by what is to be different, and read as it was', async () => {
    const { plan, revision } = await json<Plan>(path());
    const [first, second] = plan.actions;
    if (first === undefined || second === undefined) throw new Error('there is no plan');
    const edits = [
      { kind: 'put', what: 'action', item: { ...first, title: 'Another title' } },
      { kind: 'withdraw', what: 'action', id: second.id },
    ];
    const reason = 'the board of today';
    const revise = (more: object) => post(`${API}/inspections/${id}/revise`, { edits, reason, ...more });
    expect((await revise({ expect: revision })).status).toBe(200);
    const late = await revise({ expect: revision });
    expect([late.status, await late.json()]).toEqual([
      422,
      expect.objectContaining({
        code: 'wrong-revision',
        detail: expect.stringContaining('Somebody else has revised the plan') as string,
      }),
    ]);
    const after = await json<Plan>(path());
    expect([after.revision, after.plan.actions[0]?.title, after.withdrawn.map((each) => each.id)]).toEqual([
      revision + 1,
      'Another title',
      [second.id],
    ]);
    const before = await json<Plan>(`${path()}?revision=${revision}`);
    expect(before.plan.actions.find((each) => each.id === first.id)?.title).toBe(first.title);
    expect(before.plan.actions.map((each) => each.id)).toContain(second.id);
    expect((await get(`${path()}?revision=99`)).status).toBe(404);
    const { items } = await json<{ items: { revision: number; reason: string; changes: unknown[] }[] }>(
      `${path()}/revisions`,
    );
    expect(items).toMatchObject([{ revision: revision + 1, reason, changes: [{}, {}] }]);
  });

  test('what can’t be is refused by its place, or by the lifecycle in words', async () => {
    const revise = (edits: unknown[]) => post(`${API}/inspections/${id}/revise`, { edits, reason: 'x' });
    const wrong = await revise([{ kind: 'put', what: 'action', item: { id: 'A 1' } }]);
    expect(wrong.status).toBe(422);
    const refused = await revise([{ kind: 'withdraw', what: 'action', id: 'nothing' }]);
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining('Action nothing: there is none of this name in the plan'),
    ]);
  });
});

describe('writes', () => {
  test('the same write under the same key is carried out once; its answer is the same', async () => {
    const path = `${API}/inspections/${id}/ask`;
    const body = { by: 'A member', text: 'How many posts are filled?' };
    const idempotency = { 'Idempotency-Key': randomBytes(8).toString('hex') };
    const answers = [];
    for (let turn = 0; turn < 3; turn++) answers.push(await post(path, body, idempotency));
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200]);
    const said = await Promise.all(answers.map((each) => each.json()));
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
    expect(await asked()).toBe(1);

    const other = await post(path, { ...body, text: 'Another question?' }, idempotency);
    expect(other.status).toBe(422);
    expect(await asked()).toBe(1);
  });

  test('five at the same moment under one key are carried out once', async () => {
    const before = await asked();
    const idempotency = { 'Idempotency-Key': randomBytes(8).toString('hex') };
    const body = { by: 'A member', text: 'Who chairs the board?' };
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => post(`${API}/inspections/${id}/ask`, body, idempotency)),
    );
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 200, 200]);
    expect(await asked()).toBe(before + 1);
  });

  test('without a key each is carried out', async () => {
    const before = await asked();
    for (let turn = 0; turn < 2; turn++)
      expect((await post(`${API}/inspections/${id}/ask`, { by: 'A member', text: 'Again?' })).status).toBe(200);
    expect(await asked()).toBe(before + 2);
  });

  test('a date on a day off is taken, and remarked on beside the answer', async () => {
    const christmas = `${new Date().getUTCFullYear() + 1}-12-25`;
    const answer = await post(`${API}/inspections/${id}/openRound`, { by: christmas, title: 'the board' });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ remarks: [expect.stringContaining('is no working day (')] }),
    ]);
    const other = await post(`${API}/inspections/${id}/ask`, { by: 'A member', text: 'And on a working day?' });
    expect(await other.json()).toMatchObject({ remarks: [] });
  });

  test('the workflow’s refusal comes in its own words', async () => {
    const answer = await post(`${API}/inspections/${id}/extend`, {
      milestone: 'plan-submission/written-action-plan',
      to: '2030-01-07',
      reason: 'more time',
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'statutory-date', title: 'The inspection refused this' });
  });

  test('and names the field of which it speaks, where it speaks of one', async () => {
    const refused = async (command: string, payload: object) =>
      (await post(`${API}/inspections/${id}/${command}`, payload)).json();
    const milestone = 'improvement-actions/supervision-standard';
    const [detail] = [expect.stringContaining('is in the future') as string];
    expect(await refused('complete', { milestone, on: '2030-01-07' })).toMatchObject({
      ...{ code: 'wrong-date', detail, errors: [{ detail, pointer: '#/on' }] },
    });
    const alone = await refused('extend', {
      milestone: 'plan-submission/written-action-plan',
      to: '2030-01-07',
      reason: 'x',
    });
    expect(alone).not.toHaveProperty('errors');
  });

  test.each([
    ['not JSON', '{', 'application/json', 400],
    ['another kind of body', '<xml/>', 'text/xml', 415],
    ['no body', '', 'application/json', 400],
    ['a field too many', '{"by":"x","text":"x","admin":true}', 'application/json', 422],
    ['a field too few', '{"by":"x"}', 'application/json', 422],
    ['a prototype', '{"__proto__":{"by":"x"},"text":"x"}', 'application/json', 422],
    ['a NUL', '{"by":"x\\u0000","text":"x"}', 'application/json', 422],
    ['half a character', '{"by":"x","text":"\\ud800"}', 'application/json', 422],
    ['an array', '[]', 'application/json', 422],
    ['null', 'null', 'application/json', 422],
  ])('%s is a problem of its sender’s', async (_what, body, type, status) => {
    const answer = await request(`${API}/inspections/${id}/ask`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(board().errors).toEqual([]);
  });

  test('an inspection is started from its file, and is there at once; twice is refused', async () => {
    const reference = `api-${Date.now().toString(36)}`;
    const file = readFileSync(join(packageRoot(), 'examples/middlesbrough-2016.yaml'), 'utf8').replace(
      'reference: 2016',
      `reference: ${reference}`,
    );
    const answer = await post(`${API}/inspections`, { file });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ authority: 'middlesbrough', reference, status: 'open' });
    expect((await get(`${API}/inspections/middlesbrough/${reference}`)).status).toBe(200);
    expect((await post(`${API}/inspections`, { file })).status).toBe(409);
    const wrong = await post(`${API}/inspections`, { file: file.replace('framework: sif-2013', 'framework: none') });
    expect(wrong.status).toBe(422);
    expect(((await wrong.json()) as { detail: string }).detail).toContain('framework');
  });
});

describe('keys', () => {
  test('a key that is made up, revoked, or a feed’s, opens nothing', async () => {
    const visitor = await board().signedIn('lead-member@middlesbrough.example.org');
    const own = await visitor.apiKey();
    expect((await get(`${API}/milestones`, { Authorization: `Bearer ${own}` })).status).toBe(200);
    const feed = /\/feeds\/([\w-]+)\.ics/.exec(await (await visitor.send('/feeds', { subject: 'person' })).text())?.[1];
    for (const wrong of [`${own.slice(0, -1)}_`, 'x', '', feed])
      expect((await get(`${API}/milestones`, { Authorization: `Bearer ${wrong}` })).status).toBe(401);
    const [check = '', keyId = ''] = /\/api\/revoke\/([^"]+)/.exec(await visitor.text('/api')) ?? [];
    // Somebody else can't revoke it.
    const other = await board().signedIn('scrutiny-chair@middlesbrough.example.org');
    expect((await other.get(check)).status).toBe(404);
    expect((await other.send('/api/revoke', { id: keyId })).status).toBe(404);
    // It is shown before it counts: what it is for, and that it can't be had back.
    const shown = await visitor.text(check);
    expect(shown).toMatch(/Revoke this key\?<\/h1>[^]*a program[^]*It can’t be had back/);
    expect(shown).toContain(`name="id" value="${keyId}"`);
    expect((await visitor.send('/api/revoke', { id: keyId })).status).toBe(303);
    const refused = await get(`${API}/milestones`, { Authorization: `Bearer ${own}` });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await refused.json()).toMatchObject({ status: 401, code: 'not-signed-in' });
  });
});

test('a method that an address does not have is refused with those it has', async () => {
  const answer = await request(`${API}/inspections/${id}`, { method: 'DELETE' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('Allow')).toBe('GET, HEAD');
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
});

test.each([
  ['/openapi.json', '3.1.0'],
  ['/openapi-3.0.json', '3.0.3'],
])('%s is valid OpenAPI %s, and names every route and every error as a problem', async (path, version) => {
  const document = (await (await board().visitor().get(path)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
  };
  expect(document.openapi).toBe(version);
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const described = Object.entries(document.paths).flatMap(([address, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${address.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const routes = board()
    .app.routes.filter((each) => each.method !== 'ALL' && each.path.startsWith('/api/v1/') && !each.path.endsWith('*'))
    .map((each) => `${each.method} ${each.path}`);
  expect(new Set(described)).toEqual(new Set(routes));
  for (const methods of Object.values(document.paths))
    for (const { responses } of Object.values(methods))
      for (const [status, { content = {} }] of Object.entries(responses))
        if (Number(status) >= 400) expect(Object.keys(content)).toEqual(['application/problem+json']);
});

async function asked(): Promise<number> {
  const entries = await board().register.history('middlesbrough', id.split('/')[1] ?? '');
  return entries.filter((entry) => entry.kind === 'question-asked').length;
}

function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${key}`, ...(init.headers as Record<string, string> | undefined) };
  return new Visitor(board().app).request(path, { ...init, headers });
}

const get = (path: string, headers: Record<string, string> = {}) => request(path, { headers });

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });

async function json<T>(path: string): Promise<T> {
  return (await (await get(path)).json()) as T;
}
