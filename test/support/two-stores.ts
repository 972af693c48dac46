import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import type { Engine } from '../../client/engine.ts';
import { workflowId } from '../../client/engine.ts';
import { Rehearsal } from '../../client/rehearsal.ts';
import { advanceTo } from '../../client/time-travel.ts';
import type { RecoveryOptions } from '../../client/recover/recovery-services.ts';
import { type InspectionRef, inspectionRef } from '../../domain/inspection-ref.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { startTemporalServer, type TemporalServer } from '../../platform/embedded/temporal.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { ownDatabase } from '../register/support.ts';
import { workflowBundle } from './rig.ts';

const FROM = 'duecourse <duecourse@example.org>';
const NAMESPACE = 'default';

/** Rows of all tables, as they were at one moment. */
type Dump = Map<string, string>;

/**
 * A duecourse of a test's own whose engine and register are real servers' that can each be brought back to an earlier moment,
 * or lost. Its story begins at an instant, and every clock follows it.
 */
export class TwoStores {
  readonly register: Register;
  /** Every mail that went, in order. */
  readonly sent: Digest[] = [];
  now: string;
  private readonly url: string;
  private readonly dataDir: string;
  private readonly taskQueue = `two-stores-${randomBytes(4).toString('hex')}`;
  private readonly shiftMs: number;
  private readonly clocks = new Map<InspectionRef, number>();
  private server: TemporalServer | undefined;
  private rehearsal: Rehearsal | undefined;

  private constructor(url: string, dataDir: string, now: string) {
    this.url = url;
    this.dataDir = dataDir;
    this.now = now;
    this.shiftMs = Date.parse(now) - Date.now();
    this.register = openRegister({ url });
  }

  static async open(now: string): Promise<TwoStores> {
    const folder = mkdtempSync(join(tmpdir(), 'duecourse-two-stores-'));
    const stores = new TwoStores(await ownDatabase(), join(folder, 'engine'), now);
    onTestFinished(async () => {
      await stores.halt();
      await stores.register.close();
      rmSync(folder, { recursive: true, force: true });
    });
    await stores.register.migrate();
    await stores.run();
    return stores;
  }

  get engine(): Engine {
    return this.running().engine;
  }

  get client(): Rehearsal['client'] {
    return this.running().client;
  }

  /** Starts an inspection now. */
  async start(start: LifecycleStart, extra: { eventsPerRun?: number } = {}): Promise<InspectionRef> {
    const shiftMs = Date.parse(this.now) - Date.now();
    const inspection = await this.engine.start(start, { clock: { shiftMs }, ...extra });
    this.clocks.set(inspection, shiftMs);
    return inspection;
  }

  /** Lets the story of all inspections go on to an instant. */
  async until(instant: string): Promise<void> {
    this.now = instant;
    const { connection } = this.running();
    for (const [inspection, shiftMs] of this.clocks)
      await advanceTo(connection, NAMESPACE, workflowId(inspection), new Date(Date.parse(instant) - shiftMs));
  }

  /** For a recovery at the story's present moment; the clocks that it starts are followed from then on. */
  options(): RecoveryOptions {
    const shiftMs = Date.parse(this.now) - Date.now();
    return { actor: { id: 'ops@example.org', role: 'operator' }, now: this.now, from: FROM, clock: { shiftMs } };
  }

  /** An inspection's clock has been started again with these. */
  follow(inspection: InspectionRef, { clock }: RecoveryOptions): void {
    if (clock !== undefined) this.clocks.set(inspection, clock.shiftMs);
  }

  /** What was told to whom, a line each, in order: mails of one moment by address. */
  told(inspection: InspectionRef): string[] {
    return toldIn(this.sent.filter((each) => inspectionRef(each.authority.id, each.reference) === inspection));
  }

  /** What a backup of the engine is, and how it is restored: its clocks are those of that moment. */
  async backUpEngine(): Promise<() => Promise<void>> {
    const copy = `${this.dataDir}-${randomBytes(3).toString('hex')}`;
    const clocks = new Map(this.clocks);
    await this.halt();
    cpSync(this.dataDir, copy, { recursive: true });
    await this.run();
    return async () => {
      await this.halt();
      rmSync(this.dataDir, { recursive: true });
      cpSync(copy, this.dataDir, { recursive: true });
      this.clocks.clear();
      for (const [inspection, shiftMs] of clocks) this.clocks.set(inspection, shiftMs);
      await this.run();
    };
  }

  /** Its database is gone, and it starts with an empty one. */
  async loseEngine(): Promise<void> {
    await this.halt();
    rmSync(this.dataDir, { recursive: true });
    this.clocks.clear();
    await this.run();
  }

  async backUpRegister(): Promise<() => Promise<void>> {
    const dump = await this.dump();
    return () => this.restore(dump);
  }

  /** Its rows are gone; its tables are there. */
  async loseRegister(): Promise<void> {
    await this.restore(new Map());
  }

  private running(): Rehearsal {
    if (this.rehearsal === undefined) throw new Error('the engine does not run');
    return this.rehearsal;
  }

  private async run(): Promise<void> {
    this.server = await startTemporalServer({
      dataDir: this.dataDir,
      namespace: NAMESPACE,
      timeSkipping: true,
      fast: true,
      log: () => undefined,
    });
    this.rehearsal = await Rehearsal.open({
      address: this.server.address,
      namespace: NAMESPACE,
      taskQueue: this.taskQueue,
      register: this.register,
      post: outboxTransport(join(this.dataDir, '..', 'outbox')),
      from: FROM,
      workflowBundle: workflowBundle(),
      onDelivered: ({ digests }, outcomes) =>
        digests.forEach((digest, index) => outcomes[index]?.outcome === 'sent' && this.sent.push(digest)),
    });
  }

  private async halt(): Promise<void> {
    await this.rehearsal?.close();
    await this.server?.stop();
    this.rehearsal = undefined;
    this.server = undefined;
  }

  private async dump(): Promise<Dump> {
    return this.asIntruder(async (client) => {
      const tables = await client.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'`,
      );
      const dump: Dump = new Map();
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      for (const { name } of tables.rows) {
        const { rows } = await client.query<{ all: string }>(
          `SELECT coalesce(json_agg(t), '[]')::text AS all FROM ${name} t`,
        );
        dump.set(name, rows[0]?.all ?? '[]');
      }
      await client.query('COMMIT');
      return dump;
    });
  }

  private async restore(dump: Dump): Promise<void> {
    await this.asIntruder(async (client) => {
      await client.query(`SET session_replication_role = 'replica'`);
      await client.query('BEGIN');
      const tables = await client.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'`,
      );
      for (const { name } of tables.rows) {
        await client.query(`DELETE FROM ${name}`);
        await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [
          dump.get(name) ?? '[]',
        ]);
      }
      await client.query('COMMIT');
    });
  }

  private async asIntruder<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}

/** `day address milestone:kind …` of each mail. */
export const toldIn = (mails: readonly Digest[]): string[] =>
  mails
    .map(
      ({ day, recipient, notices }) =>
        `${day} ${recipient.email} ${notices.map(({ milestone, kind }) => `${milestone}:${kind}`).join(' ')}`,
    )
    .sort();
