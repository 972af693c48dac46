/** The register's database does not answer; the sentence says where it was looked for and what to do, never a password. */
export class RegisterUnreachable extends Error {
  override readonly name = 'RegisterUnreachable';
  readonly code = 'register-unreachable';
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

/** The same error in words a person can act on, where it says that the database can't be reached or let us in. */
export function asUnreachable(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const where = placeOf(url);
  if (code === '28P01' || code === '28000')
    return Object.assign(
      new RegisterUnreachable(`The register at ${where} refused the user or the password. Check DATABASE_URL.`),
      { cause: error },
    );
  if (code === '3D000')
    return Object.assign(
      new RegisterUnreachable(
        `The register at ${where}: that database does not exist. Create it, or correct DATABASE_URL.`,
      ),
      { cause: error },
    );
  const away = NETWORK.has(code) || code.startsWith('57P') || code.startsWith('08') || LOST.test(error.message);
  if (!away) return error;
  return Object.assign(
    new RegisterUnreachable(
      `The register can't be reached at ${where}. Start duecourse with \`npm start\`, or set DATABASE_URL to a PostgreSQL that is running.`,
    ),
    { cause: error },
  );
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
