import { BlockList, isIPv6 } from 'node:net';

/** Where an address leads: into this machine, to its neighbours, into a network that is not everybody's, or to anybody. */
export type AddressKind = 'loopback' | 'link-local' | 'private' | 'public';

/** As IANA's special-purpose registries have them; what is reserved, shared or for groups is nobody's web server. */
const RANGES: Record<Exclude<AddressKind, 'public'>, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128', '0.0.0.0/8', '::/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/10'],
  private: [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '192.0.0.0/24',
    '198.18.0.0/15',
    '224.0.0.0/3',
    'fc00::/7',
    'fec0::/10',
    'ff00::/8',
    // IPv4 in IPv6, but for the mapped addresses, which are looked at as what they stand for.
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2002::/16',
    '2001::/32',
    '::/96',
  ],
};

const LISTS = Object.entries(RANGES).map(([kind, ranges]) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), isIPv6(net) ? 'ipv6' : 'ipv4');
  }
  return { kind: kind as keyof typeof RANGES, list };
});

/**
 * Which kind an IP address is, as it would be connected to.
 *
 * @example addressKind('::ffff:127.0.0.1') // 'loopback'
 */
export function addressKind(address: string): AddressKind {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  return LISTS.find(({ list }) => list.check(address, family))?.kind ?? 'public';
}
