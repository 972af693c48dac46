import { Hono } from 'hono';
import { FINDINGS } from '../../../domain/doctor/findings.ts';
import type { FindingCode } from '../../../domain/doctor/kinds.ts';
import type { RegisterTrouble } from '../../../register/condition.ts';
import type { DoctorRegister } from '../../../register/doctor-reads.ts';
import type { LookNotes } from '../../../register/look-notes.ts';
import type { Register } from '../../../register/register.ts';
import type { Engine } from '../../engine.ts';
import { processName } from '../../../platform/process-name.ts';

/** However often it is asked, the register is not made to write more often. */
const WRITTEN_LASTS_MS = 2000;
/** Who asks gives up within a few seconds; a database that hangs is of no use. */
const PATIENCE_MS = 5000;

export interface ReadinessParts {
  register: Pick<Register, 'ping' | 'looks'> & { doctor: Pick<DoctorRegister, 'trouble'> };
  engine: Pick<Engine, 'answers'>;
}

/**
 * For machines that look after this one: `/healthz`, whether the process answers; `/readyz`, whether it is any use (503
 * where it is not): FINDINGS says of which findings it is none. Without a register that can be written there is nothing
 * to show, or nothing that could be promised. Without the engine lists are shown and changes are refused, in words: that
 * is worse than all, but better than no page. Anybody may ask, so it names no address.
 */
export function readiness({ register, engine }: ReadinessParts): Hono {
  const trouble = troubleOf(register);
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', async (context) => {
      const [record, running] = await Promise.all([trouble(), engine.answers()]);
      const now: FindingCode[] = [
        ...(record === null ? [] : [record.code]),
        ...(running ? [] : (['engine-unreachable'] as const)),
      ];
      const codes = [...now, ...(record === null ? await lookedFor(register.looks) : [])];
      const findings = codes.map((code) => ({ code, severity: FINDINGS[code].severity, what: FINDINGS[code].title }));
      const blocking = now.find((code) => FINDINGS[code].blocksReadiness);
      if (blocking !== undefined) return context.json({ status: FINDINGS[blocking].title, findings }, 503);
      if (!running)
        return context.json({ status: 'ready, but the engine can’t be reached: nothing can be changed', findings });
      return context.json({ status: 'ready', findings });
    });
}

/** What the newest look has found of all else, each kind once. */
async function lookedFor(looks: Pick<LookNotes, 'report'>): Promise<FindingCode[]> {
  const report = await looks.report().catch(() => null);
  const seenNow = (code: FindingCode): boolean => FINDINGS[code].blocksReadiness || code === 'engine-unreachable';
  return [...new Set((report?.findings ?? []).map(({ code }) => code))].filter((code) => !seenNow(code));
}

/** Why the register can't be written; null where it can. That it answers is seen each time, that it can be written at most every two seconds. */
function troubleOf({
  doctor,
  ping,
}: Pick<ReadinessParts['register'], 'doctor' | 'ping'>): () => Promise<RegisterTrouble | null> {
  let written = Number.NEGATIVE_INFINITY;
  const ask = async (): Promise<RegisterTrouble | null> => {
    if (performance.now() - written < WRITTEN_LASTS_MS) {
      await ping();
      return null;
    }
    const trouble = await doctor.trouble(processName());
    if (trouble === null) written = performance.now();
    return trouble;
  };
  const silent: RegisterTrouble = { code: 'register-unreachable', about: '' };
  return () => {
    const late = new Promise<RegisterTrouble>((resolve) => setTimeout(() => resolve(silent), PATIENCE_MS).unref());
    return Promise.race([ask().catch(() => silent), late]);
  };
}
