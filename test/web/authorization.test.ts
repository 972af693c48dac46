import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BoardRig, boardForAll, Visitor } from '../support/board.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

/** Who asks. The stranger is an administrator as well, of another council; so are the last three, in lesser roles. */
const ROLES = {
  nobody: undefined,
  owner: 'head-of-early-help@middlesbrough.example.org',
  member: 'lead-member@middlesbrough.example.org',
  manager: 'assistant-director@middlesbrough.example.org',
  administrator: 'democratic-services@middlesbrough.example.org',
  stranger: 'democratic-services@stockton-on-tees.example.org',
  strangeOwner: 'head-of-early-help@stockton-on-tees.example.org',
  strangeMember: 'lead-member@stockton-on-tees.example.org',
  strangeManager: 'assistant-director@stockton-on-tees.example.org',
} as const;
type Role = keyof typeof ROLES;
const OUTSIDE: readonly Role[] = ['nobody', 'stranger', 'strangeOwner', 'strangeMember', 'strangeManager'];

const visitors = new Map<Role, Visitor>();
const keys = new Map<Role, string>();
const SECRET_TITLE = 'Single inspection of children’s services, November and December 2015';
const REFERENCE = `secret-${randomBytes(4).toString('hex')}`;
let id: InspectionRef = 'none/none';

const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml', { reference: REFERENCE });
  // Another council's, which nobody here may see.
  await rig.start('examples/stockton-on-tees-2010.yaml');
  const decision = { id: 'd1', title: 'Approve the plan', body: 'executive', takenOn: '2026-11-02', key: true };
  const as = { id: ROLES.administrator, role: 'democratic-services' };
  await rig.engine.command(id, 'decide', { ...decision, urgent: false }, as);
  const { seq } = await rig.engine.command(id, 'ask', { id: 'asked', by: 'x', text: 'x' }, as);
  await rig.register.reached('middlesbrough', REFERENCE, seq, 20_000);
  for (const [role, email] of Object.entries(ROLES) as [Role, string | undefined][]) {
    if (email === undefined) visitors.set(role, rig.visitor());
    else {
      const visitor = await rig.signedIn(email);
      visitors.set(role, visitor);
      keys.set(role, await visitor.apiKey());
    }
  }
});

interface Row {
  method: 'GET' | 'POST';
  /** The route as it is registered. */
  route: string;
  /** What is asked; ID is the inspection's. */
  path?: string;
  form?: Record<string, string>;
  /** In the order of ROLES: nobody, owner, member, manager, administrator, stranger. */
  expected: [number, number, number, number, number, number];
}

/**
 * Each of ROLES with what it is answered. Where an address names a council's work, nobody of another council finds it,
 * whatever they are there; elsewhere people of every council get what their role gets.
 */
function answers(expected: Row['expected']): { role: Role; status: number }[] {
  const [nobody, owner, member, manager, administrator, stranger] = expected;
  const hidden = stranger === 404;
  return [
    { role: 'nobody', status: nobody },
    { role: 'owner', status: owner },
    { role: 'member', status: member },
    { role: 'manager', status: manager },
    { role: 'administrator', status: administrator },
    { role: 'stranger', status: stranger },
    { role: 'strangeOwner', status: hidden ? 404 : owner },
    { role: 'strangeMember', status: hidden ? 404 : member },
    { role: 'strangeManager', status: hidden ? 404 : manager },
  ];
}

const M = 'milestones/plan-submission/written-action-plan';
const I = '/inspections/:authority/:reference';
const everybody: Row['expected'] = [200, 200, 200, 200, 200, 200];
const signedIn: Row['expected'] = [303, 200, 200, 200, 200, 200];
/** Pages of one inspection: its own council's people. */
const own: Row['expected'] = [303, 200, 200, 200, 200, 404];
const seniors: Row['expected'] = [303, 403, 403, 200, 200, 200];

