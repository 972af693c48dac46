import { lookup as dnsLookup } from 'node:dns';
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as overHttp,
} from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type AddressKind, addressKind } from './address-kinds.ts';
import { Barred, plainKind } from './barred.ts';

/** The answer is longer than was asked for. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

export interface OutsideRequest {
  method?: 'GET' | 'POST';
  headers?: OutgoingHttpHeaders;
  /** What is sent with it, as UTF-8. */
  body?: string;
  /** Which kinds of address may be connected to. */
  may: (kind: AddressKind) => boolean;
  /** Of the answer's body, in bytes. */
  maxBytes: number;
  /** For all of it, to the last byte of the body. */
  signal: AbortSignal;
  /** How names are looked up: the system's own way by default. */
  lookup?: LookupFunction | undefined;
  /** Certificates, in PEM form, that are trusted in place of the usual ones. */
  ca?: string | undefined;
}

export interface OutsideAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** That of the address which answered. */
  kind: AddressKind;
  /** The body as UTF-8. @throws TooLong; whatever breaks the connection */
  text(): Promise<string>;
  /** The body is not wanted. */
  drop(): void;
}

/**
 * Asks an address that somebody else has named: one request, one answer, no redirect followed. The name is looked up once, and
 * it is the addresses found, not the name, that are checked and connected to: a name that stands for another address a
 * moment later leads nowhere else.
 *
 * @throws Barred; whatever breaks the connection
 */
export function askOutside(url: URL, asked: OutsideRequest): Promise<OutsideAnswer> {
  const { may, method = 'GET', headers = {}, body, signal, ca, maxBytes } = asked;
  const literal = plainKind(url);
  if (literal !== undefined && !may(literal)) return Promise.reject(new Barred(literal));
  const options = {
    ...{ method, signal, agent: false as const, lookup: barring(asked.lookup ?? dnsLookup, may) },
    headers: { 'accept-encoding': 'identity', ...headers },
    ...(ca === undefined ? {} : { ca }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, (answer) => {
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        kind: addressKind(answer.socket.remoteAddress ?? ''),
        text: () => bounded(answer, maxBytes),
        drop: () => void answer.destroy(),
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The answers of a look-up, without those that may not be connected to; an error where none is left. */
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

async function bounded(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    const bytes = chunk as Buffer;
    size += bytes.byteLength;
    if (size > maxBytes) throw new TooLong(`more than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
