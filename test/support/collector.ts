import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Keep } from '../register/support.ts';

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string().regex(/^[0-9a-f]{32}$/),
              spanId: z.string().regex(/^[0-9a-f]{16}$/),
              parentSpanId: z.string().default(''),
              name: z.string(),
              kind: z.number(),
              attributes: z.array(attribute),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as it came. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty where it is the first. */
  parentSpanId: string;
  name: string;
  attributes: Record<string, unknown>;
}

export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  spans: ReceivedSpan[];
  /** Everything that was sent, to the letter. */
  said(): string;
}

/** Takes traces by OTLP over HTTP, as JSON, as a collector does; what is no such thing is refused, 400. */
export async function collector(keep: Keep = onTestFinished): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const wanted = request.method === 'POST' && request.url === '/v1/traces';
      const read = wanted ? sent.safeParse(JSON.parse(text)) : undefined;
      if (read?.success !== true) return void response.writeHead(400).end();
      bodies.push(text);
      for (const { scopeSpans } of read.data.resourceSpans)
        for (const { spans: some } of scopeSpans)
          spans.push(...some.map((span) => ({ ...span, attributes: plain(span.attributes) })));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"partialSuccess":{}}');
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keep(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    said: () => bodies.join('\n'),
  };
}

const plain = (attributes: z.infer<typeof attribute>[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
