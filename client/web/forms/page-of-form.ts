/** Where a form's page is, where it is sent to another address than its own. */
const PAGE_OF: ReadonlyMap<string, string> = new Map([
  ['/start/confirm', '/start'],
  ['/feeds/revoke', '/feeds'],
  ['/api/revoke', '/api'],
]);

/** The path of the page that a form stands on, by the path that it is sent to. */
export const pageOfForm = (path: string): string => PAGE_OF.get(path) ?? path;
