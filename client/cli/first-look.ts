import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../../domain/doctor/finding.ts';
import type { FindingCode } from '../../domain/doctor/kinds.ts';
import { examine } from '../../worker/doctor/doctor.ts';
import type { DoctorParts } from '../../worker/doctor/parts.ts';
import { findingLines } from './finding-lines.ts';
import { colours } from './terminal.ts';

/** A worker that has just begun has asked for nothing yet; so long it may take. */
const BEGUN_WITHIN_MS = 20_000;
const AGAIN_MS = 1000;
/** Said at the start in another place. */
const SAID_ALREADY: readonly FindingCode[] = ['mail-unreachable', 'mail-refused'];

/**
 * Says after a start what is not well, as `duecourse doctor` does: an inspection whose clock is lost, or which can't go on, is
 * seen by nobody else until somebody asks. What only may become serious waits for `doctor`. Never fails.
 *
 * @param ended whether everything is being stopped: then nothing more is said
 */
export async function firstLook(parts: DoctorParts, say: (line: string) => void, ended: () => boolean): Promise<void> {
  const until = performance.now() + BEGUN_WITHIN_MS;
  let findings = await errorsIn(parts);
  while (!ended() && performance.now() < until && findings.some(({ code }) => code === 'worker-missing')) {
    await sleep(AGAIN_MS, undefined, { ref: false });
    findings = await errorsIn(parts);
  }
  if (ended() || findings.length === 0) return;
  const what = findings.length === 1 ? 'One thing is' : `${findings.length} things are`;
  say(
    `\n${colours.red(`${what} not well:`)}${findingLines(findings).join('\n')}\n\nLook again with: ./duecourse doctor\n`,
  );
}

async function errorsIn(parts: DoctorParts): Promise<Finding[]> {
  const { findings } = await examine(parts);
  return findings.filter(({ code, severity }) => severity === 'error' && !SAID_ALREADY.includes(code));
}
