import { expect, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import type { ClaimNames } from '../../client/web/sign-in/claims.ts';
import { identityProvider } from '../../client/web/sign-in/identity-provider.ts';
import { boardForAll, type BoardRig, Visitor } from '../support/board.ts';
import { issuerSaying, type Said } from '../support/issuer.ts';
import { webApp } from '../../client/web/app.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const BOARD = 'http://board.example.org';
const CLIENT = 'duecourse';

const board = boardForAll(async ({ register }) => {
  const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
  await register.board.keepAuthority(authority, new Date().toISOString());
});

const VERIFIED = { email: ADMINISTRATOR, email_verified: true };

test.each<[string, Said, Partial<ClaimNames>]>([
  ['in the token', { token: VERIFIED }, {}],
  ['in the token, the truth as text', { token: { ...VERIFIED, email_verified: 'true' } }, {}],
  ['on the page of information alone', { token: {}, userInfo: VERIFIED }, {}],
  ['partly here, partly there', { token: { email: ADMINISTRATOR }, userInfo: { email_verified: true } }, {}],
  ['in the claim that the operator has named', { token: { upn: ADMINISTRATOR } }, { emailClaim: 'upn' }],
  ['in that claim, on the page of information', { token: {}, userInfo: { upn: ADMINISTRATOR } }, { emailClaim: 'upn' }],
  ['with a clock a minute ahead', { token: VERIFIED, clockAhead: 60 }, {}],
  ['with a clock a minute behind', { token: { ...VERIFIED, exp: Math.floor(Date.now() / 1000) - 60 } }, {}],
])('let in: an address %s', async (_what, said, names) => {
  const { answer, lines, who } = await signIn(said, names);
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/my-duties']);
  expect((await who.get('/')).status).toBe(200);
  expect(lines).toEqual([]);
});

const unverified = [false, 'false', 'no', 0, null].map(
  (email_verified): [string, Said, Partial<ClaimNames>, RegExp] => [
    `email_verified ${JSON.stringify(email_verified)}`,
    { token: { email: ADMINISTRATOR, email_verified } },
    {},
    /email_verified is not true; the claims are .*email, email_verified/,
  ],
);

test.each<[string, Said, Partial<ClaimNames>, RegExp]>([
  ...unverified,
  ['no email_verified', { token: { email: ADMINISTRATOR } }, {}, /email_verified is missing; the claims are/],
  [
    'the token’s own no, whatever else says yes',
    { token: { email: ADMINISTRATOR, email_verified: false }, userInfo: VERIFIED },
    {},
    /not true/,
  ],
  ['no address', { token: { upn: ADMINISTRATOR } }, {}, /there is no claim email; the claims are .*upn/],
  ['a page of information that fails', { token: {}, userInfo: null }, {}, /userinfo could not be read/],
  [
    'a page of information of somebody else',
    { token: {}, userInfo: { ...VERIFIED, sub: 'another' } },
    {},
    /userinfo could not be read/,
  ],
  ['a clock ten minutes ahead', { token: VERIFIED, clockAhead: 600 }, {}, /claim nbf; is the provider's clock right/],
  ['a token that is over', { token: { ...VERIFIED, exp: 1 } }, {}, /claim exp; is the provider's clock right/],
  ['a token for somebody else', { token: { ...VERIFIED, aud: 'another' } }, {}, /./],
  ['a token of another issuer', { token: { ...VERIFIED, iss: 'https://evil.example' } }, {}, /./],
  ['a token of another try', { token: { ...VERIFIED, nonce: 'another' } }, {}, /./],
  ['nobody whom we know', { token: { ...VERIFIED, email: 'nobody@example.org' } }, {}, /no authority’s file gives/],
])('not let in, and the log says why without a value: %s', async (_what, said, names, why) => {
  const { answer, lines, who } = await signIn(said, names);
  expect([400, 403, 503]).toContain(answer.status);
  expect(await answer.text()).not.toContain(ADMINISTRATOR);
  expect((await who.get('/')).status).toBe(303);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(why);
  for (const value of [ADMINISTRATOR, 'nobody@example.org', 'evil.example', 'another'])
    expect(lines[0]).not.toContain(value);
});

/** Signs in by an issuer that says so; and the lines of the log about it. */
async function signIn(
  said: Said,
  names: Partial<ClaimNames>,
): Promise<{ answer: Response; lines: string[]; who: Visitor }> {
  const rig: BoardRig = board();
  const lines: string[] = [];
  const issuer = await issuerSaying(said, CLIENT);
  const app = webApp({
    ...rig.parts,
    log: { event: ({ part }, message) => void (part === 'sign-in' && lines.push(message)) },
    identityProvider: identityProvider({
      issuer,
      clientId: CLIENT,
      clientSecret: 'a secret of the tests',
      redirectUri: `${BOARD}/sign-in/callback`,
      emailClaim: undefined,
      rolesClaim: undefined,
      ...names,
    }),
  });
  const who = new Visitor(app);
  const begun = await who.get('/sign-in/provider?next=/my-duties');
  expect(begun.headers.get('Cache-Control')).toBe('no-store');
  const there = await fetch(begun.headers.get('Location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(there.headers.get('Location') ?? '');
  const answer = await who.get(`${pathname}${search}`);
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  return { answer, lines, who };
}
