import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import { identityProvider } from '../../client/web/sign-in/identity-provider.ts';
import { type BoardRig, boardRig, type Visitor } from '../support/board.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const BOARD = 'http://board.example.org';

describe('by the council’s own sign-in (OpenID Connect)', () => {
  test('somebody whom the authority’s file lists by address gets in, and on to where they wanted', async () => {
    const { board, who } = await ready({ email: ADMINISTRATOR, email_verified: true, name: 'A. Officer' });
    const answer = await through(who, board, '/my-duties');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe('/my-duties');
    expect(await who.text('/')).toContain('A. Officer');
    expect(board.errors).toEqual([]);
  });

  test('there are no sign-in links beside it', async () => {
    const { board, who } = await ready({ email: ADMINISTRATOR, email_verified: true });
    expect(await who.text('/sign-in')).toContain('/sign-in/provider');
    const answer = await who.post('/sign-in', { email: ADMINISTRATOR });
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/sign-in']);
    expect(board.mail.received).toEqual([]);
  });

  test('roles from a claim count, whatever the file says; a claim of another council’s is that council’s', async () => {
    const { board, who } = await ready(
      { email: 'agency.worker@example.org', email_verified: true, roles: ['middlesbrough/lead-member'] },
      { rolesClaim: 'roles' },
    );
    expect((await through(who, board)).status).toBe(303);
    expect((await who.get('/start')).status).toBe(403);
    expect((await who.get('/overdue')).status).toBe(200);

    const none = await ready(
      { email: ADMINISTRATOR, email_verified: true, roles: ['hartlepool/lead-member'] },
      { rolesClaim: 'roles' },
    );
    const answer = await through(none.who, none.board);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('You have no role here');
  });

  test('groups and app roles count as an authority’s file gives them for roles: claims as Microsoft Entra makes them', async () => {
    const entra = {
      preferred_username: 'A.Worker@middlesbrough.example.org',
      tid: '1d6a8c0e-37a9-4a57-9c5b-6a0a4c1f0b11',
      oid: '8b0f6c9a-2d9b-4c0a-8f29-0c7f3f5a7d22',
    };
    const group = '6f1c2a30-9d5e-4b7a-8f7e-0d6d1f2b3c4d';
    const names = { rolesClaim: 'roles, groups', emailClaim: 'preferred_username' };
    const held = { 'lead-member': [group], 'democratic-services': ['Duecourse.Administrator'] };
    const opens = async (claims: object) => {
      const { board, who } = await ready({ ...entra, ...claims }, { ...names, held });
      const answer = await through(who, board);
      if (answer.status !== 303) return answer.text();
      return [(await who.get('/overdue')).status, (await who.get('/administration/middlesbrough')).status];
    };
    expect(await opens({ groups: ['another', group] })).toEqual([200, 403]);
    expect(await opens({ roles: ['Duecourse.Administrator'] })).toEqual([200, 200]);
    expect(await opens({ roles: ['Duecourse.Other'], groups: [group] })).toEqual([200, 403]);
    expect(await opens({ groups: ['another'] })).toContain('You have no role here');
    const leftOut = { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://example.org' } } };
    expect(await opens(leftOut)).toContain('You are in more groups than your council’s sign-in tells');
    // What is told beside it does not count for less: fewer roles would look as if something had been taken away.
    expect(await opens({ ...leftOut, roles: ['Duecourse.Administrator'] })).toContain('You are in more groups');
  }, 300_000);

  test('an address that the provider has not checked is nobody’s', async () => {
    const { board, who } = await ready({ email: ADMINISTRATOR, email_verified: false });
    expect((await through(who, board)).status).toBe(403);
    expect((await who.get('/')).status).toBe(303);
  });

  test('an answer that nobody here asked for, or twice, or with another state, signs nobody in', async () => {
    const { board, who } = await ready({ email: ADMINISTRATOR, email_verified: true });
    expect((await who.get('/sign-in/callback?code=made-up&state=made-up')).status).toBe(400);
    const callback = await toCallback(who, board);
    const changed = new URL(callback, BOARD);
    changed.searchParams.set('state', 'another');
    expect((await who.get(`${changed.pathname}${changed.search}`)).status).toBe(400);
    expect((await who.get('/')).status).toBe(303);
    expect((await who.get(callback)).status).toBe(303);
    // The cookie of that attempt is used up.
    expect((await who.get(callback)).status).toBe(400);
  });

  test('two tabs of one browser each come to their own end', async () => {
    const { board, who } = await ready({ email: ADMINISTRATOR, email_verified: true });
    const first = await toCallback(who, board, '/my-duties');
    const second = await toCallback(who, board, '/decisions');
    for (const [callback, next] of [
      [first, '/my-duties'],
      [second, '/decisions'],
    ] as const) {
      const answer = await who.get(callback);
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, next]);
    }
    // However many are begun and given up, what a browser sends stays small.
    for (let turn = 0; turn < 30; turn++) await who.get('/sign-in/provider');
    expect(who.cookies.size).toBeLessThan(12);
  });

  test('somebody else’s answer can’t be pushed on another: it is bound to the browser that asked', async () => {
    const { board, who } = await ready({ email: ADMINISTRATOR, email_verified: true });
    const callback = await toCallback(who, board);
    expect((await board.visitor().get(callback)).status).toBe(400);
  });

  test('a provider that is down says so, and works when it is back', async () => {
    const own = await boardRig(undefined, {
      identityProvider: identityProvider({
        issuer: 'http://127.0.0.1:9',
        clientId: 'duecourse',
        clientSecret: undefined,
        redirectUri: `${BOARD}/sign-in/callback`,
        emailClaim: undefined,
        rolesClaim: undefined,
      }),
    });
    const answer = await own.visitor().get('/sign-in/provider');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Try again in a few minutes');
  });
});

