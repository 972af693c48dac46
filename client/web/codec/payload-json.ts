import type { Payload } from '@temporalio/common';
import { z } from 'zod';

// By what comes out of it, since no regular expression takes a text of megabytes.
const bytes = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text, { error: 'expected base64' })
  .transform((text) => Buffer.from(text, 'base64'));

/** Payloads as Temporal's pages and command line send them to a remote codec: protobuf's JSON, bytes in base64. */
export const payloadsJson = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), bytes).optional(), data: bytes.optional() })).max(10_000),
});

export function toJson({ metadata, data }: Payload): { metadata: Record<string, string>; data: string } {
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(named), data: base64(data ?? new Uint8Array()) };
}

const base64 = (value: Uint8Array): string =>
  Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
