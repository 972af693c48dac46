import type { OutgoingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { askOutside, TooLong } from './ask-outside.ts';
import { type Allowed, Barred, barredBy, barredWords, mayBe } from './barred.ts';

/** Why something outside was not asked, or gave no answer that can be used. */
export type OutsideCode =
  | 'not-an-address'
  | 'not-https'
  | 'has-a-password'
  | 'barred'
  | 'leads-on'
  | 'too-long'
  | 'too-slow'
  | 'not-trusted'
  | 'unreachable';

/** The message is a sentence for whoever has named the address; it does not repeat the address, which may hold a secret. */
export class OutsideProblem extends Error {
  override readonly name = 'OutsideProblem';
  readonly code: OutsideCode;
  constructor(code: OutsideCode, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.code = code;
  }
}

interface OutsideAsked {
  method?: 'GET' | 'POST';
  headers?: OutgoingHttpHeaders;
  /** What is sent with it, as UTF-8. */
  body?: string;
  /** Of the answer's body, in bytes; 0: it is not read at all. */
  maxBytes: number;
  /** For all of it, in milliseconds. */
  patienceMs: number;
}

/** What answered: whatever its status is, but for one that leads on. */
interface OutsideAnswered {
  status: number;
  text: string;
}

/** What people name by an address of theirs is asked through this and no other way. */
export interface Outside {
  /** @throws OutsideProblem */
  ask(address: string, asked: OutsideAsked): Promise<OutsideAnswered>;
  /** Why an address would not be asked, as far as it says so itself; undefined where it may be, or is none. Nothing is asked, nor looked up. */
  barred(address: string): string | undefined;
}

export interface OutsideOptions {
  /** `public`: none but public addresses are connected to; `any`: private networks and this machine too. */
  allow: Allowed;
  /** How names are looked up: the system's own way by default. */
  lookup?: LookupFunction;
  /** Certificates, in PEM form, that are trusted in place of the usual ones. */
  ca?: string;
}

const MAX_REDIRECT = 399;
const isRedirect = (status: number): boolean => status >= 300 && status <= MAX_REDIRECT;

/** By https alone, to public addresses unless any are allowed, following no redirect, within bounds of time and size. */
export function outsideBy({ allow, lookup, ca }: OutsideOptions): Outside {
  return {
    barred: barredBy(allow),
    async ask(address, { patienceMs, ...asked }) {
      const url = addressIn(address);
      const signal = AbortSignal.timeout(patienceMs);
      try {
        const answer = await askOutside(url, { ...asked, may: mayBe(allow), signal, lookup, ca });
        if (isRedirect(answer.status)) {
          answer.drop();
          throw new OutsideProblem('leads-on', leadsOn(answer.headers.location, url));
        }
        if (asked.maxBytes === 0) {
          answer.drop();
          return { status: answer.status, text: '' };
        }
        return { status: answer.status, text: await answer.text() };
      } catch (error) {
        throw problemOf(error, { url, signal, patienceMs, maxBytes: asked.maxBytes });
      }
    },
  };
}

/** @throws OutsideProblem where it is no address that may be asked */
function addressIn(address: string): URL {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  if (url === undefined || url.hostname === '')
    throw new OutsideProblem('not-an-address', 'Enter a whole web address, like https://www.example.org/meetings.ics');
  if (url.protocol !== 'https:')
    throw new OutsideProblem('not-https', 'Enter an address that begins with https://: others can be read on the way');
  if (url.username !== '' || url.password !== '')
    throw new OutsideProblem('has-a-password', 'Enter the address without a name and a password in it');
  return url;
}

/** Where to is said only as far as it is a web address, and without what may be secret in it. */
function leadsOn(location: string | undefined, from: URL): string {
  const to = URL.canParse(location ?? '', from.href) ? new URL(location ?? '', from.href) : undefined;
  const where = to?.protocol === 'https:' ? `, at ${to.host}` : '';
  return `The address leads on to another one${where}, which is not followed: enter the one that it leads to`;
}

interface Tried {
  url: URL;
  signal: AbortSignal;
  patienceMs: number;
  maxBytes: number;
}

/** What says that a certificate is not to be trusted, or is another's. */
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

function problemOf(error: unknown, { url, signal, patienceMs, maxBytes }: Tried): OutsideProblem {
  if (error instanceof OutsideProblem) return error;
  const of = (code: OutsideCode, sentence: string) => new OutsideProblem(code, sentence, error);
  if (error instanceof Barred) return of('barred', barredWords(url, error));
  if (error instanceof TooLong) return of('too-long', `What is there is longer than ${Math.floor(maxBytes / 1024)} kB`);
  if (signal.aborted) return of('too-slow', `${url.hostname} did not answer within ${patienceMs / 1000} seconds`);
  const { code } = error as NodeJS.ErrnoException;
  return NOT_TRUSTED.test(code ?? '')
    ? of('not-trusted', `${url.hostname} can’t prove that it is ${url.hostname}: its certificate is not trusted`)
    : of('unreachable', `${url.hostname} can’t be reached`);
}
