import type { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { MailTransport } from '../activities/mail/mail-transport.ts';
import { newSigningKey, signerFrom } from '../register/signing.ts';
import type { Register } from '../register/register.ts';
import type { Delivery, DigestOutcome } from '../domain/lifecycle/entry.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { clientOf } from '../platform/temporal-client.ts';
import { createWorker } from '../worker/create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import type { EncryptionKeys } from '../platform/encryption/keys.ts';
import { Engine, workflowId } from './engine.ts';
import { advanceTo, timeSkippingInterceptors } from './time-travel.ts';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import { openConnection } from '../platform/temporal-connection.ts';

export interface RehearsalParts {
  /** A Temporal server that skips time; never one on which real deadlines run. */
  address: string;
  namespace: string;
  taskQueue: string;
  register: Register;
  post: MailTransport;
  from: string;
  onDelivered?: (delivery: Delivery, outcomes: DigestOutcome[]) => void;
  workflowBundle?: { code: string };
  /** Whether the worker takes it that time is skipped; a test of the refusal says no. */
  timeSkipping?: boolean;
  /** What payloads are encrypted with; left out, they are not. */
  keys?: EncryptionKeys;
  /** Without a key to sign archives with; a test of the waiting says yes. */
  unsigned?: boolean;
}

/**
 * A lifecycle on the real engine whose clock goes as fast as the story: the real workflow, activities, register and
 * mail; only the engine's timers are skipped. A story may begin in the past.
 */
export class Rehearsal {
  readonly engine: Engine;
  readonly connection: Connection;
  readonly client: Client;
  private readonly parts: RehearsalParts;
  private readonly native: NativeConnection;
  private readonly worker: Worker;
  private readonly running: Promise<void>;
  /** The story's clock less the engine's, by inspection. */
  private readonly shifts = new Map<InspectionRef, number>();

  private constructor(parts: RehearsalParts, connection: Connection, native: NativeConnection, worker: Worker) {
    this.parts = parts;
    this.connection = connection;
    this.native = native;
    this.worker = worker;
    this.client = clientOf({ connection, namespace: parts.namespace, dataConverter: dataConverterIn(parts) });
    this.engine = new Engine(this.client, {
      taskQueue: parts.taskQueue,
      address: parts.address,
      patienceMs: 120_000,
      time: 'skipped',
    });
    this.running = worker.run();
  }

  static async open(parts: RehearsalParts): Promise<Rehearsal> {
    const {
      address,
      namespace,
      taskQueue,
      register,
      post,
      from,
      onDelivered,
      workflowBundle,
      timeSkipping = true,
      unsigned = false,
    } = parts;
    // A clock of its own from the first moment, which stands still until it is told to move.
    const connection = await openConnection({
      address,
      interceptors: timeSkippingInterceptors({ id: 'start', durationMs: 1 }),
    });
    const native = await NativeConnection.connect({ address });
    const worker = await createWorker({
      connection: native,
      namespace,
      taskQueue,
      dataConverter: dataConverterIn(parts),
      activities: {
        register,
        post,
        from,
        timeSkipping,
        // Nothing of a rehearsal has to stand up to anybody later: a key for as long as it lasts.
        ...(unsigned ? {} : { signer: signerFrom(newSigningKey()) }),
        ...(onDelivered === undefined ? {} : { onDelivered }),
      },
      ...(workflowBundle === undefined ? {} : { workflowBundle }),
    });
    return new Rehearsal(parts, connection, native, worker);
  }

  /** Starts a lifecycle at the story's instant (UTC); returns its whole name. */
  async start(start: LifecycleStart, at: string, extra: { eventsPerRun?: number } = {}): Promise<InspectionRef> {
    const shiftMs = Date.parse(at) - Date.now();
    const inspection = await this.engine.start(start, { clock: { shiftMs }, ...extra });
    this.shifts.set(inspection, shiftMs);
    return inspection;
  }

  /** Lets the story go on to an instant (UTC); on return all that was due by then has happened. */
  async advanceTo(inspection: InspectionRef, instant: string): Promise<void> {
    const shiftMs = this.shifts.get(inspection) ?? 0;
    await advanceTo(
      this.connection,
      this.parts.namespace,
      workflowId(inspection),
      new Date(Date.parse(instant) - shiftMs),
    );
  }

  async close(): Promise<void> {
    if (this.worker.getState() === 'RUNNING') this.worker.shutdown();
    await this.running;
    await Promise.all([this.native.close(), this.connection.close()]);
  }
}

const dataConverterIn = ({ keys = [], register }: RehearsalParts) => dataConverterOf(keys, register.payloads);
