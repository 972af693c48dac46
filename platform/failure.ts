import { FAILURE_WORDS, type FailureKind } from './failure-words.ts';

/** Something around duecourse that failed, in words that a person can act on. */
export interface Failure {
  kind: FailureKind;
  /** The file, address or database, where the error names it; for 'part-failed' what became of the part. */
  place: string | undefined;
}

/** PostgreSQL's own codes. What is not here is 'register-failed'. */
const SQL_KINDS: ReadonlyMap<string, FailureKind> = new Map(
  Object.entries({
    '25006': 'register-read-only',
    '53100': 'register-full',
    '53200': 'register-crowded',
    '53300': 'register-crowded',
    '42501': 'register-forbidden',
    '42P01': 'register-without-tables',
    '42703': 'register-without-tables',
    '3F000': 'register-without-tables',
    '57014': 'register-slow',
    '55P03': 'register-busy',
    '40001': 'register-busy',
    '40P01': 'register-busy',
  }),
);

/** Node's own codes. */
const SYSTEM_KINDS: ReadonlyMap<string, FailureKind> = new Map(
  Object.entries({
    ENOSPC: 'disk-full',
    EDQUOT: 'disk-full',
    EROFS: 'disk-read-only',
    ENOENT: 'file-missing',
    EACCES: 'file-forbidden',
    EPERM: 'file-forbidden',
    EISDIR: 'file-is-a-folder',
    ENOTDIR: 'file-is-no-folder',
    EEXIST: 'file-exists',
    ENOTEMPTY: 'file-exists',
    EMFILE: 'files-too-many',
    ENFILE: 'files-too-many',
    EADDRINUSE: 'port-taken',
    EADDRNOTAVAIL: 'address-not-here',
    ENOTFOUND: 'host-unknown',
    EAI_AGAIN: 'host-unknown',
    ECONNREFUSED: 'host-refuses',
    ECONNRESET: 'host-silent',
    EPIPE: 'host-silent',
    ETIMEDOUT: 'host-silent',
    EHOSTUNREACH: 'host-silent',
    ENETUNREACH: 'host-silent',
    UND_ERR_CONNECT_TIMEOUT: 'host-silent',
    UND_ERR_SOCKET: 'host-silent',
  }),
);

/** What a server that we start says in its log, and Temporal's core in its errors. */
const WORDS_KINDS: readonly [RegExp, FailureKind][] = [
  [/No space left on device/i, 'disk-full'],
  [/could not (open|access|create|write)[^\n]*Permission denied/i, 'file-forbidden'],
  [/tonic::transport::Error/, 'temporal-unreachable'],
  [/^Namespace .*not found/, 'namespace-missing'],
  [/^Failed to start prometheus metrics exporter/, 'metrics-not-served'],
];

/** How many causes deep an error is looked into. */
const MAX_CAUSES = 8;

/** What an error tells of the world around duecourse; undefined where it tells of nothing that is known. */
export function failureOf(error: unknown): Failure | undefined {
  let found: Failure | undefined;
  let inner = error;
  for (let depth = 0; depth < MAX_CAUSES && inner instanceof Error; depth++) {
    // The innermost cause says most; what stands around it only where it says nothing.
    found = ownFailure(inner) ?? found;
    inner = inner.cause;
  }
  return found;
}

function ownFailure(error: Error): Failure | undefined {
  const { code } = detailsOf(error);
  if (error.name === 'PartFailed') return { kind: 'part-failed', place: error.message };
  if ('severity' in error && typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code))
    return { kind: SQL_KINDS.get(code) ?? 'register-failed', place: undefined };
  const system = typeof code === 'string' ? systemKind(code, error) : undefined;
  if (system !== undefined) return { kind: system, place: placeOf(error) };
  const inWords = WORDS_KINDS.find(([words]) => words.test(error.message))?.[1];
  if (inWords !== undefined) return { kind: inWords, place: undefined };
  return isGrpc(error) ? { kind: grpcKind(error), place: undefined } : undefined;
}

const UNAVAILABLE = 14;

function grpcKind(error: Error): FailureKind {
  const { code, details } = detailsOf(error);
  if (/^Namespace .*not found/.test(String(details))) return 'namespace-missing';
  return code === UNAVAILABLE ? 'temporal-unreachable' : 'temporal-failed';
}

/** As gRPC's errors look; its package is not loaded for this by commands that need no server. */
function isGrpc(error: Error): boolean {
  const { code, details, metadata } = detailsOf(error);
  return typeof code === 'number' && typeof details === 'string' && metadata !== undefined;
}

function systemKind(code: string, error: Error): FailureKind | undefined {
  if (code === 'EACCES' && detailsOf(error).syscall === 'listen') return 'port-forbidden';
  return SYSTEM_KINDS.get(code);
}

/** What Node says beside an error's words: `code`, `syscall`, `path`, `hostname`, `address`, `port`. */
const detailsOf = (error: Error): Record<string, unknown> => Object.fromEntries<unknown>(Object.entries(error));

function placeOf(error: Error): string | undefined {
  const { path, hostname, address, port } = detailsOf(error);
  if (typeof path === 'string') return path;
  if (typeof hostname === 'string') return hostname;
  if (typeof address !== 'string') return undefined;
  const host = address.includes(':') ? `[${address}]` : address;
  return typeof port === 'number' ? `${host}:${port}` : host;
}

/** What is wrong and what to do, for whoever typed the command. */
export function failureSentence({ kind, place }: Failure): string {
  const { sentence, advice } = FAILURE_WORDS[kind];
  return `${sentence(place)} ${advice}`;
}

/** The same for an officer who reads a page: whoever runs duecourse learns where from the log. */
export function officerSentence({ kind }: Failure): string {
  return `${FAILURE_WORDS[kind].sentence(undefined)} Please try again in a few minutes; if it stays like this, tell whoever runs duecourse.`;
}
