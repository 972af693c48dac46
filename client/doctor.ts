import { type Finding, finding, isWell } from '../domain/doctor/finding.ts';
import type { FindingCode } from '../domain/doctor/kinds.ts';
import type { Settings } from '../platform/settings.ts';
import type { Register } from '../register/register.ts';
import { openRegisterOf } from '../register/open-register.ts';
import { type DoctorOptions, examine } from '../worker/doctor/doctor.ts';
import type { Report } from '../worker/doctor/look.ts';
import { doctorEngineOf, type DoctorParts } from '../worker/doctor/parts.ts';
import { oddIn } from '../domain/preview/warnings.ts';
import { calendarsOf } from './calendars.ts';
import { connectTemporal } from './connect.ts';
import { errorWords } from '../platform/error-words.ts';
import { brokenRules } from './files/readable-rules.ts';

/**
 * Opens what there is, looks at everything, and closes it again; whatever is wrong is a finding, and no error.
 *
 * @param settingsOf reads the settings: what it throws is found
 */
export async function examineAll(
  variables: NodeJS.ProcessEnv,
  settingsOf: () => Settings,
  options: DoctorOptions = {},
): Promise<Report> {
  let settings: Settings;
  try {
    settings = settingsOf();
  } catch (error) {
    const at = options.now ?? new Date().toISOString();
    const findings = [finding('settings-unusable', errorWords(error).sentence)];
    return {
      ok: false,
      at,
      findings,
      seen: [],
      inspections: [],
      unseen: ['files', 'register', 'engine', 'processes', 'mail', 'inspections'],
    };
  }
  const ends: (() => Promise<unknown>)[] = [];
  try {
    const register = orTrouble(() => openRegisterOf(settings));
    if (!(register instanceof Error)) ends.push(() => register.close());
    const payloads = register instanceof Error ? outOfReach(register) : register.payloads;
    const engine = await openedEngine(settings, { payloads }, ends).catch(asError);
    const report = await examine({ settings, variables, register, engine }, options);
    const own = withMore(report, ownRulesFindings());
    if (register instanceof Error) return own;
    return withOthersMail(withMore(own, await councilFindings(register)), await othersFindings(register));
  } finally {
    for (const end of ends) await end().catch(() => undefined);
  }
}

/** An older look says nothing of how it is now. */
const LOOK_LASTS_MS = 10 * 60_000;

/** What the running processes have found at their newest look. */
async function othersFindings({ looks }: Register): Promise<Finding[]> {
  const kept = await looks.report().catch(() => null);
  return kept === null || Date.parse(kept.at) < Date.now() - LOOK_LASTS_MS ? [] : kept.findings;
}

/** Mail leaves by the settings of the processes that run, which may be others than those of this shell. */
const OF_THEIR_OWN: readonly FindingCode[] = ['mail-unreachable', 'mail-refused'];

function withOthersMail(report: Report, others: readonly Finding[]): Report {
  const known = new Set(report.findings.map(({ code }) => code));
  const more = others
    .filter(({ code }) => OF_THEIR_OWN.includes(code) && !known.has(code))
    .map((each) => ({
      ...each,
      what: `${each.what} (By the settings of a process that runs; those of this shell are others.)`,
    }));
  return withMore(report, more);
}

const withMore = (report: Report, more: readonly Finding[]): Report =>
  more.length === 0 ? report : { ...report, ok: report.ok && isWell(more), findings: [...report.findings, ...more] };

/** What is odd in the councils' files on record, as their administration says it; nothing where the record can't be read, which is said. */
async function councilFindings(register: Register): Promise<Finding[]> {
  try {
    const calendars = calendarsOf(register);
    const files = await register.board.authorityFiles();
    const odd = await Promise.all(
      files.map(async (authority) =>
        oddIn(authority, await calendars.of(authority)).map((text) => `${authority.name}: ${text}`),
      ),
    );
    return odd.flat().map((about) => finding('council-odd', about));
  } catch {
    return [];
  }
}

/** What of the council's own rules can't be used by whoever starts an inspection from here. */
function ownRulesFindings(): Finding[] {
  try {
    return brokenRules().map((each) => finding('rules-unusable', each));
  } catch (error) {
    return [finding('settings-unusable', errorWords(error).sentence)];
  }
}

async function openedEngine(
  settings: DoctorParts['settings'],
  register: Pick<Register, 'payloads'>,
  ends: (() => Promise<unknown>)[],
): Promise<DoctorParts['engine']> {
  const temporal = await connectTemporal(settings);
  ends.push(() => temporal.connection.close());
  return doctorEngineOf(settings, temporal, register);
}

/** Without a register nothing large can be read: whoever needs it is told why. */
function outOfReach(why: Error): Register['payloads'] {
  return { keep: () => Promise.reject(why), find: () => Promise.reject(why) };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function orTrouble<T>(open: () => T): T | Error {
  try {
    return open();
  } catch (error) {
    return asError(error);
  }
}