const PAGES: Row[] = [
  { method: 'GET', route: '/', expected: signedIn },
  { method: 'GET', route: '/', path: '/?authority=middlesbrough&status=all', expected: signedIn },
  { method: 'GET', route: '/overdue.csv', expected: signedIn },
  { method: 'GET', route: '/coming-up', path: '/coming-up?month=2016-06', expected: signedIn },
  { method: 'GET', route: '/my-duties', expected: signedIn },
  { method: 'GET', route: '/inspections', expected: signedIn },
  { method: 'GET', route: '/decisions', expected: signedIn },
  { method: 'GET', route: '/questions', expected: signedIn },
  { method: 'GET', route: '/health', expected: signedIn },
  { method: 'GET', route: '/rules', expected: signedIn },
  { method: 'GET', route: '/rules/:pack', path: '/rules/ilacs-2018', expected: signedIn },
  { method: 'GET', route: '/rules/constitutions/:id', path: '/rules/constitutions/middlesbrough', expected: signedIn },
  { method: 'GET', route: '/feeds', expected: signedIn },
  { method: 'GET', route: '/api', expected: signedIn },
  { method: 'GET', route: '/undeliverable', expected: seniors },
  { method: 'GET', route: I, expected: own },
  { method: 'GET', route: `${I}/history`, expected: own },
  { method: 'GET', route: `${I}/report`, expected: own },
  { method: 'GET', route: `${I}/decisions`, expected: own },
  { method: 'GET', route: `${I}/decisions/:decision`, path: '/inspections/ID/decisions/d1', expected: own },
  {
    method: 'GET',
    route: `${I}/decisions/:decision/record`,
    path: '/inspections/ID/decisions/d1/record',
    expected: own,
  },
  { method: 'GET', route: `${I}/questions`, expected: own },
  { method: 'GET', route: `${I}/milestones/:strand/:name`, path: `/inspections/ID/${M}`, expected: own },
  {
    method: 'GET',
    route: `${I}/milestones/:strand/:name/do/:form`,
    path: `/inspections/ID/${M}/do/submit`,
    expected: own,
  },
  { method: 'GET', route: `${I}/do/:form`, path: '/inspections/ID/do/ask', expected: own },
  { method: 'GET', route: `${I}/do/:form/:about`, path: '/inspections/ID/do/callIn/d1', expected: own },
  {
    method: 'GET',
    route: `${I}/milestones/:strand/:name/addEvidence`,
    path: `/inspections/ID/${M}/addEvidence`,
    expected: own,
  },
  {
    method: 'POST',
    route: `${I}/milestones/:strand/:name/addEvidence`,
    path: `/inspections/ID/${M}/addEvidence`,
    form: { title: 'x' },
    expected: [303, 403, 403, 422, 422, 404],
  },
  {
    method: 'GET',
    route: `${I}/evidence/:sha256`,
    path: `/inspections/ID/evidence/${'0'.repeat(64)}`,
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'GET', route: '/start', expected: seniors },
  {
    method: 'GET',
    route: '/start/guided',
    path: '/start/guided?authority=middlesbrough&framework=ilacs-2018',
    // The stranger is asked to choose, among their own councils.
    expected: [303, 403, 403, 200, 200, 200],
  },
  { method: 'GET', route: '/start/many', expected: seniors },
  {
    method: 'GET',
    route: '/start/many/:job',
    path: '/start/many/nobody-s-job',
    expected: [303, 404, 404, 404, 404, 404],
  },

  {
    method: 'POST',
    route: '/feeds',
    form: { subject: 'authority:middlesbrough' },
    expected: [303, 200, 200, 200, 200, 404],
  },
  { method: 'POST', route: '/feeds/revoke', form: { id: 'another-s' }, expected: [303, 404, 404, 404, 404, 404] },
  { method: 'POST', route: '/api', form: { name: 'x' }, expected: signedIn },
  { method: 'POST', route: '/api/revoke', form: { id: 'another-s' }, expected: [303, 404, 404, 404, 404, 404] },
  {
    method: 'POST',
    route: '/undeliverable',
    form: { messageId: '<none@example.org>', authority: 'middlesbrough', to: 'lead-member' },
    expected: [303, 404, 404, 404, 404, 404],
  },
  { method: 'POST', route: '/start', form: { text: 'reference: 1' }, expected: [303, 403, 403, 422, 422, 422] },
  { method: 'POST', route: '/start/confirm', form: { text: 'reference: 1' }, expected: [303, 403, 403, 422, 422, 422] },
  {
    method: 'POST',
    route: '/start/guided',
    form: { authority: 'middlesbrough', framework: 'ilacs-2018' },
    expected: [303, 403, 403, 422, 422, 422],
  },
  { method: 'POST', route: '/start/many', form: {}, expected: [303, 403, 403, 422, 422, 422] },
  {
    method: 'POST',
    route: `${I}/milestones/:strand/:name/do/:form`,
    path: `/inspections/ID/${M}/do/waive`,
    form: { reason: 'x', confirmed: 'yes' },
    // Neither an owner of something else nor a member may; what a manager may, is tried last, by nobody here.
    expected: [303, 403, 403, 0, 0, 404],
  },
  {
    method: 'POST',
    route: `${I}/do/:form`,
    path: '/inspections/ID/do/close',
    form: { reason: 'x', confirmed: 'yes' },
    expected: [303, 403, 403, 0, 0, 404],
  },
  {
    method: 'POST',
    route: `${I}/do/:form/:about`,
    path: '/inspections/ID/do/implement/d1',
    form: { confirmed: 'yes' },
    expected: [303, 403, 403, 0, 0, 404],
  },

  // For everybody: what says nothing about anybody's work.
  { method: 'GET', route: '/healthz', expected: everybody },
  { method: 'GET', route: '/readyz', expected: everybody },
  { method: 'GET', route: '/metrics', expected: everybody },
  { method: 'GET', route: '/openapi.json', expected: everybody },
  { method: 'GET', route: '/accessibility', expected: everybody },
  { method: 'GET', route: '/favicon.ico', expected: everybody },
  { method: 'GET', route: '/assets/icon.svg', expected: everybody },
  { method: 'GET', route: '/assets/plain.css', expected: everybody },
  { method: 'GET', route: '/sign-in', expected: [200, 303, 303, 303, 303, 303] },
  { method: 'GET', route: '/sign-in/:token', path: '/sign-in/forged', expected: [404, 404, 404, 404, 404, 404] },
  {
    method: 'POST',
    route: '/sign-in/:token',
    path: '/sign-in/forged',
    form: {},
    expected: [404, 404, 404, 404, 404, 404],
  },
  { method: 'POST', route: '/sign-in', form: { email: 'x' }, expected: [422, 422, 422, 422, 422, 422] },
  {
    method: 'GET',
    route: '/unsubscribe/:token',
    path: '/unsubscribe/forged',
    expected: [404, 404, 404, 404, 404, 404],
  },
  {
    method: 'POST',
    route: '/unsubscribe/:token',
    path: '/unsubscribe/forged',
    form: {},
    expected: [404, 404, 404, 404, 404, 404],
  },
  {
    method: 'GET',
    route: '/feeds/:file{.+\\.ics}',
    path: '/feeds/forged.ics',
    expected: [404, 404, 404, 404, 404, 404],
  },
];
/** Routes that are asked elsewhere. */
const ELSEWHERE = [
  // It ends their sessions: test/web/sign-in.test.ts.
  'POST /sign-out',
  // Middlesbrough has no training sessions: test/domain.
  'POST /api/v1/inspections/:authority/:reference/recordAttendance',
  // test/web/evidence.test.ts
  'GET /api/v1/inspections/:authority/:reference/evidence/:sha256',
  'PUT /api/v1/inspections/:authority/:reference/evidence',
];

