import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { outboxPost } from '../../activities/mail/outbox-post.ts';
import type { Post } from '../../activities/mail/post.ts';
import { openRegister, type Register } from '../../activities/register/register.ts';
import { workflowId } from '../../client/engine.ts';
import { Rehearsal } from '../../client/rehearsal.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';

/** A rehearsal on the suite's own server and register, with what it has sent. Everything it started is replayed at the end. */
export interface Rig extends Pick<Rehearsal, 'engine' | 'advanceTo' | 'client'> {
  register: Register;
  outbox: string;
  /** The digests that were sent, in order. */
  sent: Digest[];
  start(start: LifecycleStart, at: string, extra?: { eventsPerRun?: number }): Promise<string>;
  /** `day kind+kind` of each mail to an address, for one inspection. */
  mailDays(reference: string, email: string): string[];
}

export const workflowBundle = (): { code: string } => ({ code: readFileSync(inject('workflowBundle'), 'utf8') });

export async function openRig(options: { post?: Post } = {}): Promise<Rig> {
  const outbox = mkdtempSync(join(tmpdir(), 'duecourse-outbox-'));
  const register = openRegister({ url: inject('databaseUrl') });
  const sent: Digest[] = [];
  const started: string[] = [];
  const post = options.post ?? outboxPost(outbox);
  const rehearsal = await Rehearsal.open({
    address: inject('temporalAddress'),
    namespace: 'default',
    taskQueue: `test-${randomBytes(4).toString('hex')}`,
    register,
    post,
    from: 'duecourse <duecourse@example.org>',
    workflowBundle: workflowBundle(),
    onDelivered: ({ digests }, outcomes) => digests.forEach((digest, index) => outcomes[index]?.outcome === 'sent' && sent.push(digest)),
  });
  onTestFinished(async () => {
    try {
      for (const reference of started) await replayWhole(rehearsal, reference);
    } finally {
      for (const reference of started) await rehearsal.client.workflow.getHandle(workflowId(reference)).terminate('the test is over').catch(() => undefined);
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
    mailDays: (reference, email) =>
      sent
        .filter((digest) => `${digest.authority.id}/${digest.reference}` === reference && digest.recipient.email === email)
        .map((digest) => `${digest.day} ${digest.notices.map((notice) => notice.kind).join('+')}`),
  };
}

/** The same inspection under a reference of its own, so that tests can share a server and a register. */
function alone(start: LifecycleStart): LifecycleStart {
  const inspection = { ...start.facts.inspection, reference: `${start.facts.inspection.reference}-${randomBytes(4).toString('hex')}` };
  return { ...start, facts: { ...start.facts, inspection } };
}

/** Replays every run of a lifecycle, continue-as-new chains whole, with the code under test. */
async function replayWhole(rehearsal: Rehearsal, reference: string): Promise<void> {
  const id = workflowId(reference);
  const runs: { workflowId: string; history: unknown }[] = [];
  const first = await rehearsal.client.workflow.getHandle(id).describe();
  let runId: string | undefined = first.raw.workflowExtendedInfo === undefined ? undefined : firstRunId(first.raw);
  while (runId !== undefined && runId !== '') {
    const history = await rehearsal.client.workflow.getHandle(id, runId).fetchHistory();
    runs.push({ workflowId: id, history });
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  for await (const result of Worker.runReplayHistories({ workflowBundle: workflowBundle() }, runs as never)) if (result.error !== undefined) throw result.error;
}

function firstRunId(raw: { workflowExecutionInfo?: { firstRunId?: string | null } | null }): string | undefined {
  return raw.workflowExecutionInfo?.firstRunId ?? undefined;
}

export { historyFromJSON };
