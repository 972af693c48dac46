import { finding } from '../domain/doctor/finding.ts';
import { readSettings } from '../platform/settings.ts';
import type { Register } from '../register/register.ts';
import { openRegisterOf } from '../register/open-register.ts';
import { type DoctorOptions, examine } from '../worker/doctor/doctor.ts';
import type { Report } from '../worker/doctor/look.ts';
import { doctorEngineOf, type DoctorParts } from '../worker/doctor/parts.ts';
import { connectTemporal } from './connect.ts';
import { errorWords } from '../platform/error-words.ts';

/** Opens what there is, looks at everything, and closes it again; whatever is wrong is a finding, and no error. */
export async function examineAll(variables: NodeJS.ProcessEnv, options: DoctorOptions = {}): Promise<Report> {
  let settings: DoctorParts['settings'];
  try {
    settings = readSettings(variables);
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
    return await examine({ settings, variables, register, engine }, options);
  } finally {
    for (const end of ends) await end().catch(() => undefined);
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
