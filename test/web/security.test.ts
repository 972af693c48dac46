import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dateTyped } from '../../client/web/forms/form.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { boardForAll, type Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const PLAN = 'milestones/plan-submission/written-action-plan';
const MIB = 1024 * 1024;

let who: Visitor;
let id = '';
let address = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
  who = await rig.signedIn(ADMINISTRATOR);
  address = await rig.serve();
});

describe('what no other site can make somebody do', () => {
  const waive = () => `/inspections/${id}/${PLAN}/do/waive`;
  test('a form without its token, or with another’s, changes nothing', async () => {
    const other = await board().signedIn('chief-executive@middlesbrough.example.org');
    for (const formToken of [undefined, '', 'x', await other.token()]) {
      const form = { reason: 'x', confirmed: 'yes', ...(formToken === undefined ? {} : { formToken }) };
      const answer = await who.post(waive(), form);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('Nothing was changed');
    }
    expect(await standing()).not.toBe('waived');
  });

  test.each(['https://evil.example.com', 'null', 'http://board.example.org.evil.example.com'])(
    'a form sent from %s is refused, even with the right token',
    async (origin) => {
      const form = { reason: 'x', confirmed: 'yes', formToken: await who.token() };
      expect((await who.post(waive(), form, { Origin: origin })).status).toBe(403);
      expect(await standing()).not.toBe('waived');
    },
  );

  test('the API changes nothing by a browser’s session, whatever kind of body is sent', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await who.request(`/api/v1/inspections/${id}/waive`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: JSON.stringify({ milestone: 'plan-submission/written-action-plan', reason: 'x' }),
      });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    }
    expect(await standing()).not.toBe('waived');
  });

  test('opening an address changes nothing: every change is a POST', async () => {
    const before = await done();
    for (const path of [
      `${waive()}?reason=x&confirmed=yes`,
      '/sign-out',
      `/inspections/${id}/do/close?confirmed=yes&reason=x`,
    ])
      await who.get(path);
    expect((await who.get('/')).status).toBe(200);
    expect(await done()).toEqual(before);
  });
});

test('every answer says what a browser may do with it: nothing runs, nothing frames, nothing is kept', async () => {
  for (const path of ['/', '/sign-in', '/nothing', '/api/v1/milestones', '/healthz', `/inspections/${id}`]) {
    const { headers } = await who.get(path);
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('script-src');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-Powered-By')).toBeNull();
  }
  expect((await who.get('/')).headers.get('Cache-Control')).toBe('no-store');
  expect(await who.text(`/inspections/${id}`)).not.toMatch(/<script|javascript:|\son\w+=/i);
});