/** A real provider on this machine that says of everybody what it is told to, and a board that trusts it. */
async function ready(
  claims: { email?: string; email_verified?: boolean; [claim: string]: unknown },
  {
    rolesClaim,
    emailClaim,
    held = {},
  }: { rolesClaim?: string; emailClaim?: string; held?: Partial<Record<string, string[]>> } = {},
): Promise<{ board: BoardRig; who: Visitor }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'duecourse',
        client_secret: 'a secret of the tests',
        redirect_uris: [`${BOARD}/sign-in/callback`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'one' }] },
    cookies: { keys: ['a secret of the tests'] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'roles', 'groups', 'preferred_username', 'tid', 'oid', '_claim_names', '_claim_sources'],
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...claims }) }),
    features: { devInteractions: { enabled: true } },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const board = await boardRig(undefined, {
    identityProvider: identityProvider({
      issuer,
      clientId: 'duecourse',
      clientSecret: 'a secret of the tests',
      redirectUri: `${BOARD}/sign-in/callback`,
      emailClaim,
      rolesClaim,
    }),
  });
  const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
  const roles = authority.roles.map((role) =>
    held[role.id] === undefined ? role : { ...role, groups: held[role.id] },
  );
  await board.register.board.keepAuthority({ ...authority, roles }, new Date().toISOString());
  return { board, who: board.visitor() };
}

async function through(who: Visitor, board: BoardRig, next = '/'): Promise<Response> {
  return who.get(await toCallback(who, board, next));
}

/** Goes to the provider, signs in and agrees there, as a browser would; returns where it leads back to, unasked. */
async function toCallback(who: Visitor, { parts }: BoardRig, next = '/'): Promise<string> {
  expect(parts.identityProvider).toBeDefined();
  const begun = await who.get(`/sign-in/provider?next=${encodeURIComponent(next)}`);
  expect(begun.status).toBe(303);
  const first = new URL(begun.headers.get('Location') ?? '');
  expect(first.searchParams.get('code_challenge_method')).toBe('S256');
  const cookies = new Map<string, string>();
  let url = first;
  for (let turn = 0; turn < 12; turn++) {
    if (url.origin === BOARD) return `${url.pathname}${url.search}`;
    const headers = { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    let answer = await fetch(url, { redirect: 'manual', headers });
    keep(cookies, answer);
    if (answer.status === 200) {
      const html = await answer.text();
      const action = /action="([^"]+)"/.exec(html)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1];
      if (action === undefined || prompt === undefined)
        throw new Error(`the provider shows no form: ${html.slice(0, 500)}`);
      answer = await fetch(new URL(action, url), {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        body: new URLSearchParams({ prompt, login: 'somebody', password: 'x' }),
      });
      keep(cookies, answer);
    }
    const to = answer.headers.get('Location');
    if (to === null) throw new Error(`the provider leads nowhere: ${answer.status}`);
    url = new URL(to, url);
  }
  throw new Error('the provider leads round in circles');
}

function keep(cookies: Map<string, string>, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    if (pair.slice(at + 1) === '') cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
