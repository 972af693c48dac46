/** Where somebody goes on after signing in: one of our own pages, never another site. */
export function localPath(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || /[\\\s\p{Cc}]/u.test(next) || next.length > 1000) return '/';
  try {
    const url = new URL(next, 'http://here.invalid');
    return url.origin === 'http://here.invalid' && !next.startsWith('//') ? `${url.pathname}${url.search}` : '/';
  } catch {
    return '/';
  }
}
