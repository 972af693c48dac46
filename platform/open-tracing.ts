import { diag, DiagLogLevel, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResourcesSync, envDetectorSync, Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { Tracing } from './tracing.ts';
import { wordless } from './wordless-exporter.ts';

/** Sets OpenTelemetry up for this process; where spans go and how many are kept is said by its own variables. */
export function openTracing(warn: (line: string) => void): Tracing {
  const complain = (message: string) => warn(`traces: ${message}`);
  const quiet = () => undefined;
  diag.setLogger(
    { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const ids = idsThatCanBeGiven();
  const named = new Resource({ 'service.name': 'duecourse' });
  const provider = new BasicTracerProvider({
    resource: named.merge(detectResourcesSync({ detectors: [envDetectorSync] })),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(wordless(new OTLPTraceExporter()))],
  });
  provider.register({
    contextManager: new AsyncLocalStorageContextManager(),
    propagator: new W3CTraceContextPropagator(),
  });
  const tracer = provider.getTracer('duecourse');
  return {
    client: { workflow: [new OpenTelemetryWorkflowClientInterceptor({ tracer })] },
    worker: {
      activity: [(context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context, { tracer }) })],
    },
    span({ parent, id, name, at }, { workflowId, runId }) {
      const attributes = { temporalWorkflowId: workflowId, run_id: runId };
      ids.give(id);
      tracer.startSpan(name, { startTime: at, attributes }, propagation.extract(ROOT_CONTEXT, parent)).end(at);
    },
    async shutdown() {
      trace.disable();
      await provider.shutdown();
    },
  };
}

/** Random ids, but for a span whose id is known before: a workflow has made it, and told its activities. */
function idsThatCanBeGiven() {
  const random = new RandomIdGenerator();
  let given: string | undefined;
  return {
    give(id: string) {
      given = id;
    },
    generateTraceId: () => random.generateTraceId(),
    generateSpanId() {
      const id = given ?? random.generateSpanId();
      given = undefined;
      return id;
    },
  };
}
