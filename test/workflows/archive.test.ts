import proto from '@temporalio/proto';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { Worker } from '@temporalio/worker';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { canonical } from '../../domain/canonical.ts';
import { isSigned } from '../../register/signing.ts';
import { workflowId } from '../../client/engine.ts';
import type { Manifest } from '../../domain/archive/manifest.ts';
import { rows } from '../register/support.ts';
import { startOf } from '../support/facts.ts';
import { openWorkers } from '../support/workers.ts';
import { openRig, type Rig, workflowBundle } from '../support/rig.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const director = { id: 'someone', role: 'director' };
const WITHIN = { timeout: 60_000, interval: 250 };

async function manifestsOf({ register }: Rig, id: InspectionRef): Promise<{ manifest: Manifest; signature: string }[]> {
  const [authority = '', reference = ''] = id.split('/');
  return (await register.history(authority, reference))
    .filter((entry) => entry.kind === 'history-archived')
    .map((entry) => entry.data as unknown as { manifest: Manifest; signature: string });
}

async function contentOf(id: string, run: string): Promise<Buffer> {
  const found = (await rows(
    inject('databaseUrl'),
    `SELECT content FROM archived_history WHERE authority || '/' || reference = $1 AND run = $2`,
    [id, run],
  )) as { content: Buffer }[];
  return found[0]?.content ?? Buffer.alloc(0);
}

/** What is archived is what happened: it replays, is what its manifest says, and the manifest is signed. */
async function checkArchive(rig: Rig, id: InspectionRef): Promise<Manifest[]> {
  const found = await manifestsOf(rig, id);
  for (const { manifest, signature } of found) {
    const [key] = (await rows(inject('databaseUrl'), 'SELECT public_key FROM signing_key WHERE fingerprint = $1', [
      manifest.key,
    ])) as { public_key: string }[];
    expect(isSigned(canonical(manifest), signature, key?.public_key ?? '', manifest.key)).toBe(true);
    for (const { run, sha256, events, bytes } of manifest.runs) {
      const content = await contentOf(id, run);
      expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
      const history = proto.temporal.api.history.v1.History.decode(gunzipSync(content));
      expect(history.events).toHaveLength(events);
      await Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history, workflowId(id));
    }
  }
  return found.map(({ manifest }) => manifest);
}

describe('the history of a lifecycle', () => {
  test('that was closed is in the register, signed; every run of it, and it replays', async () => {
    const rig = await openRig();
    const id = await rig.start(startOf({ commitments: [{ rule: 'cabinet-update' }] }), START, { eventsPerRun: 40 });
    await rig.advanceTo(id, '2016-06-20T10:00:00.000Z');
    await rig.engine.command(id, 'submit', { milestone: PLAN }, { id: 'someone', role: 'head-of-service' });
    await rig.engine.command(id, 'complete', { milestone: PLAN }, director);
    await rig.engine.command(
      id,
      'close',
      { reason: 'judged good', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
      director,
    );
    await rig.engine.result(id);
    await expect
      .poll(async () => (await manifestsOf(rig, id)).map(({ manifest }) => manifest.ended), WITHIN)
      .toContain('completed');
    const manifests = await checkArchive(rig, id);
    const runs = manifests.flatMap((manifest) => manifest.runs.map(({ run }) => run));
    expect(new Set(runs).size).toBe(runs.length);
    expect(runs).toHaveLength(await rig.runs(id));
    expect(runs.length).toBeGreaterThan(1);
    expect(manifests.flatMap(({ missing }) => missing)).toEqual([]);
    expect(
      (await rig.register.archive.unarchived()).map((each) => `${each.authority}/${each.reference}`),
    ).not.toContain(id);
  });

  test('that was cancelled is there too', async () => {
    const rig = await openRig();
    const id = await rig.start(startOf(), START);
    await rig.engine.cancel(id);
    await expect
      .poll(async () => (await manifestsOf(rig, id)).map(({ manifest }) => manifest.ended), WITHIN)
      .toEqual(['cancelled']);
    await checkArchive(rig, id);
  });

  test('that was cancelled before any worker had seen it is on record as cancelled', async () => {
    const workers = await openWorkers();
    const id = await workers.start(startOf(), START);
    await workers.engine.cancel(id);
    await workers.work(workflowBundle());
    await expect(workers.engine.result(id)).rejects.toThrow(/cancelled/i);
    const [authority = '', reference = ''] = id.split('/');
    const kinds = (await workers.register.history(authority, reference)).map(({ kind }) => kind);
    expect(kinds).toContain('inspection-cancelled');
    expect(workers.sent).toEqual([]);
  });

  test('that an operator has terminated is a gap until it is asked for; asking again changes nothing', async () => {
    const rig = await openRig();
    const id = await rig.start(startOf(), START);
    await rig.advanceTo(id, '2016-03-01T12:00:00.000Z');
    expect(await rig.engine.standing(id)).toBe('running');
    await rig.client.workflow.getHandle(workflowId(id)).terminate('by an operator');
    expect(await rig.engine.standing(id)).toBe('terminated');
    expect((await rig.register.archive.unarchived()).map((each) => `${each.authority}/${each.reference}`)).toContain(
      id,
    );
    expect(await rig.engine.archive(id, 60_000)).toBe('archived');
    expect((await checkArchive(rig, id)).map(({ ended }) => ended)).toEqual(['terminated']);
    // It could not say itself that it is over: nothing of it is late from now on.
    const status = async () =>
      (await rig.register.list(START)).find((each) => `${each.authority}/${each.reference}` === id)?.status;
    expect(await status()).toBe('cancelled');
    const checked = await rig.register.verify(id.split('/')[0]);
    expect(checked.map(({ ok }) => ok)).toEqual([true]);
    expect(await rig.engine.archive(id, 60_000)).toBe('nothing new');
    expect(await rig.engine.archive('anyborough/never-there', 60_000)).toBe('forgotten');
  });

  test('waits in the engine while no worker has a key, and no entry says otherwise', async () => {
    const rig = await openRig({ unsigned: true });
    const id = await rig.start(startOf(), START);
    await rig.engine.cancel(id);
    await expect(rig.engine.result(id)).rejects.toThrow(/cancelled/i);
    await expect(rig.engine.archive(id, 3000)).rejects.toThrow(/DUECOURSE_SIGNING_KEY/);
    const [pending] = (await rig.client.workflow.getHandle(`archive/${id}`).describe()).raw.pendingActivities ?? [];
    // On the server for nobody to read: whoever has our converter reads it.
    expect(pending?.lastFailure?.message).toBe('Encoded failure');
    const { loadedDataConverter } = rig.client.options;
    const why = await decodeOptionalFailureToOptionalError(loadedDataConverter, pending?.lastFailure);
    expect(why?.message).toMatch(/set DUECOURSE_SIGNING_KEY/);
    expect(await manifestsOf(rig, id)).toEqual([]);
    await rig.client.workflow.getHandle(`archive/${id}`).terminate('the test is over');
  });
});
