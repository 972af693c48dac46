import { expect, test } from 'vitest';
import { actorUnder } from '../../../client/apply-authority.ts';
import { loadStart } from '../../../client/files/load-start.ts';
import { withDigest } from '../../../domain/authority/change/people.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';

const { authority: before } = loadStart('examples/middlesbrough-2016.yaml').facts;
const HEAD = { id: 'head-of-early-help@middlesbrough.example.org', role: 'head-of-early-help' };
const ADMINISTRATOR = { id: 'democratic-services@middlesbrough.example.org', role: 'democratic-services' };
const weekly = (of: Authority, email: string) => withDigest(of, email, { digest: 'weekly', weeklyOn: 'friday' });
const own = weekly(before, HEAD.id);
const roles = own.roles.map((role) => (role.id === 'lead-member' ? { ...role, title: 'Cabinet Member' } : role));
const others: Authority = { ...own, roles };

test.each<[string, Parameters<typeof actorUnder>, string | undefined]>([
  ['what somebody says of themselves goes by them', [before, own, HEAD, 'their own entry'], HEAD.role],
  ['with what others changed it does not', [before, others, HEAD, 'their own entry'], undefined],
  ['nor with what another says', [before, weekly(own, 'x@example.org'), HEAD, 'their own entry'], undefined],
  ['nor an administrator’s own', [before, others, ADMINISTRATOR, 'their own entry'], undefined],
  ['an administrator brings all of it', [before, others, ADMINISTRATOR, 'the file'], ADMINISTRATOR.role],
  [
    'whoever is one only by the newer file, as the one of before',
    [before, others, HEAD, 'the file'],
    ADMINISTRATOR.role,
  ],
])('%s', (_what, given, role) => {
  expect(actorUnder(...given)?.role).toBe(role);
});
