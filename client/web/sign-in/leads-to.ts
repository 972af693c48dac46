const HERE = 'http://here.invalid';
const MAX_LENGTH = 1000;

/**
 * Where somebody goes on after signing in: one of our own pages, never another site. What comes out is looked at again as
 * a browser will: `/.//evil.example` is one of our pages until it is written short.
 */
export function localPath(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || /[\\\s\p{Cc}]/u.test(next) || next.length > MAX_LENGTH) return '/';
  const short = pathHere(next);
  return short !== undefined && pathHere(short) === short ? short : '/';
}

/** Path and query of an address as a browser on our pages takes it; undefined where it leads off them. */
function pathHere(address: string): string | undefined {
  if (!URL.canParse(address, HERE)) return undefined;
  const { origin, pathname, search } = new URL(address, HERE);
  return origin === HERE ? `${pathname}${search}` : undefined;
}
