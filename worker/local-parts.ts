import { keepUp, type PartToKeep, type RunningPart } from '../platform/embedded/keep-up.ts';
import { type Inbox, startMailpit } from '../platform/embedded/mailpit.ts';
import { findTemporalProgram } from '../platform/embedded/parts.ts';
import { PartProblem } from '../platform/embedded/part-failed.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { postgresDir, type Settings, temporalDir } from '../platform/settings.ts';
import { mustBelong } from '../register/belong.ts';
import { openRegister, type Register } from '../register/register.ts';

/** Parts started one after the other are stopped in the opposite order, each once, whatever fails. */
export class Stack {
  private readonly ends: (() => Promise<unknown>)[] = [];
  /** Each fails when a part that is kept up can't be. */
  readonly lost: Promise<never>[] = [];

  push(end: () => Promise<unknown>): void {
    this.ends.push(end);
  }

  async unwind(): Promise<void> {
    for (let end = this.ends.pop(); end !== undefined; end = this.ends.pop()) {
      await end().catch((error: unknown) => process.stderr.write(`duecourse: while stopping: ${String(error)}\n`));
    }
  }
}

/** Starts a part, keeps it up while this runs, and ends it with all others. */
async function keptUp<P extends RunningPart>(
  part: PartToKeep<P>,
  log: (line: string) => void,
  stack: Stack,
): Promise<P> {
  const kept = await keepUp(part, log);
  stack.push(() => kept.stop());
  stack.lost.push(kept.lost);
  return kept.part;
}

/** A mailbox to look into, where no mail server is set and Mailpit is here. */
export async function inboxOf(
  settings: Settings,
  log: (line: string) => void,
  stack: Stack,
): Promise<Inbox | undefined> {
  if (settings.environment.DUECOURSE_SMTP_URL !== undefined) return undefined;
  const first = await startMailpit(settings.varDir, log);
  if (first === undefined) return undefined;
  let given: Inbox | undefined = first;
  const inbox = await keptUp(
    {
      name: 'Mailpit',
      addressOf: ({ smtpUrl }) => smtpUrl,
      async start() {
        const again = given ?? (await startMailpit(settings.varDir, log, process.env, first.ports));
        given = undefined;
        if (again === undefined) throw new PartProblem('it did not come up');
        return again;
      },
    },
    log,
    stack,
  );
  log(`Mail: Mailpit; read it at ${inbox.webUrl}`);
  return inbox;
}

/** The engine: the one that is configured, else one of this machine's own. */
export async function temporalOf(
  settings: Settings,
  log: (line: string) => void,
  stack: Stack,
): Promise<{ address: string; namespace: string }> {
  const given = settings.temporal;
  const address = given?.connectionOptions.address;
  if (address !== undefined) {
    log(`Temporal: ${address}, as configured`);
    return { address, namespace: given?.namespace ?? 'default' };
  }
  const dataDir = temporalDir(settings);
  const program = await findTemporalProgram(log);
  const server = await keptUp(
    {
      name: 'Temporal',
      start: () =>
        startTemporalServer({ dataDir, namespace: 'default', timeSkipping: false, fast: false, log, program }),
      addressOf: (each) => each.address,
    },
    log,
    stack,
  );
  return { address: server.address, namespace: server.namespace };
}

/** The register: the one that is configured, else one of this machine's own; ready for this version. */
export async function registerOf(settings: Settings, log: (line: string) => void, stack: Stack): Promise<Register> {
  let url = settings.environment.DATABASE_URL;
  if (url === undefined) {
    const dataDir = postgresDir(settings);
    const postgres = await keptUp(
      {
        name: 'PostgreSQL',
        start: () => startPostgres({ dataDir, log }),
        addressOf: ({ url: each }) => new URL(each).host,
      },
      log,
      stack,
    );
    url = postgres.url;
  } else log('Register: PostgreSQL, as configured by DATABASE_URL');
  const register = openRegister({ url });
  stack.push(() => register.close());
  await register.migrate();
  await mustBelong(register, settings, 'everything on one machine');
  await register.applyRetention(new Date().toISOString());
  return register;
}
