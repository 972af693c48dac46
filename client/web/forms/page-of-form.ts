/** Where a form's page is, where it is sent to another address than its own. */
const PAGE_OF: ReadonlyMap<string, string> = new Map([
  ['/start/confirm', '/start'],
  ['/start/guided/recommendations', '/start/guided'],
  ['/start/many/confirm', '/start/many'],
  ['/feeds/revoke', '/feeds'],
  ['/api/revoke', '/api'],
  ['/settings/copies', '/settings'],
  ['/views/rename', '/views'],
  ['/views/remove', '/views'],
]);

/** The path of the page that a form stands on, by the path that it is sent to. */
export const pageOfForm = (path: string): string =>
  PAGE_OF.get(path) ?? path.replace(TELL, '$1/file').replace(TELL_OWN, '$1').replace(WORKBOOK, '$1');

const TELL = /^(\/administration\/[^/]+)\/tell$/;
const WORKBOOK = /^(\/inspections\/[^/]+\/[^/]+\/plan\/workbook)\/confirm$/;
const TELL_OWN = /^(\/settings)\/[^/]+\/tell\/[^/]+$/;
