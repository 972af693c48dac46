import type { ReadFile } from '../../evidence.ts';

/**
 * A file as somebody's own answer: it is saved and not shown, under its name; whatever is in it runs nowhere, and no
 * cache of others' keeps it. (`security.ts` gives every answer below /evidence/ a policy of its own.)
 */
export function download({ name, type, content }: Pick<ReadFile, 'name' | 'type' | 'content'>): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      'Content-Length': String(content.length),
      'Content-Disposition': `attachment; filename="${plain(name)}"; filename*=UTF-8''${encoded(name)}`,
      'Cache-Control': 'private, no-store',
    },
  });
}

/** For browsers that know no other: what is not plain becomes a line. */
const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9.() _-]/g, '_');

/** RFC 8187. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
