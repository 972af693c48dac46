import type { Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { installRuntime } from '../../platform/temporal-runtime.ts';
import { type LocalEngine, startLocalEngine } from '../../worker/local.ts';
import { readSettings, type Settings } from '../../platform/settings.ts';
import { mustBeFree, serveWeb, type WebServer } from '../web/serve.ts';
import { webAddress, webPartsOf } from '../web/settings.ts';
import { Engine } from '../engine.ts';
import { demonstrate, type DevOptions } from './demonstration.ts';
import { saySetUp } from './say-set-up.ts';
import { firstLook } from './first-look.ts';
import { doctorEngineOf } from '../../worker/doctor/parts.ts';
import { colours } from './terminal.ts';
import { registerClock } from '../../register/register-clock.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

/** Runs everything on this machine until Ctrl-C. */
export async function runDev(options: DevOptions): Promise<void> {
  const settings = readSettings();
  const address = webAddress(settings);
  installRuntime(settings.environment.DUECOURSE_LOG, settings.environment.DUECOURSE_WORKER_METRICS);
  await mustBeFree(address);
  const stopped = untilStopped();
  const engine = await startLocalEngine(settings, say);
  let web: WebServer | undefined;
  let connection: Connection | undefined;
  let stopping = false;
  let look: Promise<void> = Promise.resolve();
  try {
    connection = await openConnection({ ...settings.temporal?.connectionOptions, address: engine.address });
    const way = engineOf(engine, settings, connection);
    const parts = webPartsOf(settings, { ...engine, engine: way });
    web = await serveWeb(parts, address);
    if (settings.environment.DUECOURSE_BANK_HOLIDAYS !== undefined) await way.keepCalendarWatch();
    say(`\nThe board: ${web.address}`);
    const over = Promise.race([stopped, engine.ended]);
    await Promise.race([demonstrate({ local: engine, settings, engine: way }, options, say), over]);
    await saySetUp(parts, say);
    say(
      `\n${colours.green('Ready.')} Ctrl-C stops everything; what has been started goes on where it was at the next \`npm start\`.`,
    );
    const looked = { settings, variables: process.env, register: engine.register };
    const asked = doctorEngineOf(settings, { ...engine, connection }, engine.register);
    look = firstLook({ ...looked, engine: asked }, say, () => stopping).catch(() => undefined);
    await over;
  } finally {
    stopping = true;
    say('Stopping …');
    await web?.close();
    // What still asks would find its connection gone.
    await Promise.race([look, sleep(LOOKS_WITHIN_MS)]);
    await connection?.close();
    await engine.stop();
    say('Stopped.');
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** How long a look at what is not well may take, in milliseconds: each of its questions has a limit of its own. */
const LOOKS_WITHIN_MS = 10_000;

/** Settles at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}

function engineOf(local: LocalEngine, settings: Settings, connection: Connection): Engine {
  const dataConverter = dataConverterOf(settings.keys, local.register.payloads);
  return new Engine(clientOf({ connection, namespace: local.namespace, dataConverter }), {
    taskQueue: settings.environment.DUECOURSE_TASK_QUEUE,
    address: local.address,
    time: registerClock(local.register),
  });
}
