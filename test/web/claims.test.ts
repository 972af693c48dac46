import { expect, test } from 'vitest';
import { type ClaimNames, lacksClaims, signedInBy } from '../../client/web/sign-in/claims.ts';
import { NotLetIn } from '../../client/web/sign-in/not-let-in.ts';

const NAMES: ClaimNames = { emailClaim: undefined, rolesClaim: undefined };
const EMAIL = 'somebody@council.example.org';

/** Who is let in, or why nobody is. */
function outcome(claims: Record<string, unknown>, names: Partial<ClaimNames> = {}): string {
  try {
    return signedInBy(claims, { ...NAMES, ...names }).email;
  } catch (error) {
    if (error instanceof NotLetIn) return `no: ${error.why}`;
    throw error;
  }
}

test.each([true, 'true'])('an address is verified by %j', (verified) => {
  expect(outcome({ email: 'Somebody@Council.example.org', email_verified: verified })).toBe(EMAIL);
});

test.each([false, 'false', 'no', '', 'TRUE ', 'yes', '1', 0, 1, null, undefined, [], [true], {}, { true: true }])(
  'and not by %j',
  (verified) => {
    expect(outcome({ email: EMAIL, email_verified: verified })).toMatch(/^no: the claim email_verified is/);
  },
);

test.each([undefined, null, '', 'somebody', 1, true, [EMAIL], { email: EMAIL }, `${'a'.repeat(250)}@example.org`])(
  '%j is no address, verified or not',
  (email) => {
    expect(outcome({ email, email_verified: true })).toMatch(/^no: (there is no claim email|the claim email is no)/);
  },
);

test('of a claim that the operator has named, the address counts, unless the provider says that it is not verified', () => {
  const named = { emailClaim: 'upn' };
  expect(outcome({ upn: EMAIL }, named)).toBe(EMAIL);
  expect(outcome({ upn: EMAIL, email_verified: true }, named)).toBe(EMAIL);
  for (const verified of [false, 'false', 'no', 0, null])
    expect(outcome({ upn: EMAIL, email_verified: verified }, named)).toMatch(
      /^no: the claim email_verified is not true/,
    );
  // What else is there does not stand in for it.
  expect(outcome({ email: EMAIL, email_verified: true }, named)).toMatch(/^no: there is no claim upn/);
  expect(outcome({ email: EMAIL }, { emailClaim: 'email' })).toMatch(/^no: the claim email_verified is missing/);
});

test('why nobody is let in names the claims, and no value', () => {
  const said = outcome({ sub: 'S-1', email: EMAIL, email_verified: 'false', name: 'N-1' });
  expect(said).toBe('no: the claim email_verified is not true; the claims are email, email_verified, name, sub');
});

test('the provider is asked for more where the token lacks what is needed', () => {
  expect(lacksClaims({ email: EMAIL, email_verified: false }, NAMES)).toBe(false);
  expect(lacksClaims({ email: EMAIL }, NAMES)).toBe(true);
  expect(lacksClaims({}, NAMES)).toBe(true);
  expect(lacksClaims({ upn: EMAIL }, { ...NAMES, emailClaim: 'upn' })).toBe(false);
  expect(lacksClaims({ upn: EMAIL }, { emailClaim: 'upn', rolesClaim: 'roles' })).toBe(true);
});

test('several claims list roles, and any of them will do', () => {
  const names = { ...NAMES, rolesClaim: ' roles , groups' };
  const checked = { email: EMAIL, email_verified: true };
  expect(signedInBy({ ...checked, roles: ['a/b'], groups: ['g'] }, names).roles).toEqual(['a/b', 'g']);
  expect(lacksClaims({ ...checked, groups: ['g'] }, names)).toBe(false);
  expect(lacksClaims(checked, names)).toBe(true);
});

test.each<[string, object]>([
  ['as Microsoft Entra does', { _claim_names: { groups: 'src1' } }],
  ['as Microsoft Entra does without a browser', { hasgroups: 'true' }],
])('a list that is left out because it is too long lets nobody in with fewer roles: %s', (_how, claims) => {
  const names = { ...NAMES, rolesClaim: 'roles,groups' };
  const given = { email: EMAIL, email_verified: true, roles: ['a/b'], ...claims };
  expect(() => signedInBy(given, names)).toThrow(/more groups than/);
  expect(signedInBy(given, { ...NAMES, rolesClaim: 'roles' }).roles).toEqual(['a/b']);
});

test('roles count only as a list of texts', () => {
  const roles = (given: unknown) =>
    signedInBy({ email: EMAIL, email_verified: true, roles: given }, { ...NAMES, rolesClaim: 'roles' }).roles;
  expect(roles(['a/b', 1, null, 'c/d'])).toEqual(['a/b', 'c/d']);
  for (const none of [undefined, null, 'a/b', { 0: 'a/b' }]) expect(roles(none)).toEqual([]);
});
