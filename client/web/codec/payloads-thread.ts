import type { Payload } from '@temporalio/common';
import { payloadsJson } from './payload-json.ts';

/** What is said beside one payload; Temporal and we say five things. */
const MAX_METADATA = 50;

/**
 * The payloads in a body as Temporal's pages send it; undefined where it is none. Run in a thread of its own, by its file:
 * six megabytes of JSON take long.
 */
export function answerTo(body: string): Payload[] | undefined {
  const given = parsed(body);
  if (hasTooMuchBeside(given)) return undefined;
  const read = payloadsJson.safeParse(given);
  return read.success ? read.data.payloads : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Looked at first: each of them is checked by itself. */
function hasTooMuchBeside(given: unknown): boolean {
  const { payloads } = (given ?? {}) as { payloads?: unknown };
  if (!Array.isArray(payloads)) return false;
  return payloads.some((each: unknown) => {
    const { metadata } = (each ?? {}) as { metadata?: unknown };
    return typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length > MAX_METADATA;
  });
}
