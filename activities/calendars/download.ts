import type { LookupFunction } from 'node:net';
import type { AddressKind } from '../../platform/outside/address-kinds.ts';
import { askOutside, TooLong } from '../../platform/outside/ask-outside.ts';
import { Barred } from '../../platform/outside/barred.ts';
import { FeedProblem } from './feed-problem.ts';

/** A list of bank holidays is a few hundred kilobytes at most, in bytes. */
export const MAX_BYTES = 2 * 1024 * 1024;
const PATIENCE_MS = 20_000;
const MAX_REDIRECTS = 5;
const ACCEPT = { accept: 'application/json' };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface DownloadOptions {
  /** For all of it, redirects included, in milliseconds. */
  patienceMs?: number;
  /** `public`: an address may lead on to public ones, and to its own kind; `any`: wherever it likes. */
  redirects?: 'public' | 'any';
  /** How names are looked up; the system's own way, unless a test has another. */
  lookup?: LookupFunction;
}

/**
 * The text at a web address. Whoever has named the address may name any; whoever answers there may lead only to public
 * addresses, or to ones like the first: the address that is connected to counts, not its name.
 *
 * @throws FeedProblem
 */
export async function download(address: string, options: DownloadOptions = {}): Promise<string> {
  const { patienceMs = PATIENCE_MS, redirects = 'public', lookup } = options;
  const signal = AbortSignal.timeout(patienceMs);
  let url = new URL(address);
  let first: AddressKind | undefined;
  try {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const from = first;
      const may = (kind: AddressKind) =>
        from === undefined || redirects === 'any' || kind === 'public' || kind === from;
      const answer = await askOutside(url, { may, signal, lookup, maxBytes: MAX_BYTES, headers: ACCEPT });
      first ??= answer.kind;
      const { status } = answer;
      const next = REDIRECTS.has(status) ? answer.headers.location : undefined;
      if (next === undefined) {
        if (status === 200) return await answer.text();
        answer.drop();
        throw new FeedProblem(`${address} answered ${status}`);
      }
      answer.drop();
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

interface Tried {
  address: string;
  url: URL;
  patienceMs: number;
  signal: AbortSignal;
}

function asProblem(error: unknown, { address, url, patienceMs, signal }: Tried): FeedProblem {
  if (error instanceof FeedProblem) return error;
  if (error instanceof TooLong) return new FeedProblem(`${address} is longer than a list of bank holidays can be`);
  if (error instanceof Barred)
    return new FeedProblem(
      `${address} leads to ${url.host}, ${error.message}: that is not followed unless DUECOURSE_BANK_HOLIDAYS_REDIRECTS is "any"`,
    );
  const why = signal.aborted ? `did not answer within ${patienceMs / 1000} seconds` : "can't be reached";
  return new FeedProblem(`${address} ${why}`, { cause: error });
}
