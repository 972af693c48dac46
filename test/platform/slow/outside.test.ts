import { describe, expect, onTestFinished, test } from 'vitest';
import { type OutsideOptions, OutsideProblem, outsideBy } from '../../../platform/outside/outside.ts';
import { CERTIFICATE, NAME, outsideServer, saying } from '../../support/outside-server.ts';

const HERE = '127.0.0.1';
const BOUNDS = { maxBytes: 64 * 1024, patienceMs: 2000 };
const known = (options: Partial<OutsideOptions> = {}) =>
  outsideBy({ allow: 'any', ca: CERTIFICATE, lookup: saying([HERE]).lookup, ...options });

async function refusal(asked: Promise<unknown>): Promise<[string, string]> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof OutsideProblem) return [error.code, error.message];
    throw error;
  }
  throw new Error('it was answered');
}

test('what answers is given as it is, with its status; what is sent arrives', async () => {
  const server = await outsideServer(onTestFinished, (request, response) => {
    const got: Buffer[] = [];
    request.on('data', (chunk: Buffer) => got.push(chunk));
    request.on('end', () => {
      const { method, headers } = request;
      response
        .writeHead(418)
        .end(JSON.stringify({ method, host: headers.host, x: headers['x-mark'], body: Buffer.concat(got).toString() }));
    });
  });
  const { status, text } = await known().ask(server.address, {
    ...{ ...BOUNDS, method: 'POST', body: 'räum', headers: { 'x-mark': '1' } },
  });
  expect([status, JSON.parse(text)]).toEqual([
    418,
    { method: 'POST', host: `${NAME}:${server.port}`, x: '1', body: 'räum' },
  ]);
});

describe('the address that is connected to is the one that was looked at', () => {
  const inside = () => outsideServer(onTestFinished, (_request, response) => response.end('inside'));

  test.each([['127.0.0.1'], ['::1'], ['10.0.0.1'], ['169.254.169.254'], ['::ffff:127.0.0.1']])(
    'a name that stands for %s alone is refused',
    async (address) => {
      const server = await inside();
      const { lookup } = saying([address]);
      const [code] = await refusal(known({ allow: 'public', lookup }).ask(server.address, BOUNDS));
      expect([code, server.connections()]).toEqual(['barred', 0]);
    },
  );

  test('a name that stands for another address a moment later leads nowhere else: it is looked up once', async () => {
    const server = await inside();
    // Nobody has the first address: RFC 5737 keeps it for examples.
    const names = saying(['203.0.113.1'], [HERE]);
    const asked = known({ allow: 'public', lookup: names.lookup }).ask(server.address, { ...BOUNDS, patienceMs: 500 });
    expect(['too-slow', 'unreachable']).toContain((await refusal(asked))[0]);
    expect([names.asked(), server.connections()]).toEqual([1, 0]);
  });

  test('of a name that stands for both, the private one is never tried', async () => {
    const server = await inside();
    const { lookup } = saying([HERE, '203.0.113.1']);
    const asked = known({ allow: 'public', lookup }).ask(server.address, { ...BOUNDS, patienceMs: 500 });
    expect(['too-slow', 'unreachable']).toContain((await refusal(asked))[0]);
    expect(server.connections()).toBe(0);
  });
});

describe('what answers is bounded', () => {
  test.each([301, 302, 303, 307, 308, 300])('%i leads on, and is not followed', async (status) => {
    const to = await outsideServer(onTestFinished, (_request, response) => response.end('there'));
    const server = await outsideServer(onTestFinished, (_request, response) =>
      response.writeHead(status, { location: `${to.address}?key=secret` }).end(),
    );
    expect(await refusal(known().ask(server.address, BOUNDS))).toEqual([
      'leads-on',
      `The address leads on to another one, at ${NAME}:${to.port}, which is not followed: enter the one that it leads to`,
    ]);
    expect(to.connections()).toBe(0);
  });

  test('a body without an end is left off at the bound', async () => {
    const server = await outsideServer(onTestFinished, (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    });
    expect(await refusal(known().ask(server.address, BOUNDS))).toEqual([
      'too-long',
      'What is there is longer than 64 kB',
    ]);
  });

  test.each<[string, boolean]>([
    ['a body that drips', true],
    ['silence', false],
  ])('%s is no answer', async (_what, drips) => {
    const server = await outsideServer(onTestFinished, (_request, response) => {
      if (!drips) return;
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await refusal(known().ask(server.address, { ...BOUNDS, patienceMs: 400 }))).toEqual([
      'too-slow',
      `${NAME} did not answer within 0.4 seconds`,
    ]);
  });

  test('heads without an end, a connection that breaks, a port that nobody has: it can’t be reached', async () => {
    const heads = await outsideServer(onTestFinished, (_request, response) =>
      response.writeHead(200, { 'x-long': 'x'.repeat(200_000) }).end(),
    );
    const broken = await outsideServer(onTestFinished, (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x');
      setImmediate(() => response.destroy());
    });
    for (const address of [heads.address, broken.address, `https://${NAME}:1/`])
      expect(await refusal(known().ask(address, BOUNDS))).toEqual(['unreachable', `${NAME} can’t be reached`]);
  });
});

test('who can’t prove who they are is not listened to', async () => {
  const server = await outsideServer(onTestFinished, (_request, response) => response.end('x'));
  const asked = [
    outsideBy({ allow: 'any', lookup: saying([HERE]).lookup }).ask(server.address, BOUNDS),
    known().ask(`https://other.example:${server.port}/`, BOUNDS),
  ];
  expect((await Promise.all(asked.map(refusal))).map(([code]) => code)).toEqual(['not-trusted', 'not-trusted']);
});
