import { gunzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { partsOf } from '../../domain/inspection-ref.ts';
import { encryptedEngine } from '../encryption/encrypted-engine.ts';
import { keysNamed } from '../encryption/support.ts';
import { rows } from '../register/support.ts';
import { largeStart } from '../support/large.ts';
import { alone } from '../support/alone.ts';

const START = '2016-02-22T10:00:00.000Z';

test('what is too large for the engine is encrypted in the register as well, and read by who has the key', async () => {
  const keys = keysNamed('2026-a');
  const there = await encryptedEngine({ address: inject('temporalAddress'), namespace: inject('temporalNamespace') });
  await there.worker(keys);
  const start = alone(largeStart({ actions: 2500, roles: 20 }));
  const id = await there.start(there.engine(keys), start, START);
  const { authority, reference } = partsOf(id);
  const view = await there.engine(keys).view(id);
  expect(await there.register.reached(authority, reference, view.seq, 60_000)).toBe(true);
  const contents = (await rows(there.databaseUrl, 'SELECT content FROM large_payload WHERE reference = $1', [
    reference,
  ])) as { content: Buffer }[];
  const stored = contents.map(({ content }) => gunzipSync(content).toString('latin1'));
  expect(stored.length).toBeGreaterThan(0);
  for (const text of stored) {
    expect(text).toContain('binary/encrypted');
    expect(text).not.toMatch(/supervision|caseload|officer-\d/);
  }
}, 300_000);
