import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings.ts';

/**
 * What addresses in mail are signed with: DUECOURSE_SECRET, or on one machine a secret of its own, made once and kept
 * under `var/` for this user alone.
 */
export function secretOf({ environment, varDir }: Settings): string {
  if (environment.DUECOURSE_SECRET !== undefined) return environment.DUECOURSE_SECRET;
  const path = join(varDir, 'secret');
  mkdirSync(varDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8');
}
