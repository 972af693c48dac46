import { expect, test } from 'vitest';
import { loadStart } from '../../../client/files/load-start.ts';
import { isTheirsAlone } from '../../../client/web/administration/council.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';

const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
const [HEAD, OTHER, THIRD] = ['head-of-early-help', 'head-of-safeguarding', 'assistant-director'];
const SHARED = 'early-help@middlesbrough.example.org';
const withAddress = (email: string | undefined, ...roles: string[]): Authority => ({
  ...authority,
  roles: authority.roles.map((role) => (roles.includes(role.id) ? { ...role, email } : role)),
});
const shared = withAddress(SHARED, HEAD, OTHER);
const nurse = { id: 'nurse', title: 'Nurse', email: SHARED, capacity: 'owner' as const };
const withPartner: Authority = {
  ...withAddress(SHARED, HEAD),
  partners: [{ id: 'trust', name: 'The Trust', lead: THIRD, roles: [nurse], chain: { head: 'nurse' } }],
};
const by = (email: string) => ({ email, name: '', roles: null });
const claimed = (...roles: string[]) => ({
  ...{ email: 'a.person@middlesbrough.example.org', name: '' },
  roles: roles.map((each) => `middlesbrough/${each}`),
});

test.each<[string, Parameters<typeof isTheirsAlone>, boolean]>([
  ['the holder of its address', [by('HEAD-of-early-help@middlesbrough.example.org'), authority, HEAD], true],
  ['somebody else', [by('assistant-director@middlesbrough.example.org'), authority, HEAD], false],
  ['whoever had its address before the file that is in force', [by(SHARED), authority, HEAD], false],
  ['one person in two roles, by their address', [by(SHARED), shared, HEAD], true],
  ['a role that is claimed, with an address of its own', [claimed(HEAD), authority, HEAD], true],
  ['a role that is claimed, with the address of another', [claimed(HEAD), shared, HEAD], false],
  ['both roles of an address, claimed', [claimed(HEAD, OTHER), shared, HEAD], true],
  ['a role that is claimed, with the address of a partner’s', [claimed(HEAD), withPartner, HEAD], false],
  ['that, with the partner’s role', [claimed(HEAD, 'nurse'), withPartner, HEAD], true],
  ['a role that is claimed and has no address', [claimed(HEAD), withAddress(undefined, HEAD), HEAD], false],
])('%s', (_who, given, alone) => {
  expect(isTheirsAlone(...given)).toBe(alone);
});
