import { reportReader } from '../report/reader.ts';
import { evidenceUploads } from './evidence/uploads.ts';
import { formIdsBy } from './forms/form-id.ts';
import type { AppParts, WebParts } from './parts.ts';
import { uploadsTo } from './start/uploads.ts';

/** What the pages are served from, with what all of their routes share. */
export function appPartsOf(given: WebParts): AppParts {
  return {
    ...given,
    forms: formIdsBy(given.secret),
    uploads: uploadsTo(given.register),
    evidence: evidenceUploads(),
    reports: reportReader(),
    underWay: new Map(),
  };
}
