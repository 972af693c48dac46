import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * Does some work as a part of the trace that is under way; where nobody traces, just does it. Of an error the span keeps
 * its name alone: what it says may hold an address.
 */
export function inSpan<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer('duecourse').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
