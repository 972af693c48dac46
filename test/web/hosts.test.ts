import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { webApp } from '../../client/web/app.ts';
import { serveWeb } from '../../client/web/serve.ts';
import { boardForAll } from '../support/board.ts';

const board = boardForAll(() => Promise.resolve());

/** Asks by a name that the address itself does not have. */
function ask(
  address: string,
  { host, path = '/sign-in', headers = {} }: { host: string; path?: string; headers?: Record<string, string> },
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: { ...headers, Host: host } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('the pages answer to their own names alone', () => {
  test.each([
    ['board.example.org', 200],
    ['BOARD.example.org:443', 200],
    ['pages.internal', 200],
    ['127.0.0.1:8080', 200],
    ['localhost', 200],
    ['[::1]:1', 200],
    ['evil.example', 421],
    ['board.example.org.evil.example', 421],
    ['evil.example#board.example.org', 400],
    ['169.254.169.254', 421],
  ])('%s: %i', async (host, status) => {
    const web = await serveWeb({ ...board().parts, hosts: ['pages.internal'] }, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => web.close());
    const answer = await ask(web.address, { host });
    expect(answer.status).toBe(status);
    if (status === 421) expect(answer.body).toContain('http://board.example.org');
    const api = await ask(web.address, { host, path: '/api/v1/milestones' });
    expect(api.status).toBe(status === 200 ? 401 : status);
    // Whoever looks whether it is well may ask by any name: an address of a container, for example.
    if (status !== 400) expect((await ask(web.address, { host, path: '/healthz' })).status).toBe(200);
  });

  test('where others reach it, this machine’s own names are nobody’s', async () => {
    for (const host of ['localhost', '127.0.0.1', 'board.example.org']) {
      const answer = await webApp(board().parts).request(`http://${host}/sign-in`);
      expect([host, answer.status]).toEqual([host, host === 'board.example.org' ? 200 : 421]);
    }
  });
});

describe('metrics', () => {
  const TOKEN = 'a-token-of-the-tests';
  const served = async (metricsToken: string | undefined): Promise<string> => {
    const { metricsToken: _open, ...parts } = board().parts;
    const web = await serveWeb(metricsToken === undefined ? parts : { ...parts, metricsToken }, {
      host: '127.0.0.1',
      port: 0,
    });
    onTestFinished(() => web.close());
    return web.address;
  };
  const metrics = async (address: string, headers: Record<string, string> = {}): Promise<number> =>
    (await ask(address, { host: 'localhost', path: '/metrics', headers })).status;

  test('without a token are this machine’s alone, and not for whoever asks through a proxy on it', async () => {
    const address = await served(undefined);
    expect(await metrics(address)).toBe(200);
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP'])
      expect([name, await metrics(address, { [name]: '203.0.113.9' })]).toEqual([name, 401]);
    // No connection that is known: nobody's.
    const { metricsToken: _open, ...parts } = board().parts;
    expect((await webApp(parts).request('http://board.example.org/metrics')).status).toBe(401);
  });

  test('without a token answer to no name of somebody else’s that leads here', async () => {
    const address = await served(undefined);
    for (const [host, status] of [
      ['evil.example', 421],
      ['169.254.169.254', 421],
      ['board.example.org', 200],
      ['localhost:9090', 200],
      ['[::1]', 200],
    ] as const)
      expect([host, (await ask(address, { host, path: '/metrics' })).status]).toEqual([host, status]);
    // Who has the token may ask by any name: a container's address, for example.
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const asked = await ask(await served(TOKEN), { host: '10.0.0.7', path: '/metrics', headers });
    expect(asked.status).toBe(200);
  });

  test('with a token are for whoever sends it', async () => {
    const address = await served(TOKEN);
    expect(await metrics(address, { Authorization: `Bearer ${TOKEN}`, 'X-Forwarded-For': '203.0.113.9' })).toBe(200);
    for (const wrong of ['', 'Bearer', `Bearer ${TOKEN}x`, TOKEN, `Basic ${TOKEN}`])
      expect([wrong, await metrics(address, wrong === '' ? {} : { Authorization: wrong })]).toEqual([wrong, 401]);
  });

  test('are open where the operator says so', async () => {
    expect(await metrics(await served('open'), { 'X-Forwarded-For': '203.0.113.9' })).toBe(200);
  });
});