describe('what somebody types', () => {
  const EVIL = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{ 1234567*9 }}{% raw %}\${1234567*9}`;

  test('stands on the next page as they typed it, and is never run, by browser or template', async () => {
    const answer = await who.send(`/inspections/${id}/${PLAN}/do/hold`, { reason: EVIL });
    const html = await answer.text();
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).not.toContain('11111103');
    expect(html).toContain('{{ 1234567*9 }}');
  });

  test('goes on record and comes back on every page escaped: milestone, history, list, calendar feed, CSV', async () => {
    const actions = await board().register.milestones('middlesbrough', id.split('/')[1] ?? '');
    const action = actions.find((each) => each.strand === 'improvement-actions' && each.status === 'open')?.milestone;
    const form = (name: string) => `/inspections/${id}/milestones/${action}/do/${name}`;
    expect((await who.send(form('complete'), { evidence: EVIL })).status).toBe(422);
    const review = dateTyped('reviewOn', addDays(localDate(new Date().toISOString()), 14));
    expect((await who.carryOut(form('hold'), { reason: EVIL, ...review })).status).toBe(303);
    for (const path of [
      `/inspections/${id}/milestones/${action}`,
      `/inspections/${id}/history`,
      `/inspections/${id}`,
    ]) {
      const html = await who.text(path);
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<img src=x');
    }
    expect(await who.text(`/inspections/${id}/milestones/${action}`)).toContain('&lt;script&gt;alert(1)');
  });

  test.each([
    '/?q=%3Cscript%3Ealert(1)%3C/script%3E',
    '/?status=%22%3E%3Cscript%3E',
    '/?page=-1',
    '/?page=1e99',
    '/coming-up?month=%3Cscript%3E',
    '/?authority=..%2F..',
    "/?q='%20OR%20'1'%3D'1",
    '/?q=%00',
    '/?q=%25',
    '/?q=%5C',
  ])('in an address, %s, is words and no more', async (path) => {
    const answer = await who.get(path);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('"><script');
    expect(board().errors).toEqual([]);
  });

  test('in the name of a duty, a NUL is no such page, and nobody’s fault', async () => {
    const answer = await who.get('/inspections/middlesbrough/2016/milestones/a/%00');
    expect(answer.status).toBe(404);
    expect(board().errors).toEqual([]);
  });

  test('with line ends in it makes no header of its own, in an answer or in a mail', async () => {
    const answer = await who.get('/sign-in?next=/%0d%0aX-Evil:%201');
    expect(answer.headers.get('X-Evil')).toBeNull();
    const before = board().mail.received.length;
    const form = { email: 'lead-member@middlesbrough.example.org\r\nBcc: evil@example.com' };
    expect((await board().visitor().post('/sign-in', form)).status).toBe(422);
    expect(board().mail.received).toHaveLength(before);
  });

  test('which a spreadsheet would take for a formula stays text', async () => {
    const file = readFileSync(join(packageRoot(), 'examples/middlesbrough-2016.yaml'), 'utf8')
      .replace('reference: 2016', `reference: formula-${Date.now().toString(36)}`)
      .replace(/^title: .*$/m, 'title: "=HYPERLINK(1)"');
    expect((await who.send('/start/confirm', { text: file })).status).toBe(303);
    const bytes = Buffer.from(await (await who.get('/overdue.csv?status=all')).arrayBuffer());
    // Spreadsheets take a file without this mark for one of another alphabet.
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from('\ufeff'));
    const csv = bytes.subarray(3).toString();
    expect(csv).toContain("'=HYPERLINK(1)");
    for (const cell of csv.split(/\r?\n/).flatMap((row) => row.split(',')))
      expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@]|^-[^\d]/);
  });
});

describe('too much', () => {
  test.each(['/start', '/sign-in', '/unsubscribe/x', '/api/v1/inspections', '/feeds'])(
    'a body of 1 MiB to %s is refused, 413, and the server goes on',
    async (path) => {
      const key = await who.apiKey();
      const answer = await who.request(path, {
        method: 'POST',
        headers: {
          Origin: 'http://board.example.org',
          'Content-Type': 'application/x-www-form-urlencoded',
          Authorization: `Bearer ${key}`,
        },
        body: `x=${'a'.repeat(MIB)}`,
      });
      expect(answer.status).toBe(413);
      expect((await who.get('/healthz')).status).toBe(200);
    },
  );

  test('over a real connection, without a length said, it is cut off', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 16; n++) controller.enqueue(new TextEncoder().encode('a'.repeat(MIB / 16)));
        controller.close();
      },
    });
    const answer = await fetch(`${address}/sign-in`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: address },
    });
    expect(answer.status).toBe(413);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  test('a hundred inspection files of no sense are each said to be wrong; nothing can be started', async () => {
    const form = new FormData();
    form.set('formToken', await who.token());
    for (let n = 0; n < 100; n++) form.append('files', new File([`no: ${n}`], `${n}.yaml`));
    const answer = await who.post('/start/many', form);
    expect(answer.status).toBe(303);
    const html = await who.text(answer.headers.get('Location') ?? '');
    expect(html).toContain('100 can’t be started');
    expect(html).toContain('None of them can be started');
  });
});

test.each([
  '/assets/../app.ts',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/rules/..%2f..%2fpackage',
  '/rules/constitutions/..%2f..%2f..%2fetc%2fpasswd',
  '/rules/%2fetc%2fpasswd',
  '/feeds/..%2f..%2fetc%2fpasswd.ics',
  '/inspections/..%2f..%2fetc/passwd',
])('%s opens no file', async (path) => {
  // A raw request: what a browser or fetch would tidy up before sending.
  const { status, body } = await raw(path);
  expect(status).toBe(404);
  expect(body).not.toMatch(/root:|"dependencies"|import /);
  expect(board().errors).toEqual([]);
});

test('a method that no page has is refused', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'OPTIONS']) {
    const answer = await who.request('/', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toContain('GET');
  }
  // No client sends this one; it would send a cookie back to whoever asked.
  for (const path of ['/', '/healthz', '/no-such-page', '/openapi.json']) {
    const { status, body } = await raw(path, 'TRACE');
    expect([path, status]).toEqual([path, 405]);
    expect(body).not.toContain('duecourse_session');
  }
});

test('a request that makes no sense as HTTP ends that connection only', async () => {
  const { hostname, port } = new URL(address);
  for (const line of [
    'GARBAGE\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
    `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  ])
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(line));
      socket.on('close', () => resolve());
      socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve() : reject(error)));
      socket.resume();
    });
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
});

/** What people did, by the record; mail goes out meanwhile, and is nobody's doing. */
async function done(): Promise<number[]> {
  const entries = await board().register.history('middlesbrough', id.split('/')[1] ?? '');
  return entries.filter((entry) => entry.actor !== null).map((entry) => entry.seq);
}

async function standing(): Promise<string | undefined> {
  const rows = await board().register.milestones('middlesbrough', id.split('/')[1] ?? '');
  return rows.find((each) => each.milestone === 'plan-submission/written-action-plan')?.status;
}

/** Sends the path byte for byte, as the signed-in administrator. */
function raw(path: string, method = 'GET'): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(address);
  const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
      ),
    );
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('end', () => resolve({ status: Number(text.split(' ')[1]), body: text.slice(text.indexOf('\r\n\r\n')) }));
    socket.on('error', reject);
  });
}
