/** Where a PostgreSQL is, in the parts that Temporal's configuration and its SQL tool ask for. */
export interface DatabaseAddress {
  host: string;
  port: string;
  user: string;
  password: string;
  /** What an address carries after its question mark about TLS: `sslmode=require` and so on. */
  attributes: Record<string, string>;
}

/** @throws Error without the address itself, which holds a password. */
export function readDatabaseAddress(url: string): DatabaseAddress {
  if (!URL.canParse(url))
    throw new Error(
      'DATABASE_URL is no address of a PostgreSQL: expected postgres://user:password@host:5432/database.',
    );
  const { hostname, port, username, password, searchParams } = new URL(url);
  return {
    host: hostname,
    port: port || '5432',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    attributes: Object.fromEntries([...searchParams].filter(([name]) => name.startsWith('ssl'))),
  };
}

/** The address of another database on the same server. */
export function databaseBeside(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