describe.each(PAGES)('$method $route $path', ({ method, route, path, form, expected }) => {
  test.each(answers(expected))('$role: $status', async ({ role, status }) => {
    // 0: it would be carried out, which the stories in test/browser show.
    if (status === 0) return expect(['manager', 'administrator']).toContain(role);
    const visitor = visitors.get(role);
    if (visitor === undefined) throw new Error(`nobody is ${role}`);
    const asked = (path ?? route).replace(':authority/:reference', 'ID').replace('ID', id);
    const answer = method === 'GET' ? await visitor.get(asked) : await visitor.send(asked, form ?? {});
    expect(answer.status).toBe(status);
    if (role === 'nobody' && status === 303) expect(answer.headers.get('Location')).toMatch(/^\/sign-in/);
    // Another council's people never read a word of it.
    const text = await answer.text();
    if (OUTSIDE.includes(role)) {
      expect(text).not.toContain(SECRET_TITLE);
      expect(text).not.toContain(`/inspections/middlesbrough/${REFERENCE}`);
    }
    expect(board().errors).toEqual([]);
  });
});

const API = '/api/v1';
const apiOwn: Row['expected'] = [401, 200, 200, 200, 200, 404];
const API_READS: { path: string; expected: Row['expected'] }[] = [
  { path: `${API}/milestones?status=all`, expected: [401, 200, 200, 200, 200, 200] },
  { path: `${API}/milestones?authority=middlesbrough&status=all`, expected: [401, 200, 200, 200, 200, 200] },
  { path: `${API}/inspections`, expected: [401, 200, 200, 200, 200, 200] },
  { path: `${API}/inspections/ID`, expected: apiOwn },
  { path: `${API}/inspections/ID/history`, expected: apiOwn },
  { path: `${API}/inspections/ID/progress`, expected: apiOwn },
  { path: `${API}/inspections/ID/measures`, expected: apiOwn },
  { path: `${API}/inspections/ID/plan`, expected: apiOwn },
  { path: `${API}/inspections/ID/plan/revisions`, expected: apiOwn },
  { path: `${API}/inspections/ID/evidence`, expected: apiOwn },
  { path: `${API}/inspections/ID/evidence/${'0'.repeat(64)}`, expected: [401, 404, 404, 404, 404, 404] },
  { path: `${API}/nothing-like-it`, expected: [401, 404, 404, 404, 404, 404] },
];

