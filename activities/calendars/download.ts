import { lookup as dnsLookup } from 'node:dns';
import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type AddressKind, addressKind } from './address-kinds.ts';
import { FeedProblem } from './feed-problem.ts';

/** A list of bank holidays is a few hundred kilobytes at most, in bytes. */
export const MAX_BYTES = 2 * 1024 * 1024;
const PATIENCE_MS = 20_000;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface DownloadOptions {
  /** For all of it, redirects included, in milliseconds. */
  patienceMs?: number;
  /** `public`: an address may lead on to public ones, and to its own kind; `any`: wherever it likes. */
  redirects?: 'public' | 'any';
  /** How names are looked up; the system's own way, unless a test has another. */
  lookup?: LookupFunction;
}

const KIND_WORDS: Record<AddressKind, string> = {
  loopback: 'an address of this machine itself',
  'link-local': 'an address of this machine’s neighbours',
  private: 'an address inside a private network',
  public: 'a public address',
};

/** The address that a name stands for is one that may not be connected to. */
class Barred extends Error {
  readonly kind: AddressKind;
  constructor(kind: AddressKind) {
    super(KIND_WORDS[kind]);
    this.kind = kind;
  }
}

/**
 * The text at a web address. Whoever has named the address may name any; whoever answers there may lead only to public
 * addresses, or to ones like the first: the address that is connected to counts, not its name.
 *
 * @throws FeedProblem
 */
export async function download(address: string, options: DownloadOptions = {}): Promise<string> {
  const { patienceMs = PATIENCE_MS, redirects = 'public', lookup = dnsLookup } = options;
  const signal = AbortSignal.timeout(patienceMs);
  let url = new URL(address);
  let first: AddressKind | undefined;
  try {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const from = first;
      const may = (kind: AddressKind) =>
        from === undefined || redirects === 'any' || kind === 'public' || kind === from;
      const { answer, kind } = await ask(url, { signal, may, lookup });
      first ??= kind;
      const status = answer.statusCode ?? 0;
      const next = REDIRECTS.has(status) ? answer.headers.location : undefined;
      if (next === undefined) {
        if (status === 200) return await bounded(answer, address);
        answer.destroy();
        throw new FeedProblem(`${address} answered ${status}`);
      }
      answer.destroy();
      url = leadingTo(next, url, address);
    }
    throw new FeedProblem(`${address} leads on more than ${MAX_REDIRECTS} times`);
  } catch (error) {
    throw asProblem(error, { address, url, patienceMs, signal });
  }
}

/** @throws FeedProblem where it is no web address, or one that gives up the encryption of the first */
function leadingTo(next: string, from: URL, address: string): URL {
  const url = URL.canParse(next, from.href) ? new URL(next, from.href) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new FeedProblem(`${address} leads to something that is no web address`);
  if (from.protocol === 'https:' && url.protocol === 'http:')
    throw new FeedProblem(`${address} leads from https to http, where anybody on the way could change it`);
  return url;
}

interface Asking {
  signal: AbortSignal;
  may: (kind: AddressKind) => boolean;
  lookup: LookupFunction;
}

/** One answer, and the kind of address that it came from. */
function ask(url: URL, { signal, may, lookup }: Asking): Promise<{ answer: IncomingMessage; kind: AddressKind }> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const literal = isIP(host) === 0 ? undefined : addressKind(host);
  if (literal !== undefined && !may(literal)) return Promise.reject(new Barred(literal));
  const options: RequestOptions = {
    signal,
    agent: false,
    lookup: barring(lookup, may),
    headers: { accept: 'application/json', 'accept-encoding': 'identity' },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? getHttps : getHttp)(url, options, (answer) =>
      resolve({ answer, kind: addressKind(answer.socket.remoteAddress ?? '') }),
    );
    request.on('error', reject);
  });
}

/** The system's answers, without those that may not be connected to; an error where none is left. */
function barring(lookup: LookupFunction, may: (kind: AddressKind) => boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null || typeof found === 'string') return done(error, '', 0);
      const open = found.filter(({ address }) => may(addressKind(address)));
      const [one] = open;
      if (one === undefined) return done(new Barred(addressKind(found[0]?.address ?? '')), '', 0);
      return options.all === true ? done(null, open) : done(null, one.address, one.family);
    });
  };
}

/** The body, as far as a list of bank holidays may be long. */
async function bounded(answer: IncomingMessage, address: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    const bytes = chunk as Buffer;
    size += bytes.byteLength;
    if (size > MAX_BYTES) throw new FeedProblem(`${address} is longer than a list of bank holidays can be`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface Tried {
  address: string;
  url: URL;
  patienceMs: number;
  signal: AbortSignal;
}

function asProblem(error: unknown, { address, url, patienceMs, signal }: Tried): FeedProblem {
  if (error instanceof FeedProblem) return error;
  if (error instanceof Barred)
    return new FeedProblem(
      `${address} leads to ${url.host}, ${error.message}: that is not followed unless DUECOURSE_BANK_HOLIDAYS_REDIRECTS is "any"`,
    );
  const why = signal.aborted ? `did not answer within ${patienceMs / 1000} seconds` : "can't be reached";
  return new FeedProblem(`${address} ${why}`, { cause: error });
}
