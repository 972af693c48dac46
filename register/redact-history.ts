import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Redactor } from './redact.ts';

const { History } = proto.temporal.api.history.v1;

/** An archived history without a person, and how many of its payloads could not be looked into. */
export interface RedactedHistory {
  /** Undefined where the person is not in it. */
  content: Buffer | undefined;
  /** Payloads that a codec has encrypted: whoever destroys their key erases them. */
  sealed: number;
}

/** Takes a person out of a history's texts and of its payloads in JSON; its events and their times stay as they are. */
export function redactHistory(content: Buffer, redactor: Redactor): RedactedHistory {
  const history = History.decode(gunzipSync(content));
  const found = { changed: false, sealed: 0 };
  walk(history, redactor, found);
  return {
    content: found.changed ? gzipSync(History.encode(history).finish()) : undefined,
    sealed: found.sealed,
  };
}

interface Found {
  changed: boolean;
  sealed: number;
}

function walk(node: unknown, redactor: Redactor, found: Found): void {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  const fields = node as Record<string, unknown>;
  if (fields['data'] instanceof Uint8Array && typeof fields['metadata'] === 'object') {
    redactPayload(fields, redactor, found);
    return;
  }
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') {
      if (!redactor.mentions(value)) continue;
      fields[name] = redactor.redact(value);
      found.changed = true;
    } else walk(value, redactor, found);
  }
}

function redactPayload(payload: Record<string, unknown>, redactor: Redactor, found: Found): void {
  if ((payload['data'] as Uint8Array).length === 0) return;
  const value = jsonOfPayload(payload);
  if (value === undefined) {
    found.sealed++;
    return;
  }
  const before = JSON.stringify(value);
  const after = JSON.stringify(redactor.redact(value));
  if (before === after) return;
  payload['data'] = Buffer.from(after);
  found.changed = true;
}

/** What a payload in JSON holds; undefined for any other, and for what a codec has encrypted. */
export function jsonOfPayload({ metadata, data }: Payload): unknown {
  const encoding = metadata?.['encoding'];
  const name = encoding === undefined || encoding === null ? '' : Buffer.from(encoding).toString();
  return name === 'json/plain' ? jsonIn(Buffer.from(data ?? [])) : undefined;
}

function jsonIn(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString()) as unknown;
  } catch {
    return undefined;
  }
}
