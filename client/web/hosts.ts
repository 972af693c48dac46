import type { MiddlewareHandler } from 'hono';
import { problemJson } from './api/problem-json.ts';
import { isForAnybody } from './observe/route-of.ts';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost)$/;
/** How a browser on this machine names it. */
export const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'];

/** Is this a name or an address of this machine, which nobody else reaches? */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host.replace(/^\[(.*)\]$/, '$1'));

/**
 * Answers to the names that the pages are reached by, and to no other: a name of somebody else's that leads here would
 * make a browser take our pages for theirs. Machines that look whether we are well may ask by any.
 *
 * The figures are this machine's alone unless a token is set, and a browser on it would read them to whoever's page it shows:
 * so they too answer to our names alone, or to this machine's own, which are nobody else's. Who sends the token may ask by any
 * name: no page of somebody else's has it.
 *
 * @param names without ports
 */
export function onlyByOurNames(
  boardUrl: string,
  names: readonly string[],
  metricsToken: string | undefined,
): MiddlewareHandler {
  const known = new Set([new URL(boardUrl).hostname, ...names].map((each) => each.toLowerCase()));
  const forFigures = new Set([...known, ...LOOPBACK_NAMES]);
  const mayBeAsked = (hostname: string, path: string): boolean => {
    if (isForAnybody(path)) return true;
    if (path === '/metrics') return metricsToken !== undefined || forFigures.has(hostname);
    return known.has(hostname);
  };
  return async (context, next) => {
    const { hostname } = new URL(context.req.url);
    if (mayBeAsked(hostname, context.req.path)) return next();
    const detail = `These pages are not served under that name. Open ${boardUrl}`;
    if (context.req.path.startsWith('/api/'))
      return problemJson(context, { status: 421, code: 'http-421', title: 'Not by that name', detail });
    return context.text(`${detail}\n`, 421);
  };
}
