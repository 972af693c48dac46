import { trace } from '@opentelemetry/api';
import type { MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { requestId, type RequestIdVariables } from 'hono/request-id';
import type { Log } from '../../../platform/logger.ts';
import { isProbe, routeOf } from './route-of.ts';

/** As much as a UUID or a trace's id takes, and some more. */
const MAX_ID = 64;

/**
 * One line for each request, with an id that goes back in X-Request-Id (the caller's own, where it is letters, digits,
 * `-`, `_` and `=` only). It names the route, not the path; no query, no body, no cookie, nobody's address.
 */
export function requestLog(log: Pick<Log, 'event'>): MiddlewareHandler {
  const line: MiddlewareHandler<{ Variables: RequestIdVariables }> = async (context, next) => {
    const begun = performance.now();
    await next();
    const { method, path } = context.req;
    const { status } = context.res;
    const route = routeOf(context);
    const fields = {
      part: 'web',
      method,
      route,
      status,
      ms: Math.round((performance.now() - begun) * 10) / 10,
      requestId: context.var.requestId,
    };
    const traceId = trace.getActiveSpan()?.spanContext().traceId;
    log.event(
      { ...fields, ...(traceId === undefined ? {} : { traceId }) },
      `${method} ${route} ${status}`,
      levelOf(status, path),
    );
  };
  return every(requestId({ limitLength: MAX_ID }), line);
}

function levelOf(status: number, path: string): 'debug' | 'info' | 'error' {
  if (status >= 500) return 'error';
  return isProbe(path) ? 'debug' : 'info';
}
