import { councilMark } from '../../domain/authority/council-mark.ts';
import type { Finding } from '../../domain/doctor/finding.ts';
import { finding } from '../../domain/doctor/finding.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { ownSecret } from '../../platform/process-marks.ts';
import { releaseOf } from '../../platform/release.ts';
import { processName } from '../../platform/process-name.ts';
import type { Register } from '../../register/register.ts';
import { ownMarks } from '../presence.ts';
import { lookAtEngine, lookAtSchedules, notOpened } from './engine.ts';
import { lookAtFiles, lookAtRoom } from './files.ts';
import { lookAtInspections } from './inspections.ts';
import { Look, type Report } from './look.ts';
import { lookAtMailServer, lookAtWaitingMail } from './mail.ts';
import type { DoctorEngine, DoctorParts } from './parts.ts';
import { isFellow, lookAtClocks, lookAtMarks, lookAtWorkers, pollers } from './processes.ts';
import { lookAtSettings } from './settings.ts';

export interface DoctorOptions {
  deep?: boolean;
  /** Inspections to be asked in any case. */
  always?: readonly InspectionRef[];
  /** Now, UTC. */
  now?: string;
}

/** Looks at everything; never fails, and nothing that does not answer keeps it for long. */
export async function examine(parts: DoctorParts, options: DoctorOptions = {}): Promise<Report> {
  const now = options.now ?? new Date().toISOString();
  const look = new Look();
  const { settings } = parts;
  await look.at('settings', () => lookAtSettings(parts));
  await look.at('files', () => lookAtFiles(settings));
  const register = await openedRegister(parts, look);
  const engine = await openedEngine(parts, look);
  await look.at('mail', () => lookAtMailServer(settings));
  const server = settings.environment.DUECOURSE_SMTP_URL;
  look.saw(
    'mail',
    server === undefined ? `mail goes to the folder ${settings.outboxDir}` : 'by the mail server of DUECOURSE_SMTP_URL',
  );
  if (register !== undefined) await look.at('mail', () => lookAtWaitingMail(register.doctor, now));
  if (register === undefined || engine === undefined) look.misses('processes', 'inspections');
  else {
    const { DUECOURSE_BANK_HOLIDAYS } = settings.environment;
    await look.at('engine', async () => lookAtSchedules(engine, await summarised(register), DUECOURSE_BANK_HOLIDAYS));
    let asking: string[] = [];
    await look.at('processes', async () => {
      asking = await pollers(engine);
      return processFindings(settings, register, engine, { asking, look });
    });
    await look.at('inspections', () => inspectionFindings(register, engine, { ...options, asking, now, look }));
  }
  return look.report(now);
}

/** The register, where it can at least be read. */
async function openedRegister({ register, settings }: DoctorParts, look: Look): Promise<Register | undefined> {
  if (register instanceof Error) {
    await look.at('register', () => [finding('register-unreachable', register.message)]);
    look.misses('register');
    return undefined;
  }
  const trouble = await register.doctor.trouble(processName());
  await look.at('register', () => (trouble === null ? [] : [finding(trouble.code, trouble.about)]));
  await look.at('register', () => lookAtRoom(settings));
  if (trouble?.code === 'register-unreachable' || trouble?.code === 'register-unfit') {
    look.misses('register');
    return undefined;
  }
  look.saw('register', `PostgreSQL ${await register.doctor.version()}${trouble === null ? ', can be written' : ''}`);
  return register;
}

async function openedEngine({ engine }: DoctorParts, look: Look): Promise<DoctorEngine | undefined> {
  if (engine instanceof Error) {
    await look.at('engine', () => [notOpened(engine)]);
    look.misses('engine');
    return undefined;
  }
  const { findings, version, usable } = await lookAtEngine(engine);
  await look.at('engine', () => findings);
  if (version !== undefined)
    look.saw(
      'engine',
      `Temporal ${version} at ${engine.address}, namespace ${engine.namespace}, task queue ${engine.taskQueue}`,
    );
  if (!usable) look.misses('engine');
  return usable ? engine : undefined;
}

interface Looking {
  /** Workers that ask for work. */
  asking: readonly string[];
  look: Look;
}

async function processFindings(
  settings: DoctorParts['settings'],
  register: Register,
  engine: DoctorEngine,
  { asking, look }: Looking,
): Promise<Finding[]> {
  const [known, running, off] = await Promise.all([
    register.processes.known(),
    register.processes.running(),
    register.processes.clockOff(),
  ]);
  const ours = running.filter((each) => isFellow(engine, each));
  const secret = settings.environment.DUECOURSE_SECRET ?? ownSecret(settings.varDir);
  const pages = ours.filter(({ part }) => part === 'pages').length;
  look.saw(
    'processes',
    `duecourse ${releaseOf()} on Node ${process.versions.node}; workers that ask for work: ${asking.length}; web processes beside them: ${pages}`,
  );
  return [
    ...lookAtWorkers(asking, known, engine.taskQueue),
    ...lookAtMarks(await ownMarks(settings, secret), ours),
    ...lookAtClocks(ours, off),
  ];
}

/** The authorities that have a morning summary: those with open inspections. */
async function summarised(register: Register): Promise<string[]> {
  const open = await register.recovery.open();
  return [...new Set(open.map(({ inspection }) => partsOf(inspection).authority))];
}

async function inspectionFindings(
  register: Register,
  engine: DoctorEngine,
  { now, asking, look, deep = false, always }: DoctorOptions & Looking & { now: string },
): Promise<Finding[]> {
  const found = await lookAtInspections(engine, register.recovery, {
    // Where nobody would answer, nobody is asked: that no worker runs is said once.
    ...{ deep, now, canAnswer: asking.length > 0 },
    councils: new Map((await register.board.authorityFiles()).map((each) => [each.id, councilMark(each)])),
    ...(always === undefined ? {} : { always }),
  });
  look.inspections = found.asked;
  const same = found.asked.filter(({ alike }) => alike === 'same').length;
  const next = found.asked.flatMap(({ nextWake }) => (nextWake === null ? [] : [nextWake])).sort()[0];
  const asked =
    found.asked.length === 0
      ? 'none was asked'
      : `${same} of ${found.asked.length} asked are the same in engine and register`;
  const wake = next === undefined ? '' : `; the next clock rings ${formatInstant(next)}`;
  look.saw('inspections', `${found.open} open${found.open === 0 ? '' : `; ${asked}${wake}`}`);
  return found.findings;
}
