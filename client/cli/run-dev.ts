import { Connection } from '@temporalio/client';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join, relative } from 'node:path';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../../domain/calendar/london.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { installRuntime } from '../../platform/logger.ts';
import { type LocalEngine, startLocalEngine } from '../../worker/local.ts';
import { readSettings, type Settings } from '../../platform/settings.ts';
import { mustBeFree, serveWeb, type WebServer } from '../web/serve.ts';
import { webAddress, webPartsOf } from '../web/settings.ts';
import { Engine } from '../engine.ts';
import { loadStart } from '../files/load-start.ts';
import { firstLook } from './first-look.ts';
import { doctorEngineOf } from '../../worker/doctor/parts.ts';
import { colours } from './terminal.ts';
import { milestoneTable } from './duties.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { registerClock } from '../../register/register-clock.ts';

/** The file that an empty engine starts with. */
const DEMONSTRATION = 'examples/middlesbrough-2016.yaml';
const RECORDED_WITHIN_MS = 20_000;

/** Runs everything on this machine until Ctrl-C. */
export async function runDev(options: { empty?: boolean }): Promise<void> {
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
    connection = await Connection.connect({ ...settings.temporal?.connectionOptions, address: engine.address });
    const way = engineOf(engine, settings, connection);
    web = await serveWeb(webPartsOf(settings, { ...engine, engine: way }), address);
    if (settings.environment.DUECOURSE_BANK_HOLIDAYS !== undefined) await way.keepCalendarWatch();
    if (options.empty !== true) await demonstrate(engine, settings, way);
    say(`\nThe board: ${web.address}`);
    if (settings.environment.DUECOURSE_OIDC_ISSUER === undefined)
      say(
        'Sign in with the address of a role, for example democratic-services@middlesbrough.example.org: the link comes by mail.\n',
      );
    say(
      `${colours.green('Ready.')} Ctrl-C stops everything; what has been started goes on where it was at the next \`npm start\`.`,
    );
    const looked = { settings, variables: process.env, register: engine.register };
    const asked = doctorEngineOf(settings, { ...engine, connection }, engine.register);
    look = firstLook({ ...looked, engine: asked }, say, () => stopping).catch(() => undefined);
    await Promise.race([stopped, engine.ended]);
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

/** On an empty engine, starts the example as if its report had arrived today; shows where everything stands. */
async function demonstrate(local: LocalEngine, settings: Settings, engine: Engine): Promise<void> {
  const now = new Date().toISOString();
  const known = await local.register.list(now);
  if (known.length > 0) {
    say(
      `\n${known.length} inspection${known.length === 1 ? '' : 's'} on record; ${known.reduce((sum, each) => sum + each.overdue, 0)} overdue. See them with: ./duecourse list, ./duecourse overdue\n`,
    );
    return;
  }
  const today = localDate(now);
  say(
    `\nNothing has been started yet, so here is an example: ${DEMONSTRATION}, as if its report had arrived today, ${formatShortDate(today)}.`,
  );
  const loaded = loadStart(join(packageRoot(), DEMONSTRATION), { received: today });
  const { authority, inspection } = loaded.facts;
  const reference = await engine.start({
    ...loaded,
    startedBy: { id: 'npm start', role: authority.chain.administrator },
  });
  await local.register.board.keepAuthority(authority, now);
  const view = await engine.view(reference);
  await local.register.reached(authority.id, inspection.reference, view.seq, RECORDED_WITHIN_MS);
  await settled(engine, reference);
  say(`\n${colours.bold(view.title)}\n`);
  say(milestoneTable(view.milestones));
  showMails(settings, view, { time: authority.sending.time, inboxUrl: local.inboxUrl });
  say(
    `\nType next, in another terminal:\n  ./duecourse show ${reference} written-action-plan\n  ./duecourse submit ${reference} written-action-plan --as ${view.milestones.find((each) => each.strand === 'plan-submission')?.owner ?? 'ROLE'}\n  ./duecourse history ${reference}\n  ./duecourse rehearse ${DEMONSTRATION} --miss written-action-plan\n`,
  );
}

/** Waits until the first mails have gone and are on record: until nothing new is recorded for a moment. */
async function settled(engine: Engine, inspection: InspectionRef): Promise<void> {
  let seq = -1;
  for (let turn = 0; turn < 40; turn++) {
    const view = await engine.view(inspection);
    if (view.seq === seq && turn > 3) return;
    seq = view.seq;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function showMails(
  { environment, outboxDir }: Settings,
  view: LifecycleView,
  { time, inboxUrl }: { time: string; inboxUrl: string | undefined },
): void {
  if (environment.DUECOURSE_SMTP_URL !== undefined)
    return say('\nMail goes out by the mail server of DUECOURSE_SMTP_URL.');
  if (inboxUrl !== undefined) return say(`\nRead the mail in Mailpit: ${inboxUrl}`);
  const mails = existsSync(outboxDir) ? readdirSync(outboxDir).filter((name) => name.endsWith('.eml')) : [];
  const folder = relative(process.cwd(), outboxDir) || '.';
  say(
    `\n${mails.length} mail${mails.length === 1 ? '' : 's'} in ${folder}/ (no mail server is set, so each is a file):`,
  );
  for (const name of mails.slice(0, 12)) say(`  ${join(folder, name)}`);
  if (mails.length > 12) say(`  and ${mails.length - 12} more`);
  say(`Open ${join(folder, 'index.html')} to read them as their readers do.`);
  if (mails.length < 2)
    say(
      `Owners hear of it at the next sending time: nobody gets mail at night or on a day off (${time} on working days). Now it is ${formatInstant(view.now)}.`,
    );
}