describe.each(API_READS)('GET $path', ({ path, expected }) => {
  test.each(answers(expected))('$role: $status', async ({ role, status }) => {
    const answer = await withKey(role, path.replace('ID', id));
    expect(answer.status).toBe(status);
    const text = await answer.text();
    if (answer.status >= 400) expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    if (OUTSIDE.includes(role)) expect(text).not.toContain(REFERENCE);
  });
});

/**
 * Who may do what: read off the design's table by hand, not off the code. Each is refused for another reason to whoever
 * may, so that nothing is carried out. The milestone's owner is none of these people.
 */
const PLAN = 'plan-submission/written-action-plan';
const LATER = '2099-01-01';
const SENIORS: Role[] = ['manager', 'administrator'];
const COMMANDS: { name: string; body: object; may: Role[] }[] = [
  { name: 'submit', body: { milestone: PLAN, on: LATER }, may: SENIORS },
  { name: 'complete', body: { milestone: PLAN, on: LATER }, may: SENIORS },
  { name: 'accept', body: { milestone: PLAN, on: LATER }, may: SENIORS },
  { name: 'sendBack', body: { milestone: PLAN, to: LATER, reason: 'x' }, may: SENIORS },
  {
    name: 'addEvidence',
    body: {
      ...{ milestone: PLAN, title: 'x', sha256: '0'.repeat(64) },
      ...{ name: 'x.pdf', bytes: 1, type: 'application/pdf' },
    },
    may: SENIORS,
  },
  { name: 'acknowledge', body: { milestone: PLAN, promisedOn: '2030-01-07' }, may: [] },
  { name: 'requestExtension', body: { milestone: PLAN, to: '2030-01-07', reason: 'x' }, may: [] },
  { name: 'extend', body: { milestone: PLAN, to: '2030-01-07', reason: 'x' }, may: SENIORS },
  { name: 'declineExtension', body: { milestone: PLAN, reason: 'x' }, may: SENIORS },
  { name: 'hold', body: { milestone: PLAN, reason: 'x', reviewOn: '2016-01-04' }, may: SENIORS },
  { name: 'release', body: { milestone: PLAN }, may: SENIORS },
  { name: 'reassign', body: { milestone: PLAN, to: 'nobody-s-role' }, may: SENIORS },
  { name: 'reassignMany', body: { from: 'nobody-s-role', to: 'nobody-s-role' }, may: SENIORS },
  {
    name: 'decide',
    body: { id: 'd1', title: 'x', takenOn: '2026-11-02', key: false, urgent: false },
    may: SENIORS,
  },
  { name: 'publishDecision', body: { decision: 'none' }, may: SENIORS },
  { name: 'callIn', body: { decision: 'none', by: 'x', reasons: 'x' }, may: ['member', 'administrator'] },
  { name: 'resolveCallIn', body: { decision: 'none', outcome: 'no-further-action' }, may: ['member', ...SENIORS] },
  { name: 'reconsider', body: { decision: 'none', outcome: 'confirmed' }, may: SENIORS },
  { name: 'implement', body: { decision: 'none' }, may: SENIORS },
  { name: 'withdrawDecision', body: { decision: 'none', reason: 'x' }, may: SENIORS },
  { name: 'withdrawCallIn', body: { decision: 'none', reason: 'x' }, may: SENIORS },
  { name: 'withdrawQuestion', body: { question: 'none', reason: 'x' }, may: SENIORS },
  { name: 'ask', body: { id: 'q0', by: 'x', text: 'x', on: LATER }, may: ['member', ...SENIORS] },
  { name: 'answer', body: { question: 'asked', text: 'x', on: LATER }, may: SENIORS },
  { name: 'recordPlan', body: { plan: 'improvement-plan', version: 7, stage: 'draft', on: LATER }, may: SENIORS },
  { name: 'reissue', body: { received: LATER, note: 'x' }, may: SENIORS },
  { name: 'fallBack', body: { milestone: PLAN, to: LATER, reason: 'x' }, may: SENIORS },
  { name: 'correct', body: { received: LATER, reason: 'x' }, may: SENIORS },
  {
    name: 'chooseReading',
    body: { rule: 'written-action-plan', reading: 'none', reason: 'x' },
    may: SENIORS,
  },
  { name: 'event', body: { kind: 'notice-received', on: LATER }, may: SENIORS },
  { name: 'changeCycle', body: { promise: 'none', what: 'ended', from: LATER, reason: 'x' }, may: SENIORS },
  { name: 'openRound', body: { by: '2016-01-04', title: 'x' }, may: SENIORS },
  { name: 'postponeRound', body: { milestone: PLAN, to: LATER, reason: 'x' }, may: SENIORS },
  { name: 'closeRound', body: { milestone: PLAN, reason: 'x' }, may: SENIORS },
  { name: 'progress', body: { milestone: PLAN, percent: 10 }, may: SENIORS },
  { name: 'recordMeasure', body: { measure: 'none', value: 1 }, may: ['owner', ...SENIORS] },
  { name: 'revise', body: { edits: [{ kind: 'withdraw', what: 'action', id: 'none' }], reason: 'x' }, may: SENIORS },
  {
    name: 'addInstrument',
    body: { instrument: { id: 'x', title: 'x', issuedBy: 'x', events: { 'notice-received': LATER } } },
    may: SENIORS,
  },
  { name: 'withdrawInstrument', body: { instrument: 'x', reason: 'x' }, may: SENIORS },
  { name: 'correctEvent', body: { kind: 'notice-received', on: LATER, reason: 'x' }, may: SENIORS },
];

