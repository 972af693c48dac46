import { context as active, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { MiddlewareHandler } from 'hono';
import { isProbe, routeOf } from './route-of.ts';

/**
 * A span for each request, in the caller's trace where it sends a `traceparent` (W3C); by its route, not its path.
 * Where nobody traces, or a machine asks for our health, just goes on.
 */
export function traceRequests(): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    if (isProbe(path)) return next();
    const answer = async (span: Span): Promise<void> => {
      try {
        await next();
        const route = routeOf(context);
        const { status } = context.res;
        span.updateName(`${method} ${route}`);
        span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      } finally {
        span.end();
      }
    };
    const parent = propagation.extract(active.active(), context.req.header());
    const options = { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } };
    return trace.getTracer('duecourse').startActiveSpan(method, options, parent, answer);
  };
}
