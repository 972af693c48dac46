import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { workflowId } from '../../client/engine.ts';
import { Rehearsal } from '../../client/rehearsal.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { alone } from './alone.ts';

type History = temporal.api.history.v1.IHistory;

/** A rehearsal on the suite's own server and register, with what it has sent. Everything it started is replayed at the end. */
export interface Rig extends Pick<Rehearsal, 'engine' | 'advanceTo' | 'client'> {
  register: Register;
  outbox: string;
  /** The digests that were sent, in order. */
  sent: Digest[];
  start(start: LifecycleStart, at: string, extra?: { eventsPerRun?: number }): Promise<InspectionRef>;
  /** `day kind+kind` of each mail to an address, for one inspection. */
  mailDays(inspection: InspectionRef, email: string): string[];
  /** How many runs the lifecycle has had so far. */
  runs(inspection: InspectionRef): Promise<number>;
}

export const workflowBundle = (): { code: string } => ({ code: readFileSync(inject('workflowBundle'), 'utf8') });

export async function openRig(
  options: {
    post?: MailTransport;
    timeSkipping?: boolean;
    unsigned?: boolean;
    /** Another register than the suite's own: what is past is removed there by the time of whichever test writes. */
    databaseUrl?: string;
  } = {},
): Promise<Rig> {
  const outbox = mkdtempSync(join(tmpdir(), 'duecourse-outbox-'));
  const register = openRegister({ url: options.databaseUrl ?? inject('databaseUrl') });
  await register.migrate();
  const sent: Digest[] = [];
  const started: InspectionRef[] = [];
  const post = options.post ?? outboxTransport(outbox);
  const rehearsal = await Rehearsal.open({
    address: inject('temporalAddress'),
    namespace: inject('temporalNamespace'),
    taskQueue: `test-${randomBytes(4).toString('hex')}`,
    register,
    post,
    from: 'duecourse <duecourse@example.org>',
    workflowBundle: workflowBundle(),
    ...(options.unsigned === undefined ? {} : { unsigned: options.unsigned }),
    ...(options.timeSkipping === undefined ? {} : { timeSkipping: options.timeSkipping }),
    onDelivered: ({ digests }, outcomes) =>
      digests.forEach((digest, index) => outcomes[index]?.outcome === 'sent' && sent.push(digest)),
  });
  onTestFinished(async () => {
    try {
      for (const reference of started) await replayWhole(rehearsal.client, register, reference);
    } finally {
      for (const reference of started)
        await rehearsal.client.workflow
          .getHandle(workflowId(reference))
          .terminate('the test is over')
          .catch(() => undefined);
      await rehearsal.close();
      await register.close();
      rmSync(outbox, { recursive: true, force: true });
    }
  });
  return {
    engine: rehearsal.engine,
    client: rehearsal.client,
    advanceTo: (reference, instant) => rehearsal.advanceTo(reference, instant),
    register,
    outbox,
    sent,
    async start(start, at, extra) {
      const reference = await rehearsal.start(alone(start), at, extra);
      started.push(reference);
      return reference;
    },
    mailDays: (inspection, email) =>
      sent
        .filter(
          (digest) =>
            inspectionRef(digest.authority.id, digest.reference) === inspection && digest.recipient.email === email,
        )
        .map((digest) => `${digest.day} ${digest.notices.map((notice) => notice.kind).join('+')}`),
    runs: async (reference) => (await historiesOf(rehearsal.client, reference)).length,
  };
}

/** The histories of every run of a lifecycle, first to last. */
export async function historiesOf(
  client: Client,
  reference: InspectionRef,
): Promise<{ workflowId: string; history: History }[]> {
  const id = workflowId(reference);
  const runs: { workflowId: string; history: History }[] = [];
  let runId = (await client.workflow.getHandle(id).describe()).raw.workflowExecutionInfo?.firstRunId ?? undefined;
  while (runId !== undefined && runId !== '') {
    const history: History = await client.workflow.getHandle(id, runId).fetchHistory();
    runs.push({ workflowId: id, history });
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return runs;
}

/** Replays every run of a lifecycle, continue-as-new chains whole, with the code under test or other code. */
export async function replayWhole(
  client: Client,
  { payloads }: Pick<Register, 'payloads'>,
  reference: InspectionRef,
  bundle = workflowBundle(),
): Promise<void> {
  for await (const result of Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter: dataConverterOf([], payloads) },
    await historiesOf(client, reference),
  ))
    if (result.error !== undefined) throw result.error;
}