describe('changes by the API', () => {
  describe.each(COMMANDS)('$name', ({ name, body, may }) => {
    test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
      const answer = await withKey(role, `${API}/inspections/${id}/${name}`, body);
      const { code, detail } = (await answer.json()) as { code: string; detail: string };
      if (role === 'nobody') expect(answer.status).toBe(401);
      else if (OUTSIDE.includes(role)) expect(answer.status).toBe(404);
      else if (may.includes(role)) {
        expect([answer.status, detail]).toEqual([422, detail]);
        expect(code).not.toMatch(/^(not-permitted|bad-request|http-422)$/);
      } else expect([answer.status, code]).toEqual([403, 'not-permitted']);
    });
  });

  test.each<[Role, number]>([
    ['nobody', 401],
    ['owner', 403],
    ['member', 403],
    ['stranger', 404],
    ['strangeOwner', 404],
    ['strangeMember', 404],
    ['strangeManager', 404],
    ['administrator', 200],
  ])('waive and then reopen, which are carried out: %s %i', async (role, status) => {
    for (const command of ['waive', 'reopen']) {
      if (command === 'reopen')
        await withKey('administrator', `${API}/inspections/${id}/waive`, { milestone: PLAN, reason: 'x' });
      const answer = await withKey(role, `${API}/inspections/${id}/${command}`, { milestone: PLAN, reason: 'x' });
      expect([command, answer.status]).toEqual([command, status]);
      await withKey('administrator', `${API}/inspections/${id}/reopen`, { milestone: PLAN, reason: 'x' });
    }
  });

  test('nobody but a senior of the council starts an inspection', async () => {
    for (const [role, status] of [
      ['nobody', 401],
      ['owner', 403],
      ['member', 403],
      // To them there is no such council.
      ['stranger', 422],
      ['strangeManager', 422],
      ['strangeOwner', 403],
      ['strangeMember', 403],
    ] as const) {
      const file = `reference: new\ntitle: x\nauthority: middlesbrough\nframework: ilacs-2018\nfieldwork: { from: 2026-10-05, until: 2026-10-09 }\nreport: { received: 2026-11-02 }\n`;
      const answer = await withKey(role, `${API}/inspections`, { file });
      expect([role, answer.status]).toEqual([role, status]);
    }
  });

  test.each<[Role, number]>([
    ['nobody', 401],
    ['owner', 403],
    ['member', 403],
    ['manager', 403],
    ['stranger', 404],
    ['strangeOwner', 404],
    ['strangeMember', 404],
    ['strangeManager', 404],
  ])('nobody but an administrator withdraws an inspection: %s %i', async (role, status) => {
    expect((await withKey(role, `${API}/inspections/${id}/withdraw`, { reason: 'x' })).status).toBe(status);
  });

  test('in a role that is not theirs, nobody does anything', async () => {
    const answer = await withKey('owner', `${API}/inspections/${id}/close?as=democratic-services`, { reason: 'x' });
    expect(answer.status).toBe(403);
  });
});

