import { notAmong } from '../../domain/nearest.ts';

export interface SmtpOptions {
  /** How long the server may take for each step, in milliseconds; ten times that for one mail. */
  timeoutMs?: number;
  /** Connections side by side. */
  connections?: number;
  /** The most mails a second, all connections together. */
  perSecond?: number;
  /** Certificate authorities to trust instead of the usual ones, PEM. */
  ca?: string;
  /**
   * Refuse to send without TLS. `smtps:` always has it; `smtp:` upgrades where the server offers it, and must where
   * there is a password that would cross a network.
   */
  requireTls?: boolean;
}

/** A mail server, as its address and the options beside it describe it. */
export interface SmtpSettings {
  host: string;
  port: number;
  secure: boolean;
  requireTls: boolean;
  auth: { user: string; pass: string } | null;
  timeoutMs: number;
  connections: number;
  /** 0: no limit. */
  perSecond: number;
  ca: string | null;
}

const TIMEOUT_MS = 30_000;
const CONNECTIONS = 5;
const PARAMETERS = ['requireTls', 'connections', 'perSecond', 'timeoutMs'];

/**
 * Reads a mail server's address. What an operator may want to set can stand in its query; an option given in code wins.
 *
 * @param url `smtp://user:password@host:587?requireTls=true&perSecond=10&connections=3` or `smtps://…:465`
 * @throws Error that names what is wrong, and never the password
 */
export function smtpSettings(url: string, options: SmtpOptions = {}): SmtpSettings {
  const { protocol, hostname, port, username, password, searchParams } = parsed(url);
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw problem(notAmong('it has no setting', unknown, PARAMETERS, 'There are'));
  const secure = protocol === 'smtps:';
  const host = decoded(hostname).replace(/^\[(.*)\]$/, '$1');
  const auth = username === '' ? null : { user: decoded(username), pass: decoded(password) };
  return {
    host,
    port: Number(port || (secure ? 465 : 587)),
    secure,
    requireTls: options.requireTls ?? flag(searchParams, 'requireTls') ?? (auth !== null && !isOwnMachine(host)),
    auth,
    timeoutMs: options.timeoutMs ?? count(searchParams, 'timeoutMs') ?? TIMEOUT_MS,
    connections: options.connections ?? count(searchParams, 'connections') ?? CONNECTIONS,
    perSecond: options.perSecond ?? count(searchParams, 'perSecond') ?? 0,
    ca: options.ca ?? null,
  };
}

/** `new URL`'s own error carries the whole address, password and all. */
function parsed(url: string): URL {
  const result = URL.canParse(url) ? new URL(url) : undefined;
  if (result === undefined || !/^smtps?:$/.test(result.protocol) || result.hostname === '')
    throw problem('expected smtp://host:587 or smtps://user:password@host:465');
  return result;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw problem('a % in a user or password must be written %25');
  }
}

function flag(parameters: URLSearchParams, name: string): boolean | undefined {
  const value = parameters.get(name);
  if (value === null) return undefined;
  if (value !== 'true' && value !== 'false') throw problem(`${name} must be true or false, not "${value}"`);
  return value === 'true';
}

function count(parameters: URLSearchParams, name: string): number | undefined {
  const value = parameters.get(name);
  if (value === null) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(value)) throw problem(`${name} must be a whole number from 1 to 9999999, not "${value}"`);
  return Number(value);
}

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function problem(what: string): Error {
  return new Error(`The mail server's address can't be used: ${what}`);
}
