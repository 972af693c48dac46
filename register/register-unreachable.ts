/** The register's database does not answer; the sentence says where it was looked for and what to do, never a password. */
export class RegisterUnreachable extends Error {
  override readonly name = 'RegisterUnreachable';
  readonly code = 'register-unreachable';
  /** Nobody has refused anything: it may be there again in a moment. */
  passing = false;
}

const NETWORK = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE', 'ENOENT']);

/** What pg says of a connection that was lost or never came about; these carry no code. */
const LOST =
  /^(Connection terminated|timeout e(xceeded|xpired)|Client was closed|Client has encountered a connection error)/;

/** @throws RegisterUnreachable without the address itself, which holds a password */
export function mustBeAddress(url: string): void {
  if (!URL.canParse(url))
    throw new RegisterUnreachable(
      'DATABASE_URL is no address of a PostgreSQL: expected postgres://user:password@host:5432/database.',
    );
}

/** What TLS ends with, by the names that Node and OpenSSL give it. */
const TLS_CODES = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO)/;
const NO_TLS_THERE = /server does not support SSL connections/i;
const TLS_WANTED = /no pg_hba\.conf entry .*no encryption/i;
const NOT_LET_IN = /no pg_hba\.conf entry/i;

interface Trouble {
  code: string;
  message: string;
}

/** Why nobody gets to the database, and what to do; `where` is its host, port and database. The first that fits is said. */
const TROUBLES: readonly [(trouble: Trouble) => boolean, (where: string) => string][] = [
  [
    ({ message }) => TLS_WANTED.test(message),
    (where) => `The register at ${where} takes encrypted connections only. Add ?sslmode=verify-full to DATABASE_URL.`,
  ],
  [
    ({ message }) => NOT_LET_IN.test(message),
    (where) =>
      `The register at ${where} lets this user in from nowhere near here. Let its pg_hba.conf name this machine, the user and the database.`,
  ],
  [
    ({ code }) => code === '28P01' || code === '28000',
    (where) => `The register at ${where} refused the user or the password. Check DATABASE_URL.`,
  ],
  [
    ({ code }) => code === '3D000',
    (where) => `The register at ${where}: that database does not exist. Create it, or correct DATABASE_URL.`,
  ],
  [
    ({ message }) => NO_TLS_THERE.test(message),
    (where) =>
      `The register at ${where} does not encrypt connections, and DATABASE_URL asks for that. Switch TLS on there, or leave sslmode out of DATABASE_URL where the way there is your own.`,
  ],
  [
    ({ code, message }) => TLS_CODES.test(code) || /establishing an SSL connection/.test(message),
    (where) =>
      `The register at ${where} has a certificate that is not trusted here. Name the authority that signed it with ?sslrootcert=FILE in DATABASE_URL, and see that it is for that host and still valid.`,
  ],
  [
    ({ code }) => code === 'ENOTFOUND' || code === 'EAI_AGAIN',
    (where) =>
      `The register can't be reached at ${where}: no machine is known here by that name. Correct DATABASE_URL, or see whether this machine has a network.`,
  ],
  [
    isLost,
    (where) =>
      `The register can't be reached at ${where}. Start duecourse with \`npm start\`, or set DATABASE_URL to a PostgreSQL that is running.`,
  ],
];

function isLost({ code, message }: Trouble): boolean {
  return NETWORK.has(code) || code.startsWith('57P') || code.startsWith('08') || LOST.test(message);
}

/** The same error in words a person can act on, where it says that the database can't be reached or let us in. */
export function asUnreachable(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const { message } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const found = TROUBLES.find(([fits]) => fits({ code, message }));
  if (found === undefined) return error;
  const [fits, sentence] = found;
  return Object.assign(new RegisterUnreachable(sentence(placeOf(url))), { passing: fits === isLost, cause: error });
}

/** Host, port and database: all of an address that may be shown. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port || '5432'}${pathname}`;
  } catch {
    return 'its address';
  }
}