test('every route is in the table, and one that is not is found', () => {
  const covered = new Set([
    ...PAGES.map(({ method, route }) => `${method} ${route}`),
    ...ELSEWHERE,
    ...API_READS.map(({ path }) => `GET ${path.split('?')[0]?.replace('ID', ':authority/:reference')}`),
    ...COMMANDS.map(({ name }) => `POST ${API}/inspections/:authority/:reference/${name}`),
    `POST ${API}/inspections`,
    `POST ${API}/inspections/:authority/:reference/close`,
    `POST ${API}/inspections/:authority/:reference/withdraw`,
    `POST ${API}/inspections/:authority/:reference/waive`,
    `POST ${API}/inspections/:authority/:reference/reopen`,
  ]);
  const routes = board()
    .app.routes.filter(
      ({ method, path }) => method !== 'ALL' && path !== '/*' && !/^\/assets\/(board|govuk)-/.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`);
  const missing = (all: string[]) => all.filter((route) => !covered.has(route));
  expect(missing(routes)).toEqual([]);
  expect(missing([...routes, 'GET /a-new-page'])).toEqual(['GET /a-new-page']);
});

async function withKey(role: Role, path: string, body?: object): Promise<Response> {
  const key = keys.get(role);
  const rig: BoardRig = board();
  return new Visitor(rig.app).request(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
