import { TRY } from '../support/digests.ts';
import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import proto from '@temporalio/proto';
import { newSigningKey, signerFrom } from '../../register/signing.ts';
import type { RunEnd } from '../../domain/archive/manifest.ts';
import type { Register } from '../../register/register.ts';
import { digest, entry, key, started } from './support.ts';
import { row } from '../support/rows.ts';

const AT = '2016-06-02T08:00:00.000Z';
const actor = { id: 'head-of-service@anyborough.example.org', role: 'head-of-service' };
const signer = signerFrom(newSigningKey());

/** A run's history as it is stored, with these values in its first event's input. */
export function storedRun(run: string, ...input: unknown[]): { run: string; content: Buffer } {
  const payloads = input.map((value) => ({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(value)),
  }));
  const history = proto.temporal.api.history.v1.History.encode({
    events: [{ eventType: 1, workflowExecutionStartedEventAttributes: { input: { payloads } } }],
  }).finish();
  return { run, content: gzipSync(history) };
}

/** Keeps a payload of an inspection, as a worker would that sends it to the engine. Returns its hash. */
export async function keepPayload(register: Register, reference: string, value: unknown): Promise<string> {
  const bytes = proto.temporal.api.common.v1.Payload.encode({
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(value)),
  }).finish();
  const hash = createHash('sha256').update(bytes).digest('hex');
  await register.payloads.keep({ authority: key.authority, reference, hash }, bytes);
  return hash;
}

/** Archives runs of an inspection's lifecycle, as its end or as a finished part. */
export async function archived(
  register: Register,
  reference: string,
  runs: ReturnType<typeof storedRun>[],
  ended: RunEnd = 'completed',
  { at = AT, last = AT, handedOn = [] as string[] } = {},
): Promise<void> {
  const manifest = {
    inspection: `${key.authority}/${reference}`,
    workflow: `inspection/${key.authority}/${reference}`,
    ended,
    runs: runs.map(({ run, content }) => ({
      ...{ run, events: 1, first: AT, last, bytes: content.length },
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    earlier: [],
    missing: [],
    key: signer.fingerprint,
  };
  await register.archive.keep({ authority: key.authority, reference, at, manifest, handedOn }, runs, signer);
}

/** A register with something of everything: entries 1 to 8 of one authority, its tables, a mail, an archived history. */
export async function fill(register: Register): Promise<void> {
  await register.append(key, [
    started,
    entry(2, { milestone: row().milestone, row: row() }),
    entry(3, { actor, text: 'a reason', data: { reason: 'a reason' } }),
    entry(4, { actor, milestone: row().milestone, row: row({ status: 'completed', endedAt: AT }) }),
  ]);
  await register.append({ ...key, reference: '2020' }, [started, entry(2, { kind: 'inspection-closed', actor })]);
  await register.claim(digest(), 'm1', AT, TRY);
  await register.settle(digest().id, 'sent', null, AT, TRY);
  await archived(register, '2020', [storedRun('run-1', 'something')]);
}
