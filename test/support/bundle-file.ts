import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const NO_MAP = { version: 3, file: 'workflow-bundle.js', sources: [], names: [], mappings: '' };
const COMMENT = '//# sourceMappingURL=';

/** A workflow bundle as it is kept of a release: compressed, and without the map of its sources, which is most of it. */
export function packBundle(code: string): Buffer {
  const end = code.lastIndexOf(COMMENT);
  const own = end === -1 ? code : code.slice(0, end);
  // A worker wants a map, if an empty one.
  const map = Buffer.from(JSON.stringify(NO_MAP)).toString('base64');
  return gzipSync(`${own}${COMMENT}data:application/json;charset=utf-8;base64,${map}`, { level: 9 });
}

/** The same for a worker to run. */
export function unpackBundle(file: string): { code: string } {
  return { code: gunzipSync(readFileSync(file)).toString('utf8') };
}
