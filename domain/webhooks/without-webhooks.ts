import type { Authority } from '../schemas/authority.ts';

const without = new WeakMap<Authority, Authority>();

/**
 * A council's file as its inspections have it. Addresses outside are none of theirs: no date depends on one, and one of Teams
 * is a key in itself, which belongs in no history of the engine's. The same object for the same file.
 */
export function withoutWebhooks(authority: Authority): Authority {
  if (authority.webhooks === undefined) return authority;
  const known = without.get(authority);
  if (known !== undefined) return known;
  const { webhooks: _webhooks, ...rest } = authority;
  without.set(authority, rest);
  return rest;
}
