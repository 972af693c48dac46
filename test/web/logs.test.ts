import { expect, test } from 'vitest';
import { logger } from '../../platform/logger.ts';
import { boardForAll, signInLink } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const written: string[] = [];
const log = logger('info', { write: (line: string) => void written.push(line) });

let id = '';
const board = boardForAll(
  async (rig) => {
    id = await rig.start('examples/middlesbrough-2016.yaml');
  },
  { log },
);

interface Line {
  level: number;
  time: number;
  part: string;
  method: string;
  route: string;
  status: number;
  ms: number;
  requestId: string;
  msg: string;
}

const lines = (): Line[] => written.map((line) => JSON.parse(line) as Line);

/** The one line that was written about some work. */
async function lineOf(work: () => Promise<Response>): Promise<{ line: Line; answer: Response }> {
  const before = written.length;
  const answer = await work();
  const [line, ...more] = lines().slice(before);
  expect(more).toEqual([]);
  if (line === undefined) throw new Error('nothing was written');
  return { line, answer };
}

test('one line for each request: its route, its answer, and the id that went back with it', async () => {
  const who = await board().signedIn(ADMINISTRATOR);
  const { line, answer } = await lineOf(() => who.get(`/inspections/${id}?tab=a-secret-word`));
  expect(line).toEqual({
    level: 30,
    time: expect.any(Number) as number,
    part: 'web',
    method: 'GET',
    route: '/inspections/:authority/:reference',
    status: 200,
    ms: expect.any(Number) as number,
    requestId: answer.headers.get('X-Request-Id'),
    msg: 'GET /inspections/:authority/:reference 200',
  });
  expect(line.requestId).toMatch(/^[0-9a-f-]{36}$/);

  const { line: none } = await lineOf(() => who.get('/no/such/page'));
  expect([none.route, none.status]).toEqual(['none', 404]);
});

test('the caller’s own id is kept where it is one, and nothing can be written into the log by it', async () => {
  const who = board().visitor();
  const asked = (requestId: string) => who.request('/accessibility', { headers: { 'X-Request-Id': requestId } });
  expect((await lineOf(() => asked('proxy-4711'))).line.requestId).toBe('proxy-4711');
  for (const forged of ['a","level":60,"x":"', 'x'.repeat(200), '{}', 'a b']) {
    const { line, answer } = await lineOf(() => asked(forged));
    expect(line.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('X-Request-Id')).toBe(line.requestId);
  }
});

test('nobody’s address, no token, no cookie, no key, nothing that was typed, and no mail is written', async () => {
  const before = written.length;
  const who = board().visitor();
  const link = new URL(await signInLink(who, board().mail, ADMINISTRATOR, '/?q=a-secret-word'));
  await who.get(link.pathname);
  await who.post(link.pathname, {});
  await who.get('/?q=a-secret-word&owner=director');
  const key = await who.apiKey();
  await who.request('/api/v1/milestones?q=a-secret-word', { headers: { Authorization: `Bearer ${key}` } });
  await who.carryOut(`/inspections/${id}/do/ask`, { by: 'A. Member', text: 'Is this a-secret-word?' });
  await who.post('/sign-in', { email: 'not an address, a-secret-word' });
  const said = written.join('');
  const routes = lines()
    .slice(before)
    .map(({ method, route, status }) => `${method} ${route} ${status}`);
  expect(routes).toEqual(
    expect.arrayContaining(['GET /sign-in/:token 200', 'POST /sign-in/:token 303', 'GET /api/v1/milestones 200']),
  );
  expect(routes.filter((route) => route.includes('*') || route.includes('none'))).toEqual([]);
  const cookie = decodeURIComponent(who.cookies.get('duecourse_session') ?? '');
  const mailed = board().mail.received.at(-1)?.text.split('\n') ?? [];
  for (const secret of [
    '@',
    'a-secret-word',
    'A. Member',
    link.pathname.split('/')[2] ?? '',
    cookie.split('.')[0] ?? '',
    key,
    ...mailed.filter((line) => line.length > 20),
  ]) {
    expect(secret).not.toBe('');
    expect(said).not.toContain(secret);
  }
  expect(board().errors).toEqual([]);
});

test('what machines ask every few seconds is not worth a line while it goes well', async () => {
  const before = written.length;
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await board().visitor().get(path)).status).toBe(200);
  expect(written.length).toBe(before);
});
