import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What an issuer says of whoever comes; all of it may be wrong, but for the signature. */
export interface Said {
  /** What stands in the token beside what has to. */
  token: Record<string, unknown>;
  /** What its page of information gives; null where it fails. */
  userInfo?: Record<string, unknown> | null;
  /** How far its clock is ahead, in seconds. */
  clockAhead?: number;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID Connect provider that says what it is told to say; ours does not know it from another. Signs everybody in. */
export async function issuerSaying(said: Said, clientId: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration')
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (url.pathname === '/keys')
      return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] });
    if (url.pathname === '/authorize') {
      const code = `code-${codes.size}`;
      codes.set(code, url.searchParams.get('nonce') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return response.writeHead(303, { Location: back.href }).end();
    }
    if (url.pathname === '/userinfo')
      return said.userInfo === null ? json({}, 500) : json({ sub: 's', ...said.userInfo });
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    return request.on('end', () => {
      const nonce = codes.get(new URLSearchParams(body).get('code') ?? '');
      const now = Math.floor(Date.now() / 1000) + (said.clockAhead ?? 0);
      const claims = { iss: issuer, aud: clientId, sub: 's', iat: now, nbf: now, exp: now + 300, nonce, ...said.token };
      const signing = `${encoded({ alg: 'RS256', kid: 'one' })}.${encoded(claims)}`;
      const signature = createSign('RSA-SHA256').update(signing).sign(privateKey, 'base64url');
      json({ access_token: 'a', token_type: 'Bearer', id_token: `${signing}.${signature}` });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return issuer;
}
