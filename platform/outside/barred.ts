import { isIP } from 'node:net';
import { addressKind, type AddressKind } from './address-kinds.ts';

/** `public`: none but public addresses; `any`: private networks and this machine too. */
export type Allowed = 'public' | 'any';

/** What each kind of address is, in words. */
const KIND_WORDS: Readonly<Record<AddressKind, string>> = {
  loopback: 'an address of this machine itself',
  'link-local': 'an address of this machine’s neighbours',
  private: 'an address inside a private network',
  public: 'a public address',
};

/** The address that a name stands for is one that may not be connected to; the message says of which kind it is. */
export class Barred extends Error {
  override readonly name = 'Barred';
  constructor(kind: AddressKind) {
    super(KIND_WORDS[kind]);
  }
}

/** The kind of what is plainly an address, or this machine's own name: it is not looked up. Undefined of any other name. */
export function plainKind({ hostname }: URL): AddressKind | undefined {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(host) !== 0) return addressKind(host);
  return host === 'localhost' || host.endsWith('.localhost') ? 'loopback' : undefined;
}

/** Whether an address of a kind may be connected to. */
export const mayBe =
  (allow: Allowed) =>
  (kind: AddressKind): boolean =>
    allow === 'any' || kind === 'public';

/** Why an address may not be asked, as far as it says so itself; undefined where it may be, or is none. Nothing is looked up. */
export const barredBy =
  (allow: Allowed) =>
  (address: string): string | undefined => {
    if (!URL.canParse(address.trim())) return undefined;
    const url = new URL(address.trim());
    const kind = plainKind(url);
    return kind === undefined || mayBe(allow)(kind) ? undefined : barredWords(url, new Barred(kind));
  };

export const barredWords = ({ hostname }: URL, { message }: Barred): string =>
  `${hostname} is ${message}, which is not asked: the operator says whether it may be`;
